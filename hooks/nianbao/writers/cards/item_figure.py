"""A short item with one strong figure: the figure is the picture."""

from __future__ import annotations

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, ItemCardView, TableCardView
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Piece, fit_title, pieces_of, set_line, set_paragraphs

_SIZES = (52, 50, 48, 46, 44, 42, 40, 38)
_BAR = 40


def compose_item_figure(view: ItemCardView, brand: Brand) -> Sketch | None:
    """Return the card; None when the item has no strong figure or its text leaves no room for it."""
    if view.strong is None or not view.title:
        return None
    page = choose_page(view.role)
    marks = head_marks(page, view.heading, brand.place_and_period, tag=view.mark)
    top = place_item_title(view, page, marks)
    number = fit_number(view.strong.number, sizes=range(400, 40, -10), width=TEXT_WIDTH, colour=page.flag)
    label = fit_title(view.strong.label, sizes=(68, 62, 56, 50), width=TEXT_WIDTH, lines=2, colour=page.ink)
    room = page.bottom - top - number.height - label.height - 190
    paragraphs = [pieces_of(paragraph) for paragraph in view.paragraphs]

    def set_at(size_px: int) -> Block | None:
        block = set_paragraphs(paragraphs, size_px=size_px, width=TEXT_WIDTH - _BAR)
        return block if block.height <= room else None

    body = fit_sizes(_SIZES, set_at)
    if body is None:
        return None
    body_top = page.bottom - body.height
    label_top = body_top - 52 - label.height
    # The number stands in the middle of what is left between title and label.
    number_top = label_top - 40 - number.height - max(0, (label_top - 40 - number.height - top - 60) // 3)
    marks += [
        TextMark(MARGIN, number_top, number, page.ground),
        TextMark(MARGIN, label_top, label, page.ground),
        FillMark(MARGIN, body_top + 14, 8, body.height - 28, page.flag),
        TextMark(MARGIN + _BAR, body_top, body, page.ground),
    ]
    marks += foot_marks(page, brand, marks)
    return make_sketch("item_figure", page, marks)


def place_item_title(view: ItemCardView | TableCardView, page: Page, marks: list[Mark]) -> int:
    """Add the item's number and title in one row to `marks`; return where the row ends, px."""
    number = set_line([Piece(view.number, Face.HEAVY, page.flag)], size_px=92)
    left = MARGIN + number.width + 30
    title = fit_title(
        view.title, sizes=(76, 70, 64, 58, 52, 46), width=TEXT_WIDTH - left + MARGIN, lines=1, colour=page.ink
    )
    if title.line_count > 1:
        title = fit_title(view.title, sizes=(60, 54, 48), width=TEXT_WIDTH - left + MARGIN, lines=2, colour=page.ink)
    height = max(number.height, title.height)
    marks.append(TextMark(MARGIN, CONTENT_TOP + (height - number.height) // 2, number, page.ground))
    marks.append(TextMark(left, CONTENT_TOP + (height - title.height) // 2, title, page.ground))
    return CONTENT_TOP + height
