"""An item with several figures: a grid of them between its title and its text."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.editions.runs import ShownFigure
from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import Brand, ItemCardView
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    head_marks,
    make_sketch,
)
from nianbao.writers.cards.item_figure import place_item_title
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, Piece, pieces_of, set_block, set_paragraphs

_SIZES = (48, 46, 44, 42, 41, 40, 39, 38, 37, 36)
_GAP = 48
_CELL_WIDTH = (TEXT_WIDTH - _GAP) // 2
_ROW_PAD = 30


def compose_item_figures(view: ItemCardView, brand: Brand) -> Sketch | None:
    """Return the card with as many figures as there is room for; None when there is room for fewer than two."""
    if not view.title:
        return None
    page = choose_page(view.role)
    marks = head_marks(page, view.heading, brand.place_and_period, tag=view.mark)
    top = place_item_title(view, page, marks) + 40
    paragraphs = [pieces_of(paragraph) for paragraph in view.paragraphs]
    for count in (4, 3, 2):
        if len(view.figures) < count:
            continue
        rows = _set_rows(view.pick(count), page)
        grid_height = sum(height for height, _ in rows)
        room = page.bottom - top - grid_height - 40

        def set_at(size_px: int, room: int = room) -> Block | None:
            block = set_paragraphs(paragraphs, size_px=size_px, width=TEXT_WIDTH, manner=Manner(leading=1.75))
            return block if block.height <= room else None

        body = fit_sizes(_SIZES if count < 4 else _SIZES[:-2], set_at)
        if body is None:
            continue
        spare = room - body.height
        marks += _place_rows(rows, top, page, stretch=min(56, spare // len(rows)))
        marks.append(TextMark(MARGIN, page.bottom - body.height, body, page.ground))
        marks += foot_marks(page, brand, marks)
        return make_sketch("item_figures", page, marks)
    return None


def _set_rows(figures: Sequence[ShownFigure], page: Page) -> list[tuple[int, list[tuple[int, Block, Block]]]]:
    """Rows of cells (left, number, label) with their heights. Of three, the first has a row to itself."""
    groups = (
        [figures[:1], figures[1:]] if len(figures) == 3 else [figures[at : at + 2] for at in range(0, len(figures), 2)]
    )
    rows = []
    for group in groups:
        width = TEXT_WIDTH if len(group) == 1 else _CELL_WIDTH
        largest = 168 if len(group) == 1 else 128
        cells = []
        for place, figure in enumerate(group):
            number = fit_number(figure.number, sizes=range(largest, 31, -4), width=width, colour=page.flag)
            label = set_block(
                [Piece(figure.label, Face.TEXT, page.soft)], size_px=34 if len(group) == 1 else 32, width=width,
                manner=Manner(1.4, True),
            )  # fmt: skip
            cells.append((MARGIN + place * (_CELL_WIDTH + _GAP), number, label))
        number_height = max(number.height for _, number, _ in cells)
        label_height = max(label.height for _, _, label in cells)
        rows.append((_ROW_PAD + number_height + 22 + label_height + _ROW_PAD, cells))
    return rows


def _place_rows(
    rows: list[tuple[int, list[tuple[int, Block, Block]]]], top: int, page: Page, *, stretch: int
) -> list[Mark]:
    marks: list[Mark] = []
    for height, cells in rows:
        marks.append(FillMark(MARGIN, top, TEXT_WIDTH, 2, page.line))
        number_height = max(number.height for _, number, _ in cells)
        inner = top + _ROW_PAD + stretch // 2
        for left, number, label in cells:
            marks.append(TextMark(left, inner + number_height - number.height, number, page.ground))
            marks.append(TextMark(left, inner + number_height + 22, label, page.ground))
        top += height + stretch
    marks.append(FillMark(MARGIN, top, TEXT_WIDTH, 2, page.line))
    return marks
