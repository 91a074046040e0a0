"""A table as marks: names on the left, numbers in whole and right-aligned, ruled between its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from nianbao.editions.runs import Paragraph, read_text
from nianbao.text.fit_box import fit_sizes
from nianbao.text.table_cells import is_number
from nianbao.views.card.cards import Brand, TableCardView
from nianbao.views.card.tables import (
    NAME_LEAST_EM,
    TABLE_GAP_EM,
    TABLE_LEADING,
    TABLE_ROW_PAD_PX,
    TEXT_MOST_EM,
    TableView,
    narrow_heading,
)
from nianbao.writers.cards.fonts import Face, measure_em
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
from nianbao.writers.cards.item_figure import place_item_title
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.typeset import Manner, Piece, pieces_of, set_block, set_line

_SIZES = (44, 42, 40, 38, 36, 34, 32, 30, 29, 28)
_LEAST_PX = 28
_HEADING_SHARE = 0.8
_TEXT = Manner(TABLE_LEADING, True)
_TITLE_GAP, _CAPTION_GAP, _NOTE_GAP = 40, 18, 26
_RULE, _THICK_RULE = 2, 4
_MOST_PAD = 76


class SetTable(NamedTuple):
    """A table that is set: marks from its own top, at the left margin, and its height."""

    height: int
    marks: tuple[Mark, ...]


def compose_table(view: TableCardView, brand: Brand) -> Sketch:
    """Return the card of an item's table, or of a portion of it."""
    page = choose_page(view.role)
    marks = head_marks(page, view.heading, brand.place_and_period, tag=view.mark)
    top = place_item_title(view, page, marks) + _TITLE_GAP if view.title else CONTENT_TOP
    room = page.bottom - top
    table = fit_sizes(_SIZES, lambda size_px: set_table(view.table, size_px, page, room=room))
    table = table or set_table(view.table, _LEAST_PX, page)
    assert table is not None
    marks += move_marks(table.marks, top)
    marks += foot_marks(page, brand, marks)
    return make_sketch("table", page, marks)


def move_marks(marks: tuple[Mark, ...], top: int) -> list[Mark]:
    """Return texts and rules `top` px lower."""
    return [mark._replace(top=mark.top + top) for mark in marks if isinstance(mark, TextMark | FillMark)]


