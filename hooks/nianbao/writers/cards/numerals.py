"""Numbers set large: digits in the heaviest face, Chinese characters among them and the unit smaller."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nianbao.editions.numbers import ShownNumber
from nianbao.text.fit_box import fit_sizes
from nianbao.writers.cards.fonts import Face, measure_em
from nianbao.writers.cards.paint import NUMERAL_TRACKING_EM
from nianbao.writers.cards.sketch import Block, Glyph, OutlineMark

CAP_HEIGHT_EM = 0.733
_SEGMENT = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_SMALL = 0.5
_LEAST_UNIT_PX = 28
_BEARING_EM = 0.03


def set_number(
    number: ShownNumber, *, size_px: int, colour: str = "flag", unit_colour: str = "ink", unit_share: float = 0.34
) -> Block:
    """Return the number with its unit on one line; the block is as high as its digits, and stands on its base line."""
    height = round(size_px * CAP_HEIGHT_EM)
    unit_px = max(_LEAST_UNIT_PX, round(size_px * unit_share))
    glyphs: list[Glyph] = []
    pen = -_BEARING_EM * size_px  # a digit's side bearing, so that it stands flush with the text below
    for segment in _SEGMENT.findall(number.number):
        is_han = "\u3400" <= segment[0] <= "\u9fff"
        px, face = (round(size_px * _SMALL), Face.BOLD) if is_han else (size_px, Face.HEAVY)
        for character in segment:
            glyphs.append(Glyph(character, round(pen), height, face, px, colour))
            pen += (measure_em(character, face) + (0 if is_han else NUMERAL_TRACKING_EM)) * px
        pen += 0.04 * size_px if is_han else 0
    is_sign = number.unit[:1] in ("%", "‰")
    px = round(size_px * 0.62) if is_sign else unit_px
    pen += 0.02 * size_px if is_sign else 0.09 * size_px
    for character in number.unit:
        face = Face.HEAVY if is_sign else Face.BOLD
        glyphs.append(Glyph(character, round(pen), height, face, px, colour if is_sign else unit_colour))
        pen += measure_em(character, face) * px
    return Block(tuple(glyphs), round(pen), height, f"{number.number}{number.unit}")


def fit_number(
    number: ShownNumber, *, sizes: Iterable[int], width: int, colour: str = "flag", unit_colour: str = "ink"
) -> Block:
    """Return the number at the first size that is no wider than `width`; at the smallest when none is."""
    steps = tuple(sizes)

    def set_at(size_px: int) -> Block | None:
        block = set_number(number, size_px=size_px, colour=colour, unit_colour=unit_colour)
        return block if block.width <= width else None

    fallback = set_number(number, size_px=steps[-1], colour=colour, unit_colour=unit_colour)
    return fit_sizes(steps, set_at) or fallback


def outline_number(
    text: str, *, left: int, top: int, height: int, colour: str = "flag", ground: str, width: int = 10**6
) -> OutlineMark:
    """Return numerals in outline whose digits are `height` px high, less where they would be wider than `width`."""
    size_px = round(height / CAP_HEIGHT_EM)
    while size_px > 40 and measure_outline(text, size_px) > width:
        size_px -= 4
    stroke_px = 3 if size_px < 260 else 4
    return OutlineMark(
        left - round(_BEARING_EM * size_px) + stroke_px,
        top + round(size_px * CAP_HEIGHT_EM),
        text,
        size_px,
        stroke_px,
        colour,
        ground,
    )


def measure_outline(text: str, size_px: int) -> int:
    """Return the width of numerals in outline, px."""
    return round(sum((measure_em(character, Face.HEAVY) + NUMERAL_TRACKING_EM) * size_px for character in text))
