"""The layouts. A new one is one file beside this and one line in LAYOUTS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nianbao.views.cards import (
    BrandView,
    CardPackView,
    CoverView,
    ItemCardView,
    ListView,
    NumberCardView,
    OverviewView,
    SquareView,
    StatementView,
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


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set the views of some kinds. `compose` returns no sketch where its view does not suit it."""

    name: str
    views: tuple[type, ...]
    place: str  # card: in the pack, with a page; square, article, share, long: beside it
    compose: Callable[[Any, BrandView], tuple[Sketch, ...]]


# For each view the layouts are tried in this order; the first that suits is taken.
LAYOUTS: tuple[Layout, ...] = (
    Layout("cover", (CoverView,), "card", compose_cover),
    Layout("statement", (StatementView,), "card", compose_statement),
    Layout("overview", (OverviewView,), "card", compose_overview),
    Layout("item_figure", (ItemCardView,), "card", compose_item_figure),
    Layout("item_figures", (ItemCardView,), "card", compose_item_figures),
    Layout("item_text", (ItemCardView,), "card", compose_item_text),
    Layout("number", (NumberCardView,), "card", compose_number),
    Layout("listing", (ListView,), "card", compose_listing),
    Layout("square", (CoverView, SquareView), "square", compose_square),
    Layout("article_cover", (CoverView,), "article", compose_article_cover),
    Layout("share", (CoverView,), "share", compose_share),
    Layout("long_picture", (CardPackView,), "long", compose_long),
)


def compose(view: object, brand: BrandView, *, place: str = "card") -> tuple[Sketch, ...]:
    """Return the sketches of a view by the first layout that suits. Raises: LookupError when none does."""
    for layout in LAYOUTS:
        if layout.place == place and isinstance(view, layout.views):
            sketches = layout.compose(view, brand)
            if sketches:
                return sketches
    msg = f"no layout for {type(view).__name__} at {place}"
    raise LookupError(msg)
