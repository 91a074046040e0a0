"""Sketches as PNG: drawn straight in 8 bits, since a card has a handful of colours and their steps."""

from __future__ import annotations

from functools import cache

from PIL import Image

from nianbao.writers.cards.codes import QUIET_MODULES, choose_module_px, make_code
from nianbao.writers.cards.fonts import LEVELS, Face, Raster, draw_character, draw_outline, measure_em
from nianbao.writers.cards.png import encode_png
from nianbao.writers.cards.sketch import CodeMark, FillMark, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.themes import Theme

NUMERAL_TRACKING_EM = -0.03
_FIXED = {"white": (255, 255, 255), "black": (20, 18, 17)}
_ON_PAPER = ("ink", "soft", "flag", "flag_ink")
_INKS = {
    "paper": _ON_PAPER,
    "wash": _ON_PAPER,
    "cover": ("cover_ink", "cover_soft", "cover_number"),
    "flag": ("paper", "wash"),
    "soft": ("paper", "wash"),
}
_SOLIDS = (*_INKS, "ink", "flag_ink", "line", "cover_ink", "cover_soft", "cover_line", "cover_number", *_FIXED)
_INDEX = {name: number for number, name in enumerate(_SOLIDS)}
_ANY_COVERAGE = [255 if 0 < value < LEVELS else 0 for value in range(256)]


def paint_sketch(sketch: Sketch, theme: Theme, *, url: str = "") -> bytes:
    """Return the picture as a palette PNG. `url` "" leaves the QR code out. Same input, same bytes."""
    return encode_png(draw_sketch(sketch, theme, url=url))


def draw_sketch(sketch: Sketch, theme: Theme, *, url: str = "") -> Image.Image:
    """Return the picture in mode P."""
    image = Image.new("L", (sketch.width, sketch.height), _INDEX[sketch.ground])
    for mark in sketch.marks:
        if isinstance(mark, TextMark):
            _draw_text(image, mark)
        elif isinstance(mark, FillMark):
            box = (mark.left, mark.top, mark.left + mark.width, mark.top + mark.height)
            image.paste(_INDEX[mark.colour], box)
        elif isinstance(mark, OutlineMark):
            _draw_outline(image, mark)
        elif url:
            _draw_code(image, mark, url)
    image.putpalette(_make_palette(theme))
    return image


def _draw_text(image: Image.Image, mark: TextMark) -> None:
    left, top, block, ground = mark
    for character, x, baseline, face, size_px, colour in block.glyphs:
        tint = _tint_character(character, face, size_px, ground, colour)
        if tint is not None:
            steps, mask, dx, dy = tint
            image.paste(steps, (left + x + dx, top + baseline + dy), mask)


def _draw_outline(image: Image.Image, mark: OutlineMark) -> None:
    pen = float(mark.left)
    for character in mark.text:
        raster = draw_outline(character, Face.HEAVY, mark.size_px, mark.stroke_px)
        steps, mask, dx, dy = _tint(raster, mark.ground, mark.colour)
        image.paste(steps, (round(pen) + dx, mark.baseline + dy), mask)
        pen += (measure_em(character, Face.HEAVY) + NUMERAL_TRACKING_EM) * mark.size_px


def _draw_code(image: Image.Image, mark: CodeMark, url: str) -> None:
    rows = make_code(url)
    count = len(rows)
    module_px = choose_module_px(count)
    side, quiet = count * module_px, QUIET_MODULES * module_px
    left, top = mark.right - side, mark.bottom - side
    light, dark = _INDEX[mark.ground], _INDEX["ink"]
    if mark.is_tiled:
        left, top = left - quiet, top - quiet
        light, dark = _INDEX["white"], _INDEX["black"]
        image.paste(light, (left - quiet, top - quiet, left + side + quiet, top + side + quiet))
    modules = Image.frombytes("L", (count, count), b"".join(rows)).point([light, dark, *[light] * 254])
    image.paste(modules.resize((side, side), Image.Resampling.NEAREST), (left, top))


_Tint = tuple[Image.Image, Image.Image, int, int]


@cache
def _tint_character(character: str, face: Face, size_px: int, ground: str, colour: str) -> _Tint | None:
    """The character in palette indexes, what of it is drawn, and where. The same for all themes."""
    raster = draw_character(character, face, size_px)
    return None if raster is None else _tint(raster, ground, colour)


def _tint(raster: Raster, ground: str, colour: str) -> _Tint:
    steps = raster.image
    return steps.point(_ramps()[ground, colour]), steps.point(_ANY_COVERAGE), raster.left, raster.top


@cache
def _ramps() -> dict[tuple[str, str], list[int]]:
    """The palette indexes of LEVELS steps from each ground to each ink on it."""
    ramps: dict[tuple[str, str], list[int]] = {}
    following = len(_SOLIDS)
    for ground, inks in _INKS.items():
        for ink in inks:
            between = range(following, following + LEVELS - 2)
            following += LEVELS - 2
            ramps[ground, ink] = [_INDEX[ground], *between, _INDEX[ink], *[0] * (256 - LEVELS)]
    return ramps


@cache
def _make_palette(theme: Theme) -> bytes:
    """The theme's colours, then the steps between them, RGB."""
    solids = {name: _FIXED[name] if name in _FIXED else theme.colour(name) for name in _SOLIDS}
    palette = [solids[name] for name in _SOLIDS]
    for ground, ink in _ramps():
        low, high = solids[ground], solids[ink]
        for step in range(1, LEVELS - 1):
            red, green, blue = (a + (b - a) * step // (LEVELS - 1) for a, b in zip(low, high, strict=True))
            palette.append((red, green, blue))
    return bytes(value for colour in palette for value in colour)
