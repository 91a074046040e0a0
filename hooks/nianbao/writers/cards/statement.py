"""A lead set large in serif: the report's under the period in outline, a part's under its title."""

from __future__ import annotations

from nianbao.views.cards import BrandView, CardKind, StatementView, read_text
from nianbao.views.runs import Paragraph
from nianbao.writers.cards.flow import Portion, flow_text
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    has_withheld,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import outline_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, fit_title, pieces_of, set_paragraphs

_SIZES = (96, 88, 80, 76, 72, 68, 64, 60, 56, 52, 50, 48, 46, 44, 42, 40, 38, 36)
_LEAST_NUMERAL, _MOST_NUMERAL = 120, 280
_BAR_GAP = 110
_HEADING_GAP, _NUMERAL_GAP = 70, 40


def compose_statement(view: StatementView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the lead of the report or of a part, on as many cards as it needs."""
    page = choose_page(view.role)
    room, later_room = (_find_room(heading, page) for heading in (view.heading, _continue(view, brand)))
    portions = flow_text(view.paragraphs, _set_body, sizes=_SIZES, room=room, later_room=min(room, later_room))
    return tuple(
        _draw(view.heading if number == 0 else _continue(view, brand), brand, page, portion)
        for number, portion in enumerate(portions)
    )


def _continue(view: StatementView, brand: BrandView) -> str:
    return f"{view.heading or brand.kind_name} · 续"


def _set_heading(text: str, page: Page) -> Block | None:
    sizes = (108, 100, 92, 84, 76, 68, 60, 52)
    return fit_title(text, sizes=sizes, width=TEXT_WIDTH, lines=2, colour=page.ink) if text else None


def _find_room(heading: str, page: Page) -> int:
    block = _set_heading(heading, page)
    return page.room - _BAR_GAP - (block.height + 20 if block else _LEAST_NUMERAL)


def _set_body(paragraphs: tuple[Paragraph, ...], size_px: int) -> Block:
    pieces = [pieces_of(paragraph, face=Face.SERIF) for paragraph in paragraphs]
    return set_paragraphs(pieces, size_px=size_px, width=TEXT_WIDTH, manner=Manner(leading=1.68))


def _draw(heading: str, brand: BrandView, page: Page, portion: Portion) -> Sketch:
    body = portion.block
    top = page.bottom - body.height
    marks: list[Mark] = head_marks(page, brand.kind_name, brand.place_and_period)
    block = _set_heading(heading, page)
    free = page.room - body.height - _BAR_GAP
    if block:
        # Under a short text the heading stands right above it, and the year fills what is left.
        free -= block.height + _NUMERAL_GAP
        is_short = free >= _LEAST_NUMERAL
        marks.append(
            TextMark(MARGIN, top - _HEADING_GAP - block.height if is_short else CONTENT_TOP + 20, block, page.ground)
        )
    if not block or is_short:
        height = max(_LEAST_NUMERAL, min(_MOST_NUMERAL, free))
        marks.append(
            outline_number(
                brand.year, left=MARGIN, top=CONTENT_TOP + 10, height=height, ground=page.ground, colour=page.flag,
                width=TEXT_WIDTH,
            )
        )  # fmt: skip
    marks += [FillMark(MARGIN, top - 40, 96, 10, page.flag), TextMark(MARGIN, top, body, page.ground)]
    text = "".join(read_text(paragraph) for paragraph in portion.paragraphs)
    marks += foot_marks(page, brand, is_withheld=has_withheld(text))
    title = heading or brand.kind_name
    return make_sketch(CardKind.STATEMENT, "statement", page, marks, title=title, alt=f"{title}\n{text}")
