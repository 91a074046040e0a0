"""One key figure and the sentence that it comes from."""

from __future__ import annotations

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, NumberCardView
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    RESULTS_PAGE,
    TEXT_WIDTH,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import fit_title, pieces_of, set_block

_SIZES = (50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28)
_BAR = 40


def compose_number(view: NumberCardView, brand: Brand) -> Sketch:
    """Return the figure as a card, 1080 × 1440."""
    page = RESULTS_PAGE
    number = fit_number(view.figure.number, sizes=range(460, 40, -10), width=TEXT_WIDTH, colour=page.flag)
    label = fit_title(view.figure.label, sizes=(84, 76, 68, 60, 52, 46), width=TEXT_WIDTH, lines=2, colour=page.ink)
    room = page.room - number.height - label.height - 200

    def set_at(size_px: int) -> Block | None:
        block = set_block(pieces_of(view.sentence, text="soft"), size_px=size_px, width=TEXT_WIDTH - _BAR)
        return block if block.height <= room else None

    body = fit_sizes(_SIZES, set_at)
    body_height = body.height if body else 0
    label_top = page.bottom - body_height - (56 if body else 0) - label.height
    free = label_top - 56 - number.height - CONTENT_TOP
    marks: list[Mark] = [
        *head_marks(page, f"数说 {brand.period}", brand.district_name),
        TextMark(MARGIN, CONTENT_TOP + max(0, free * 3 // 5), number, page.ground),
        TextMark(MARGIN, label_top, label, page.ground),
    ]
    if body:
        top = page.bottom - body.height
        marks.append(FillMark(MARGIN, top + 14, 8, body.height - 28, page.flag))
        marks.append(TextMark(MARGIN + _BAR, top, body, page.ground))
    marks += foot_marks(page, brand, marks)
    return make_sketch("number", page, marks)
