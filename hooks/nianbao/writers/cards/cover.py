"""The cover: the period as a picture, the title, and the figures that the report is proud of."""

from __future__ import annotations

from dataclasses import replace

from nianbao.editions.numbers import ShownNumber
from nianbao.editions.runs import ShownFigure
from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, CoverView
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    COVER_PAGE,
    MARGIN,
    TEXT_WIDTH,
    Page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import set_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, Piece, fit_headline, pile, set_block, set_line

_YEAR_PX = 400
_YEAR_TOP = 228
_MOST_DROP = 70
_COLUMN_GAP = 36


def compose_cover(view: CoverView, brand: Brand) -> Sketch:
    """Return the cover, 1080 × 1440."""
    page = COVER_PAGE
    year = year_block(brand.year, _YEAR_PX, page)
    span = set_line([Piece(brand.span_name, Face.BOLD, page.ink)], size_px=76) if brand.span_name else None
    sizes = (120, 112, 104, 96, 88, 80, 72, 64, 56, 48)
    columns = _set_columns(view.keys, page)
    strip_top = page.bottom - max((block.height for block in columns), default=0)
    end = strip_top - 34 if columns else page.bottom
    room = end - _YEAR_TOP - year.height - (40 + span.height if span else 0) - 44
    title = fit_headline(view.title, sizes=sizes, width=TEXT_WIDTH, colour=page.ink, height=room)
    heights = [year.height, 40 + span.height if span else 0, 44 + title.height]
    free = end - _YEAR_TOP - sum(heights)
    lead = _fit_lead(view.lead, free - 64, page)
    free -= lead.height + 28 if lead else 0
    top = _YEAR_TOP + max(0, min(_MOST_DROP, (free - 80) // 2))
    marks: list[Mark] = [
        *head_marks(page, brand.district_name, brand.kind_name),
        TextMark(MARGIN, top, year, page.ground),
    ]
    top += year.height
    if span:
        marks.append(TextMark(MARGIN, top + 40, span, page.ground))
        top += heights[1]
    marks.append(TextMark(MARGIN, top + 44, title, page.ground))
    if lead:
        marks.append(TextMark(MARGIN, top + heights[2] + 28, lead, page.ground))
    if columns:
        marks += _place_columns(columns, strip_top, page)
    marks += foot_marks(page, brand, marks)
    return make_sketch("cover", page, marks)


def year_block(year: str, size_px: int, page: Page) -> Block:
    """Return the year's numerals, as high as its digits."""
    number = ShownNumber(year, "", "", "", withheld=False)
    return set_number(number, size_px=size_px, colour=page.flag)


def _set_columns(keys: tuple[ShownFigure, ...], page: Page) -> list[Block]:
    """The figures side by side, all in the size of the one that needs the smallest."""
    if not keys:
        return []
    width = (TEXT_WIDTH - _COLUMN_GAP * (len(keys) - 1)) // len(keys)

    def set_at(size_px: int) -> list[Block] | None:
        numbers = [set_number(key.number, size_px=size_px, colour=page.ink, unit_colour=page.ink) for key in keys]
        return numbers if all(block.width <= width for block in numbers) else None

    numbers = fit_sizes(range(104, 27, -4), set_at) or []
    blocks = []
    for key, number in zip(keys, numbers, strict=False):
        label = set_block(
            [Piece(key.label, Face.TEXT, page.soft)], size_px=30, width=width, manner=Manner(1.4, is_title=True)
        )
        blocks.append(replace(pile([number, label], gap=24), width=width))
    return blocks


def _place_columns(columns: list[Block], top: int, page: Page) -> list[Mark]:
    width = columns[0].width
    marks: list[Mark] = [FillMark(MARGIN, top - 34, TEXT_WIDTH, 2, page.line)]
    for number, block in enumerate(columns):
        marks.append(TextMark(MARGIN + number * (width + _COLUMN_GAP), top, block, page.ground))
    return marks


def _fit_lead(text: str, height: int, page: Page) -> Block | None:
    """The first sentence, where there is room for it."""

    def set_at(size_px: int) -> Block | None:
        block = set_block([Piece(text, Face.SERIF, page.soft)], size_px=size_px, width=TEXT_WIDTH)
        return block if block.height <= height else None

    return fit_sizes((42, 40, 38, 36, 34, 32), set_at) if text else None
