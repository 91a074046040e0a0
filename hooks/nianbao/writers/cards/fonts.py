"""The fonts that cards are drawn with: two pinned packages, then others of the machine for rare characters."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageFont

from nianbao.text.odd_characters import is_combining, is_plain
from nianbao.writers.cards.font_files import find_font_paths

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

LEVELS = 8
_NOMINAL_SIZE_PX = 500
_STEPS = [round(value * (LEVELS - 1) / 255) for value in range(256)]
_ANY = [255 if step else 0 for step in _STEPS]
# Some 8 kB each, of small pictures a tenth: what the cards of a few reports have in common.
_MOST_RASTERS = 16384
_BLANKS = frozenset(" \u00a0\u3000\t\n")
# Song type grows bold by its stems, not by its hairlines. No package holds a bold one, so stems are widened here.
_STEM_GROWTH_EM = 0.023
_STROKE_GROWTH_EM = 0.005


class Face(StrEnum):
    """A family and weight."""

    TEXT = "text"
    MEDIUM = "medium"
    BOLD = "bold"
    HEAVY = "heavy"
    SERIF = "serif"
    TITLE = "title"


_WEIGHTS = {Face.TEXT: 400, Face.MEDIUM: 500, Face.BOLD: 700, Face.HEAVY: 800, Face.SERIF: 400, Face.TITLE: 700}
_SERIFS = frozenset([Face.SERIF, Face.TITLE])


class Raster(NamedTuple):
    """A character drawn: coverage in LEVELS steps, 255 where there is any, and where its corner lies from its origin on
    the base line."""

    image: Image.Image
    mask: Image.Image
    left: int
    top: int


def find_missing(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no font has, in the order of their first appearance.

    Nor can what stands on another letter be drawn: characters are set one by one.
    """
    if is_plain(text):
        return ()
    return tuple(
        character
        for character in dict.fromkeys(text)
        if is_combining(character) or _choose(character, is_serif=False) is None
    )


@cache
def measure_em(character: str, face: Face) -> float:
    """Return how far a character moves the pen, in em."""
    if character == "\n":
        return 0.0
    return _open(character, face, _NOMINAL_SIZE_PX).getlength(character) / _NOMINAL_SIZE_PX


@lru_cache(maxsize=_MOST_RASTERS)
def draw_character(character: str, face: Face, size_px: float) -> Raster | None:
    """Return the character drawn at that size; None for a blank."""
    if character in _BLANKS:
        return None
    font = _open(character, face, size_px)
    if face is not Face.TITLE:
        return _make_raster(*_draw(font, character))
    shape, left, top = _draw(font, character, stroke_px=size_px * _STROKE_GROWTH_EM)
    growth = size_px * _STEM_GROWTH_EM
    smear = math.ceil(growth)
    wide = Image.new("L", (shape.size[0] + smear, shape.size[1]))
    wide.im.paste(shape, _box(shape))
    for shift in range(1, smear + 1):
        share = growth - shift + 1
        moved = Image.new("L", wide.size)
        moved.im.paste(shape if share >= 1 else shape.point(_fade(share), None), _box(shape, left=shift))
        wide = ImageChops.lighter(wide, moved)
    return _make_raster(wide.im, left - smear // 2, top)


@lru_cache(maxsize=_MOST_RASTERS // 64)
def draw_outline(character: str, face: Face, size_px: float, stroke_px: float) -> Raster:
    """Return the character's contour, `stroke_px` wide and outside of its shape, in LEVELS steps."""
    font = _open(character, face, size_px)
    outer, left, top = _draw(font, character, stroke_px=stroke_px)
    inner, inner_left, inner_top = _draw(font, character)
    hole = Image.new("L", outer.size)
    hole.im.paste(inner, _box(inner, left=inner_left - left, top=inner_top - top))
    return _make_raster(outer.chop_subtract(hole.im, 1.0, 0), left, top)


def _draw(font: ImageFont.FreeTypeFont, character: str, *, stroke_px: float = 0) -> tuple[ImagingCore, int, int]:
    """The coverage in 256 steps, and its corner from the origin on the base line.

    What ImageDraw does, but for a first drawing that would only tell how large the second is to be.
    """
    shape, (left, top) = font.getmask2(character, "L", stroke_width=stroke_px, anchor="ls", stroke_filled=True)
    return shape, left, top


@cache
def _fade(share: float) -> list[int]:
    return [int(value * share) for value in range(256)]


def _make_raster(shape: ImagingCore, left: int, top: int) -> Raster:
    return Raster(_map(shape, _STEPS), _map(shape, _ANY), left, top)


def _map(shape: ImagingCore, table: list[int]) -> Image.Image:
    """Return Image.point, which rounds its table anew each time."""
    image = Image.new("L", shape.size)
    image.im.paste(shape.point(table, None), _box(shape))
    return image


def _box(shape: ImagingCore, *, left: int = 0, top: int = 0) -> tuple[int, int, int, int]:
    return left, top, left + shape.size[0], top + shape.size[1]


@cache
def _covered(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True, fontNumber=0) as font:
        # Names of glyphs are not needed, and reading them would take longer than all the rest.
        font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
        return frozenset(font.getBestCmap() or ())


@cache
def _choose(character: str, *, is_serif: bool) -> Path | None:
    """The first font that has the character; one without a shape needs none."""
    sans, serif, *more = find_font_paths()
    order: Iterable[Path] = (serif, sans, *more) if is_serif else (sans, serif, *more)
    if character in _BLANKS:
        return serif if is_serif else sans
    return next((path for path in order if ord(character) in _covered(path)), None)


def _open(character: str, face: Face, size_px: float) -> ImageFont.FreeTypeFont:
    path = _choose(character, is_serif=face in _SERIFS)
    if path is None:
        # Told to the user before anything is drawn; a layout that measures earlier needs some width.
        path = find_font_paths()[0]
    return _open_file(path, _WEIGHTS[face], size_px)


@cache
def _open_file(path: Path, weight: int, size_px: float) -> ImageFont.FreeTypeFont:
    # Basic layout: each character stands alone, and shaping would cost more than drawing.
    font = ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)
    if "[wght]" in path.name:
        font.set_variation_by_axes([weight])
    return font
