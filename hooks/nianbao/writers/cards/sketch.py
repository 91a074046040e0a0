"""What stands where on a picture, before it has pixels: so layouts are chosen, tested and numbered without drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nianbao.writers.cards.fonts import Face


class Glyph(NamedTuple):
    """A character: `x` and `baseline` from its block's corner, px; `colour` is a colour of the theme by name."""

    character: str
    x: int
    baseline: int
    face: Face
    size_px: int
    colour: str


@dataclass(frozen=True, slots=True)
class Block:
    """Text that is set; `width` and `height` are what it takes, px; `text` is what it says, blanks and all."""

    glyphs: tuple[Glyph, ...]
    width: int
    height: int
    text: str
    line_count: int = 1


class TextMark(NamedTuple):
    """A block at its place, on a ground by its colour's name."""

    left: int
    top: int
    block: Block
    ground: str


class FillMark(NamedTuple):
    """A rectangle of one colour."""

    left: int
    top: int
    width: int
    height: int
    colour: str


class OutlineMark(NamedTuple):
    """Numerals in outline; `left` and `baseline` of the first."""

    left: int
    baseline: int
    text: str
    size_px: int
    stroke_px: int
    colour: str
    ground: str


class CodeMark(NamedTuple):
    """Where the QR code stands, by its modules' lower right corner; left out where it has no address."""

    right: int
    bottom: int
    ground: str
    is_tiled: bool


Mark = TextMark | FillMark | OutlineMark | CodeMark


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture to be drawn, sizes in px; `layout` is the name of the layout that made it."""

    layout: str
    width: int
    height: int
    ground: str
    marks: tuple[Mark, ...]
