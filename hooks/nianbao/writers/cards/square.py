"""Squares for a grid of nine: the cover, a figure, or an item by its title."""

from __future__ import annotations

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, CoverView, SquareView
from nianbao.writers.cards.cover import year_block
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CONTENT_TOP,
    COVER_PAGE,
    MARGIN,
    SQUARE_HEIGHT,
    TEXT_WIDTH,
    Page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.numerals import CAP_HEIGHT_EM, fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import BODY, Piece, fit_headline, fit_title, set_block

_COVER = Page(
    **{name: getattr(COVER_PAGE, name) for name in ("ground", "ink", "soft", "line", "flag")}, height=SQUARE_HEIGHT
)
_PAPER = Page(height=SQUARE_HEIGHT)
_BAR_GAP, _CLAUSE_GAP = 44, 24
_LEAST_YEAR_PX = 160


def compose_square(view: CoverView | SquareView, brand: Brand) -> Sketch:
    """Return the square, 1080 × 1080."""
    if isinstance(view, CoverView):
        return _draw_cover(view, brand)
    return _draw_figure(view, brand) if view.figure else _draw_title(view, brand)


def _draw_cover(view: CoverView, brand: Brand) -> Sketch:
    page = _COVER
    marks = head_marks(page, brand.district_name, brand.kind_name)
    title = fit_headline(
        view.title, sizes=(112, 104, 96, 92, 84, 76, 68, 60, 52), width=TEXT_WIDTH, colour=page.ink, height=page.room
    )
    title_top = page.bottom - title.height + 10
    top = CONTENT_TOP + 16
    # Above a title of two lines the year is smaller; a very long one leaves no room for it.
    year_px = min(400, round((title_top - 44 - top) / CAP_HEIGHT_EM))
    if year_px >= _LEAST_YEAR_PX:
        marks.append(TextMark(MARGIN, top, year_block(brand.year, year_px, page), page.ground))
    marks.append(TextMark(MARGIN, title_top, title, page.ground))
    marks += foot_marks(page, brand, marks)
    return make_sketch("square", page, marks)


def _draw_figure(view: SquareView, brand: Brand) -> Sketch:
    page = _PAPER
    assert view.figure is not None
    number = fit_number(view.figure.number, sizes=range(400, 40, -10), width=TEXT_WIDTH, colour=page.flag)
    label = fit_title(view.title, sizes=(84, 76, 68, 60, 52), width=TEXT_WIDTH, lines=2, colour=page.ink)
    label_top = page.bottom - label.height + 6
    free = label_top - 50 - number.height - CONTENT_TOP
    marks: list[Mark] = [
        *head_marks(page, f"数说 {brand.period}", brand.district_name),
        TextMark(MARGIN, CONTENT_TOP + max(0, free * 3 // 5), number, page.ground),
        TextMark(MARGIN, label_top, label, page.ground),
    ]
    marks += foot_marks(page, brand, marks)
    return make_sketch("square", page, marks)


def _draw_title(view: SquareView, brand: Brand) -> Sketch:
    page = _PAPER
    title = fit_title(view.title, sizes=(148, 136, 124, 112, 104, 96, 88, 80, 72, 64), width=TEXT_WIDTH, lines=2,
        colour=page.ink)  # fmt: skip
    room = page.room - title.height - _BAR_GAP - _CLAUSE_GAP

    def set_at(size_px: int) -> Block | None:
        block = set_block([Piece(view.clause, Face.TEXT, page.soft)], size_px=size_px, width=TEXT_WIDTH, manner=BODY)
        return block if block.height <= room else None

    clause = fit_sizes((60, 56, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34), set_at) if view.clause else None
    title_top = page.bottom - title.height - (clause.height + _CLAUSE_GAP if clause else 0)
    marks: list[Mark] = [
        *head_marks(page, brand.kind_name, brand.place_and_period),
        FillMark(MARGIN, title_top - _BAR_GAP, 96, 10, page.flag),
        TextMark(MARGIN, title_top, title, page.ground),
    ]
    if clause:
        marks.append(TextMark(MARGIN, page.bottom - clause.height, clause, page.ground))
    marks += foot_marks(page, brand, marks)
    return make_sketch("square", page, marks)
