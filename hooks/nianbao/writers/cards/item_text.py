"""An item by its number in outline, its title and its text; over several cards where one cannot hold it."""

from __future__ import annotations

from dataclasses import replace

from nianbao.views.cards import BrandView, CardKind, ItemCardView, read_text
from nianbao.views.runs import Paragraph
from nianbao.writers.cards.flow import Portion, flow_text
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
from nianbao.writers.cards.sketch import Block, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, fit_title, pieces_of, set_paragraphs

_SIZES = (60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 41, 40, 39, 38, 37, 36)
_LEAST_NUMERAL, _MOST_NUMERAL = 150, 400
_NUMERAL_GAP = 64
_TITLE_GAP = 30


def compose_item_text(view: ItemCardView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the item on one card, or on as many as it needs (01 · 续)."""
    page = choose_page(view.role)
    following = replace(view, title=f"{view.title or view.heading} · 续")
    portions = flow_text(
        view.paragraphs, _set_body, sizes=_SIZES, room=_find_room(view, page),
        later_room=min(_find_room(view, page), _find_room(following, page)),
    )  # fmt: skip
    return tuple(
        _draw(view if number == 0 else following, brand, page, portion) for number, portion in enumerate(portions)
    )


def _find_room(view: ItemCardView, page: Page) -> int:
    """The height for the text, under the smallest numeral and the title."""
    title = _set_title(view.title, page)
    return page.room - _LEAST_NUMERAL - _NUMERAL_GAP - (title.height + _TITLE_GAP if title else 0)


def _set_title(text: str, page: Page) -> Block | None:
    return (
        fit_title(text, sizes=(88, 80, 72, 66, 60, 54, 48), width=TEXT_WIDTH, lines=2, colour=page.ink)
        if text
        else None
    )


def _set_body(paragraphs: tuple[Paragraph, ...], size_px: int) -> Block:
    leading = 1.8 if size_px <= 46 else 1.7
    return set_paragraphs(
        [pieces_of(paragraph) for paragraph in paragraphs],
        size_px=size_px,
        width=TEXT_WIDTH,
        manner=Manner(leading=leading),
    )


def _draw(view: ItemCardView, brand: BrandView, page: Page, portion: Portion) -> Sketch:
    body = portion.block
    title = _set_title(view.title, page)
    above = title.height + _TITLE_GAP if title else 0
    free = page.room - body.height - above - _NUMERAL_GAP
    numeral = outline_number(
        view.number, left=MARGIN, top=CONTENT_TOP + 8, height=max(_LEAST_NUMERAL, min(_MOST_NUMERAL, free)),
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
    name = f"{view.heading} {view.number} {view.title}".strip()
    text = "".join(read_text(paragraph) for paragraph in portion.paragraphs)
    marks += foot_marks(page, brand, is_withheld=has_withheld(text, view.title))
    alt = f"{name}\n{text}"
    return make_sketch(CardKind.ITEM, "item_text", page, marks, title=view.title or name, alt=alt, item_ids=(view.id,))
