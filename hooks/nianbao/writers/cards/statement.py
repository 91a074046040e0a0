"""A lead set large in serif: the report's under the period in outline, a part's under its title."""

from __future__ import annotations

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, StatementView
from nianbao.views.card.room import LEAD_BAR_GAP_PX, LEAD_NUMERAL_PX, LEAD_TITLE_GAP_PX, LEAD_TITLE_SIZES
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    TEXT_WIDTH,
    choose_page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import outline_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, fit_title, pieces_of, set_paragraphs

_SIZES = (
    96, 88, 80, 76, 72, 68, 64, 60, 56, 52, 50, 48, 46, 44, 42, 40, 38, 36, 35, 34, 33, 32, 31, 30, 29, 28,
)  # fmt: skip
_MOST_NUMERAL_PX = 280
_HEADING_GAP, _NUMERAL_GAP = 70, 40


def compose_statement(view: StatementView, brand: Brand) -> Sketch:
    """Return the lead of the report or of a part, or a portion of it, as a card."""
    page = choose_page(view.role)
    heading = (
        fit_title(view.heading, sizes=LEAD_TITLE_SIZES, width=TEXT_WIDTH, lines=2, colour=page.ink)
        if view.heading
        else None
    )
    room = page.room - LEAD_BAR_GAP_PX - (heading.height + LEAD_TITLE_GAP_PX if heading else LEAD_NUMERAL_PX)
    paragraphs = [pieces_of(paragraph, face=Face.SERIF) for paragraph in view.paragraphs]

    def set_body(size_px: int) -> Block:
        return set_paragraphs(paragraphs, size_px=size_px, width=TEXT_WIDTH, manner=Manner(leading=1.68))

    def set_at(size_px: int) -> Block | None:
        block = set_body(size_px)
        return block if block.height <= room else None

    body = fit_sizes(_SIZES, set_at) or set_body(_SIZES[-1])
    top = page.bottom - body.height
    marks: list[Mark] = head_marks(page, brand.kind_name, brand.place_and_period)
    free = page.room - body.height - LEAD_BAR_GAP_PX
    has_year = True
    if heading:
        # Under a short text the heading stands right above it, and the year fills what is left.
        free -= heading.height + _NUMERAL_GAP
        has_year = free >= LEAD_NUMERAL_PX
        heading_top = top - _HEADING_GAP - heading.height if has_year else CONTENT_TOP + LEAD_TITLE_GAP_PX
        marks.append(TextMark(MARGIN, heading_top, heading, page.ground))
    if has_year:
        height = max(LEAD_NUMERAL_PX, min(_MOST_NUMERAL_PX, free))
        marks.append(
            outline_number(
                brand.year, left=MARGIN, top=CONTENT_TOP + 10, height=height, ground=page.ground, colour=page.flag,
                width=TEXT_WIDTH,
            )
        )  # fmt: skip
    marks += [FillMark(MARGIN, top - 40, 96, 10, page.flag), TextMark(MARGIN, top, body, page.ground)]
    marks += foot_marks(page, brand, marks)
    return make_sketch("statement", page, marks)