def set_table(
    view: TableView, size_px: int, page: Page, *, room: int | None = None, most_pad: int = _MOST_PAD
) -> SetTable | None:
    """Return the table at a size, its rows spread over some of the `room`; None where it does not fit."""
    widths = _measure_columns(view, size_px)
    if widths is None and room is not None:
        return None
    widths = widths or [TEXT_WIDTH // len(view.header)] * len(view.header)
    header = [
        set_block([Piece(words or " ", Face.TEXT, page.soft)], size_px=_heading_px(size_px), width=width, manner=_TEXT)
        for words, width in zip(view.header, widths, strict=True)
    ]
    rows = [
        [_set_cell(cell, size_px, width, is_sum=is_sum) for cell, width in zip(row, widths, strict=True)]
        for row, is_sum in zip(view.rows, view.sums, strict=True)
    ]
    above = _set_caption(view, page)
    note = set_line([Piece(view.rest, Face.TEXT, page.soft)], size_px=_LEAST_PX, leading=1.4) if view.rest else None
    has_header = any(view.header)
    lines = [header, *rows] if has_header else rows
    heights = [max(block.height for block in blocks) for blocks in lines]
    fixed = above.height + _THICK_RULE + (note.height + _NOTE_GAP if note else 0) + _RULE * len(heights)
    pad = TABLE_ROW_PAD_PX
    if room is not None:
        pad = min(most_pad, (room - fixed - sum(heights)) // len(heights))
        if pad < TABLE_ROW_PAD_PX:
            return None
    return _place(page, lines, heights, widths, view.numeric, pad=pad, above=above, note=note, is_first_low=has_header)


def _place(
    page: Page,
    rows: list[list[Block]],
    heights: list[int],
    widths: list[int],
    numeric: tuple[bool, ...],
    *,
    pad: int,
    above: SetTable,
    note: Block | None,
    is_first_low: bool,
) -> SetTable:
    """Return the marks of all; headings, the first row where it `is_first_low`, stand on their rule."""
    lefts = [MARGIN]
    for width in widths[:-1]:
        lefts.append(lefts[-1] + width + (TEXT_WIDTH - sum(widths)) // max(1, len(widths) - 1))
    marks = [*above.marks, FillMark(MARGIN, above.height, TEXT_WIDTH, _THICK_RULE, page.ink)]
    top = above.height + _THICK_RULE
    for place, (blocks, height) in enumerate(zip(rows, heights, strict=True)):
        for block, left, width, is_numeric in zip(blocks, lefts, widths, numeric, strict=True):
            y = top + pad // 2 + (height - block.height if is_first_low and place == 0 else 0)
            if block.glyphs:
                shown = _flush_right(block) if is_numeric else block
                marks.append(TextMark(left + (width - block.width if is_numeric else 0), y, shown, page.ground))
        top += pad + height
        marks.append(FillMark(MARGIN, top, TEXT_WIDTH, _RULE, page.line if place < len(rows) - 1 else page.ink))
        top += _RULE
    if note:
        marks.append(TextMark(MARGIN, top + _NOTE_GAP, note, page.ground))
        top += _NOTE_GAP + note.height
    return SetTable(top, tuple(marks))


def _flush_right(block: Block) -> Block:
    """Return a block with its lines moved to their common end."""
    ends = {
        glyph.baseline: glyph.x + round(measure_em(glyph.character, glyph.face) * glyph.size_px)
        for glyph in block.glyphs
    }
    last = max(ends.values(), default=0)
    glyphs = tuple(glyph._replace(x=glyph.x + last - ends[glyph.baseline]) for glyph in block.glyphs)
    return replace(block, glyphs=glyphs)


def _set_caption(view: TableView, page: Page) -> SetTable:
    """Return the caption with the unit at its right; of height 0 where there is neither."""
    if not (view.caption or view.unit):
        return SetTable(0, ())
    unit = set_line([Piece(view.unit or " ", Face.TEXT, page.soft)], size_px=30, leading=1.5)
    room = TEXT_WIDTH - (unit.width + 40 if view.unit else 0)
    caption = set_block([Piece(view.caption or " ", Face.BOLD, page.ink)], size_px=36, width=room, manner=_TEXT)
    height = max(caption.height, unit.height)
    marks: list[Mark] = []
    if view.caption:
        marks.append(TextMark(MARGIN, height - caption.height, caption, page.ground))
    if view.unit:
        marks.append(TextMark(MARGIN + TEXT_WIDTH - unit.width, height - unit.height, unit, page.ground))
    return SetTable(height + _CAPTION_GAP, tuple(marks))


def _set_cell(cell: Paragraph, size_px: int, width: int, *, is_sum: bool) -> Block:
    pieces = pieces_of(cell, face=Face.BOLD if is_sum else Face.TEXT)
    if is_number(read_text(cell)):
        return set_line(pieces, size_px=size_px, leading=TABLE_LEADING)
    return set_block(pieces or [Piece(" ", Face.TEXT, "ink")], size_px=size_px, width=width, manner=_TEXT)


def _measure_columns(view: TableView, size_px: int) -> list[int] | None:
    """Return the width of each column; None where they leave too little for the names. Numbers are never broken."""
    gap = round(TABLE_GAP_EM * size_px)
    widths: list[int] = []
    wished: list[int] = []
    for place, heading in enumerate(view.header):
        cells = [
            (_set_cell(row[place], size_px, 10**6, is_sum=is_sum).width, is_number(read_text(row[place])))
            for row, is_sum in zip(view.rows, view.sums, strict=True)
        ]
        numbers = max((width for width, is_whole in cells if is_whole), default=0)
        texts = max((width for width, is_whole in cells if not is_whole), default=0)
        em = _heading_px(size_px)
        head = set_line([Piece(heading or " ", Face.TEXT, "soft")], size_px=em).width + 2
        narrow = round(narrow_heading(head, em))
        if place == 0:
            wished.append(max(numbers, texts, head) + 2)
            widths.append(max(numbers, min(wished[0], round(NAME_LEAST_EM * size_px))))
        else:
            widths.append(max(numbers, min(texts + 2, round(TEXT_MOST_EM * size_px)), narrow))
            wished.append(max(widths[-1], head))
    spare = TEXT_WIDTH - sum(widths) - gap * (len(widths) - 1)
    if spare < 0:
        return None
    for place, wish in enumerate(wished):
        added = min(spare, max(0, wish - widths[place]))
        widths[place] += added
        spare -= added
    return widths


def _heading_px(size_px: int) -> int:
    return max(_LEAST_PX, round(size_px * _HEADING_SHARE))
