"""A planned picture → the bytes of its PNG, large and small."""

from __future__ import annotations

from functools import cached_property

from nianbao.views.card.cards import Brand
from nianbao.views.card.pack import CardPack, PlannedCard
from nianbao.writers.cards.fonts import find_missing
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import paint_sketch, paint_small
from nianbao.writers.cards.sketch import Sketch
from nianbao.writers.cards.themes import Theme


class Drawing:
    """A picture that is set once, and drawn as PNG in one size or both. Same input, same bytes."""

    def __init__(self, picture: PlannedCard, brand: Brand, theme: Theme) -> None:
        self._picture = picture
        self._brand = brand
        self._theme = theme

    def draw(self) -> bytes:
        """Return the picture."""
        return paint_sketch(self._sketch, self._theme, url=self._picture.url)

    def draw_small(self) -> bytes:
        """Return the picture for a place among many."""
        width_px = self._picture.card.small_width_px
        return paint_small(self._sketch, self._theme, width_px=width_px, url=self._picture.url)

    @cached_property
    def _sketch(self) -> Sketch:
        return compose(self._picture.card, self._brand)


def draw_picture(picture: PlannedCard, brand: Brand, theme: Theme) -> bytes:
    """Return the picture as PNG. Same input, same bytes."""
    return Drawing(picture, brand, theme).draw()


def find_missing_characters(pack: CardPack) -> tuple[str, ...]:
    """Return the characters of the pack's words that no font has, in their order."""
    brand = pack.brand
    texts = [brand.publisher, brand.district_name, *(picture.card.alt for picture in pack.pictures)]
    return find_missing("".join(texts).replace("\n", ""))
