"""How much text a card holds, by count of characters: so that a pack is planned before any font is opened.

Estimates err on the side of more lines; what is still too long when it is set goes to a smaller size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from nianbao.editions.runs import Paragraph, cut_paragraph, read_text
from nianbao.text.fit_box import cut_evenly

CARD_TEXT_WIDTH_PX = 912
CARD_ROOM_PX = 956
TITLE_LEADING = 1.32
# Under a title that leaves less, the text is set smaller.
LEAST_ROOM_PX = 320
# What stands above the text of an item and of a lead: writers set it so, and `tell` shares the text out for it.
ITEM_TITLE_SIZES = (88, 80, 72, 66, 60, 54, 48)
ITEM_NUMERAL_PX, ITEM_NUMERAL_GAP_PX, ITEM_TITLE_GAP_PX = 150, 64, 30
LEAD_TITLE_SIZES = (108, 100, 92, 84, 76, 68, 60, 52)
LEAD_NUMERAL_PX, LEAD_TITLE_GAP_PX, LEAD_BAR_GAP_PX = 120, 20, 110
_LATIN_EM = 0.62
_WIDE_LATIN, _WIDE_LATIN_EM = "MWmw@", 0.96
_GAP_EM = 0.55  # between paragraphs
_RAGGED = 1.03  # what lines lose where a number goes to the next whole
_TITLE_RAGGED = 1.03
_ONE_LINE_SHARE = 0.75  # as writers/cards/typeset.py has it


def measure_em(text: str) -> float:
    """Return about how wide a text is in one line, in em."""
    latin = sum(character < "\u2000" for character in text)
    wide = sum(map(text.count, _WIDE_LATIN)) if latin else 0
    return len(text) - latin + (latin - wide) * _LATIN_EM + wide * _WIDE_LATIN_EM


def count_lines(text: str, *, size_px: float, width_px: float) -> int:
    """Return about how many lines a text takes; at least one."""
    return max(1, ceil(measure_em(text) * size_px * _RAGGED / width_px))


def measure_text(
    paragraphs: Iterable[Paragraph],
    *,
    size_px: float,
    leading: float,
    width_px: float = CARD_TEXT_WIDTH_PX,
) -> float:
    """Return about how high a text is, px."""
    heights = [
        count_lines(read_text(paragraph), size_px=size_px, width_px=width_px) * size_px * leading
        for paragraph in paragraphs
    ]
    return sum(heights) + max(0, len(heights) - 1) * size_px * _GAP_EM


def measure_title(text: str, *, sizes: Sequence[int], lines: int, width_px: float = CARD_TEXT_WIDTH_PX) -> float:
    """Return about how high a title is that is set at the first of `sizes` that takes at most `lines` lines, px.

    One that fits on a single line at nearly that size is set on one.
    """
    if not text:
        return 0.0
    width_em = measure_em(text) * _TITLE_RAGGED
    size_px, count = next(
        ((size, count) for size in sizes if (count := ceil(width_em * size / width_px)) <= lines),
        (sizes[-1], ceil(width_em * sizes[-1] / width_px)),
    )
    single_px = width_px / width_em
    if count > 1 and single_px >= size_px * _ONE_LINE_SHARE and single_px >= sizes[-1]:
        return single_px * TITLE_LEADING
    return count * size_px * TITLE_LEADING


def share_out(
    paragraphs: tuple[Paragraph, ...],
    *,
    room_px: float,
    size_px: float,
    leading: float,
    width_px: float = CARD_TEXT_WIDTH_PX,
) -> list[tuple[Paragraph, ...]]:
    """Return the text in the fewest portions no higher than `room_px`, of about the same length.

    They are cut at ends of paragraphs, sentences or clauses, never inside a number, a date or a word. Of a very long
    text there may be some portions more than the fewest.
    """
    length = sum(len(read_text(paragraph)) for paragraph in paragraphs)

    def measure(portion: tuple[Paragraph, ...]) -> float:
        return measure_text(portion, size_px=size_px, leading=leading, width_px=width_px)

    gap_px = size_px * _GAP_EM
    # Fewer cannot hold it: a cut saves no more than the gap of a paragraph.
    count = max(1, min(length, ceil((measure(paragraphs) + gap_px) / (room_px + gap_px))))
    while True:
        portions = cut_paragraphs(paragraphs, count) if count > 1 else [paragraphs]
        if count >= length or all(measure(portion) <= room_px for portion in portions):
            return portions
        count += max(1, count // 16)


def cut_paragraphs(paragraphs: tuple[Paragraph, ...], count: int) -> list[tuple[Paragraph, ...]]:
    """Return the paragraphs in `count` portions of about the same length; none is empty."""
    pieces = cut_evenly("\n".join(map(read_text, paragraphs)), count=count)
    portions: list[tuple[Paragraph, ...]] = []
    index, at = 0, 0
    for piece in pieces:
        portion: list[Paragraph] = []
        for place, line in enumerate(piece.split("\n")):
            if place:
                index, at = index + 1, 0
            if line:
                portion.append(cut_paragraph(paragraphs[index], at, at + len(line)))
                at += len(line)
        if portion:
            portions.append(tuple(portion))
    return portions
