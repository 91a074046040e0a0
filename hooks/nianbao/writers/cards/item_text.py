"""An item, or a portion of one, by its number in outline, its title and its text."""

from __future__ import annotations

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, ItemCardView
from nianbao.views.card.room import ITEM_NUMERAL_GAP_PX, ITEM_NUMERAL_PX, ITEM_TITLE_GAP_PX, ITEM_TITLE_SIZES
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
from nianbao.writers.cards.sketch import Block, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, fit_title, pieces_of, set_paragraphs

_SIZES = (60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28)
_MOST_NUMERAL_PX = 400


def compose_item_text(view: ItemCardView, brand: Brand) -> Sketch:
    """Return the item as a card."""
    page = choose_page(view.role)
    title = (
        fit_title(view.title, sizes=ITEM_TITLE_SIZES, width=TEXT_WIDTH, lines=2, colour=page.ink)
        if view.title
        else None
    )
    above = title.height + ITEM_TITLE_GAP_PX if title else 0
    room = page.room - ITEM_NUMERAL_PX - ITEM_NUMERAL_GAP_PX - above
    paragraphs = [pieces_of(paragraph) for paragraph in view.paragraphs]

    def set_body(size_px: int) -> Block:
        leading = 1.8 if 36 <= size_px <= 46 else 1.7
        return set_paragraphs(paragraphs, size_px=size_px, width=TEXT_WIDTH, manner=Manner(leading=leading))

    def set_at(size_px: int) -> Block | None:
        block = set_body(size_px)
        return block if block.height <= room else None

    body = fit_sizes(_SIZES, set_at) or set_body(_SIZES[-1])
    free = page.room - body.height - above - ITEM_NUMERAL_GAP_PX
    numeral = outline_number(
        view.number, left=MARGIN, top=CONTENT_TOP + 8, height=max(ITEM_NUMERAL_PX, min(_MOST_NUMERAL_PX, free)),
        colour=page.flag, ground=page.ground, width=TEXT_WIDTH,
    )  # fmt: skip
    top = page.bottom - body.height
    marks: list[Mark] = [
        *head_marks(page, view.heading, brand.place_and_period, tag=view.mark),
        numeral,
        TextMark(MARGIN, top, body, page.ground),
    ]
    if title:
        marks.append(TextMark(MARGIN, top - above, title, page.ground))
    marks += foot_marks(page, brand, marks)
    return make_sketch("item_text", page, marks)
