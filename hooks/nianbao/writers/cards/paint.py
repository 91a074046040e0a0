"""Sketches as PNG: drawn in the indexes of a palette, since a card has a handful of colours and their steps."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image

from nianbao.writers.cards.codes import QUIET_MODULES, choose_module_px, make_code
from nianbao.writers.cards.fonts import Face, draw_character, draw_outline, measure_em
from nianbao.writers.cards.palette import Palette, make_palette
from nianbao.writers.cards.png import encode_png
from nianbao.writers.cards.sketch import CodeMark, FillMark, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.themes import Theme

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

NUMERAL_TRACKING_EM = -0.03
_MOST_TINTED = 16384
# A small picture has few steps between ground and ink, since these are what takes bytes. Where that is not enough, it
# has fewer, then it is smaller: steps, and the part of its width, of each try. Without a step thin strokes break.
_SMALL_BYTES, _SMALL_LEVEL = 8192, 7
_SMALL_TRIES = ((2, 1.0), (1, 1.0), (1, 0.9), (1, 0.75), (1, 0.5))

_Tinted: TypeAlias = "tuple[ImagingCore, ImagingCore, int, int, int, int]"


def paint_sketch(sketch: Sketch, theme: Theme, *, url: str = "") -> bytes:
    """Return the picture as a palette PNG. `url` "" leaves the QR code out. Same input, same bytes."""
    return encode_png(draw_sketch(sketch, theme, url=url))


def paint_small(sketch: Sketch, theme: Theme, *, width_px: int, url: str = "") -> bytes:
    """Return the picture as a palette PNG of that width, or less, and 8 kB at most, of a long one its beginning.

    It is drawn at that size: that takes a quarter of the time of making a large one smaller, and is sharper.
    """
    content = b""
    for steps, part in _SMALL_TRIES:
        image = draw_sketch(sketch, theme, url=url, width_px=round(width_px * part), steps=steps)
        content = encode_png(image, level=_SMALL_LEVEL)
        if len(content) <= _SMALL_BYTES:
            break
    return content


def draw_sketch(sketch: Sketch, theme: Theme, *, url: str = "", width_px: int = 0, steps: int = 0) -> Image.Image:
    """Return the picture in mode P; with `width_px` it is of that width, and no higher than a card."""
    palette = _choose_palette(sketch, theme, has_code=bool(url), steps=steps)
    scale = width_px / sketch.width if width_px else 1
    width = width_px or sketch.width
    height = min(round(sketch.height * scale), width * 4 // 3) if width_px else sketch.height
    image = Image.new("P", (width, height), palette.solids[sketch.ground])
    for mark in sketch.marks:
        if isinstance(mark, TextMark):
            if mark.top * scale < height:
                _draw_text(image, mark, palette, scale)
        elif isinstance(mark, FillMark):
            left, top = round(mark.left * scale), round(mark.top * scale)
            right, bottom = round((mark.left + mark.width) * scale), round((mark.top + mark.height) * scale)
            image.paste(palette.solids[mark.colour], (left, top, max(left + 1, right), max(top + 1, bottom)))
        elif isinstance(mark, OutlineMark):
            _draw_outline(image, mark, palette, scale)
        elif url:
            _draw_code(image, mark, palette, url, scale)
    image.putpalette(bytes(value for colour in palette.colours for value in colour))
    return image


def _choose_palette(sketch: Sketch, theme: Theme, *, has_code: bool, steps: int) -> Palette:
    """The palette of what the marks are drawn in."""
    solids, pairs = {sketch.ground}, set[tuple[str, str]]()
    for mark in sketch.marks:
        if isinstance(mark, TextMark):
            pairs.update((mark.ground, colour) for colour in {glyph.colour for glyph in mark.block.glyphs})
        elif isinstance(mark, FillMark):
            solids.add(mark.colour)
        elif isinstance(mark, OutlineMark):
            pairs.add((mark.ground, mark.colour))
        elif has_code:
            solids.update(_code_colours(mark))
    return make_palette(theme, frozenset(solids), frozenset(pairs), steps=steps)


def _draw_text(image: Image.Image, mark: TextMark, palette: Palette, scale: float) -> None:
    left, top, block, ground = mark
    # Past Image.paste, which takes longer to look at what it is given than to copy a character.
    paste = image.im.paste
    for character, x, baseline, face, size_px, colour in block.glyphs:
        tinted = _tint_character(character, face, size_px * scale, palette.ramps[ground, colour])
        if tinted is not None:
            steps, mask, dx, dy, width, height = tinted
            x0, y0 = round((left + x) * scale) + dx, round((top + baseline) * scale) + dy
            paste(steps, (x0, y0, x0 + width, y0 + height), mask)


@lru_cache(maxsize=_MOST_TINTED)
def _tint_character(character: str, face: Face, size_px: float, ramp: bytes) -> _Tinted | None:
    """The character in palette indexes, what of it is drawn, where, and how large it is."""
    raster = draw_character(character, face, size_px)
    if raster is None:
        return None
    return raster.image.im.point(ramp, None), raster.mask.im, raster.left, raster.top, *raster.image.size


def _draw_outline(image: Image.Image, mark: OutlineMark, palette: Palette, scale: float) -> None:
    pen = mark.left * scale
    size_px = mark.size_px * scale
    for character in mark.text:
        raster = draw_outline(character, Face.HEAVY, size_px, mark.stroke_px * scale)
        steps = raster.image.point(palette.ramps[mark.ground, mark.colour])
        image.paste(steps, (round(pen) + raster.left, round(mark.baseline * scale) + raster.top), raster.mask)
        pen += (measure_em(character, Face.HEAVY) + NUMERAL_TRACKING_EM) * size_px


def _code_colours(mark: CodeMark) -> tuple[str, str]:
    """The colours of light and dark modules."""
    return ("white", "black") if mark.is_tiled else (mark.ground, "ink")


def _draw_code(image: Image.Image, mark: CodeMark, palette: Palette, url: str, scale: float) -> None:
    rows = make_code(url)
    count = len(rows)
    module_px = choose_module_px(count) * scale
    side, quiet = round(count * module_px), round(QUIET_MODULES * module_px)
    left, top = round(mark.right * scale) - side, round(mark.bottom * scale) - side
    light, dark = (palette.solids[name] for name in _code_colours(mark))
    if mark.is_tiled:
        left, top = left - quiet, top - quiet
        image.paste(light, (left - quiet, top - quiet, left + side + quiet, top + side + quiet))
    modules = Image.frombytes("P", (count, count), b"".join(rows).translate(bytes([light, dark, *range(2, 256)])))
    image.paste(modules.resize((side, side), Image.Resampling.NEAREST), (left, top))
