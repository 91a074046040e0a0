"""How a figure is called: in the address of its sentence, and in a report's `highlights`."""

from __future__ import annotations

from nianbao.model.report import Figure


def figure_fragments(item_id: str, figure: Figure) -> tuple[str, ...]:
    """Return the fragments that lead to a figure in its report's page: the lasting one, then those that still answer.

    The lasting one is `study-members` where the figure has an id, else `study-5270名`: then it changes with the number.
    One of a table without an id is called by its cell, `study-5-2`: bare numbers are soon alike. There is no white
    space in any, as HTML asks of an id, and none begins with `_` as the page's own ids do.
    """
    own = "_".join(figure.quote.split()) if figure.cell is None else "{}-{}".format(*figure.cell)
    by_quote = f"{item_id}-{own}"
    if figure.id is None:
        return (by_quote,)
    by_id = f"{item_id}-{figure.id}"
    return (by_id, by_quote) if by_id != by_quote else (by_id,)


def figure_names(item_id: str, figure: Figure) -> tuple[str, ...]:
    """Return the names that `highlights` may call a figure by: `study/members` where it has an id, `study/5270名`.

    One of a table is called by its cell in the place of its quote: `study/5-2`.
    """
    own = figure.quote if figure.cell is None else "{}-{}".format(*figure.cell)
    by_quote = f"{item_id}/{own}"
    return (by_quote,) if figure.id is None else (f"{item_id}/{figure.id}", by_quote)
