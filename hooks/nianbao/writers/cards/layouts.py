"""The layouts. A new one is one file beside this and one line in LAYOUTS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nianbao.views.card.cards import (
    Brand,
    Card,
    CardKind,
    CoverView,
    ItemCardView,
    ListView,
    LongView,
    NumberCardView,
    OverviewView,
    SquareView,
    StatementView,
    TableCardView,
)
from nianbao.writers.cards.article_cover import compose_article_cover
from nianbao.writers.cards.cover import compose_cover
from nianbao.writers.cards.item_figure import compose_item_figure
from nianbao.writers.cards.item_figures import compose_item_figures
from nianbao.writers.cards.item_text import compose_item_text
from nianbao.writers.cards.listing import compose_listing
from nianbao.writers.cards.long_picture import compose_long
from nianbao.writers.cards.number import compose_number
from nianbao.writers.cards.overview import compose_overview
from nianbao.writers.cards.share import compose_share
from nianbao.writers.cards.sketch import Sketch
from nianbao.writers.cards.square import compose_square
from nianbao.writers.cards.statement import compose_statement
from nianbao.writers.cards.table import compose_table


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set the views of some types, for pictures of one kind or, None, for any card with a page.

    `compose` returns None where its view does not suit it.
    """

    name: str
    views: tuple[type, ...]
    compose: Callable[[Any, Brand], Sketch | None]
    kind: CardKind | None = None


# For each picture the layouts are tried in this order; the first that suits is taken.
LAYOUTS: tuple[Layout, ...] = (
    Layout("cover", (CoverView,), compose_cover, CardKind.COVER),
    Layout("statement", (StatementView,), compose_statement),
    Layout("overview", (OverviewView,), compose_overview),
    Layout("item_figure", (ItemCardView,), compose_item_figure),
    Layout("item_figures", (ItemCardView,), compose_item_figures),
    Layout("item_text", (ItemCardView,), compose_item_text),
    Layout("table", (TableCardView,), compose_table),
    Layout("number", (NumberCardView,), compose_number),
    Layout("listing", (ListView,), compose_listing),
    Layout("square", (CoverView, SquareView), compose_square, CardKind.SQUARE),
    Layout("article_cover", (CoverView,), compose_article_cover, CardKind.ARTICLE),
    Layout("share", (CoverView,), compose_share, CardKind.SHARE),
    Layout("long_picture", (LongView,), compose_long, CardKind.LONG),
)


def compose(card: Card, brand: Brand) -> Sketch:
    """Return the sketch of a picture by the first layout that suits. Raises: LookupError when none does."""
    for layout in LAYOUTS:
        if layout.kind in (None, card.kind) and isinstance(card.view, layout.views):
            sketch = layout.compose(card.view, brand)
            if sketch is not None:
                return sketch
    msg = f"no layout for {type(card.view).__name__} as {card.kind}"
    raise LookupError(msg)
