"""Fragments: the part of an address that leads to a figure's sentence."""

from __future__ import annotations

from nianbao.model.report import Figure


def figure_fragments(item_id: str, figure: Figure) -> tuple[str, ...]:
    """Return the fragments that lead to a figure of an item: first the lasting one, then what goes on answering.

    A figure with an id has `item-id`, which a corrected number does not change; its quote leads to it as well.
    """
    by_quote = f"{item_id}-{'_'.join(figure.quote.split())}"
    return (f"{item_id}-{figure.id}", by_quote) if figure.id else (by_quote,)
