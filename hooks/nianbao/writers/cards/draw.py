"""A planned picture → the bytes of its PNG."""

from __future__ import annotations

from nianbao.views.card.cards import Brand
from nianbao.views.card.pack import CardPack, PlannedCard
from nianbao.writers.cards.fonts import find_missing
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import paint_sketch
from nianbao.writers.cards.themes import Theme


def draw_picture(picture: PlannedCard, brand: Brand, theme: Theme) -> bytes:
    """Return the picture as PNG. Same input, same bytes."""
    return paint_sketch(compose(picture.card, brand), theme, url=picture.url)


def find_missing_characters(pack: CardPack) -> tuple[str, ...]:
    """Return the characters of the pack's words that no font has, in their order."""
    brand = pack.brand
    texts = [brand.publisher, brand.district_name, *(picture.card.alt for picture in pack.pictures)]
    return find_missing("".join(texts).replace("\n", ""))
