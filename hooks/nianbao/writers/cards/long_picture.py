"""The whole report in one picture to scroll (一图读懂), or a slice of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from nianbao.text.fit_box import fit_sizes
from nianbao.views.card.cards import BlockKind, Brand, LongBlock, LongView
from nianbao.views.card.long import HIGHEST_PX, TEXT_SIZES_PX
from nianbao.writers.cards.cover import year_block
from nianbao.writers.cards.fonts import Face
from nianbao.writers.cards.frame import (
    CARD_WIDTH,
    COVER_PAGE,
    MARGIN,
    TEXT_WIDTH,
    Page,
    choose_page,
    foot_marks,
    head_marks,
)
from nianbao.writers.cards.numerals import fit_number
from nianbao.writers.cards.sketch import FillMark, Mark, OutlineMark, Sketch, TextMark
from nianbao.writers.cards.table import SetTable, move_marks, set_table
from nianbao.writers.cards.typeset import (
    Manner,
    Piece,
    fit_headline,
    fit_title,
    pieces_of,
    set_block,
    set_line,
    set_paragraphs,
)

_FOOT_HEIGHT = 268
_RUNNING_HEAD_HEIGHT = 190
_SLICE_END = 40
_HALF = (TEXT_WIDTH - 48) // 2
_TABLE_SIZES = (38, 36, 34, 32, 30, 28)
_TABLE_SPACE, _TABLE_PAD = (24, 36), 44
# Of running text: the space above and below it, px.
_SPACE = {BlockKind.LEAD: (72, 40), BlockKind.OPENING: (10, 20), BlockKind.TEXT: (14, 26)}


class _Band(NamedTuple):
    """A block that is set: marks from its own top, on a ground across the picture."""

    height: int
    ground: str
    marks: tuple[Mark, ...]


def compose_long(view: LongView, brand: Brand) -> Sketch:
    """Return the picture; the last slice bears the foot, those after the first a running head."""
    bands = [
        _set_head(block, brand)
        if block.kind is BlockKind.HEAD
        else _SETTERS.get(block.kind, _set_text)(block, choose_page(block.role))
        for block in view.blocks
    ]
    if view.place > 1:
        bands.insert(0, _running_head(brand, view, bands[0].ground))
    marks: list[Mark] = []
    top = 0
    for band in bands:
        marks.append(FillMark(0, top, CARD_WIDTH, band.height, band.ground))
        marks += [_move(mark, top) for mark in band.marks]
        top += band.height
    is_last = view.place == view.count
    page = Page(height=top + (_FOOT_HEIGHT if is_last else _SLICE_END), ground=bands[-1].ground)
    marks.append(FillMark(0, top, CARD_WIDTH, page.height - top, page.ground))
    if is_last:
        marks += foot_marks(page, brand, marks)
    return Sketch("long_picture", CARD_WIDTH, page.height, "paper", tuple(marks))


def _running_head(brand: Brand, view: LongView, ground: str) -> _Band:
    """What a slice that does not begin the report begins with, since it may be forwarded alone."""
    page = Page(ground=ground)
    marks = head_marks(page, f"{brand.kind_name} {view.place}/{view.count}", brand.place_and_period)
    rule = FillMark(MARGIN, _RUNNING_HEAD_HEIGHT - 32, TEXT_WIDTH, 2, page.line)
    return _Band(_RUNNING_HEAD_HEIGHT, ground, (*marks, rule))


def _move(mark: Mark, top: int) -> Mark:
    if isinstance(mark, OutlineMark):
        return mark._replace(baseline=mark.baseline + top)
    return mark._replace(top=mark.top + top) if isinstance(mark, TextMark | FillMark) else mark


def _set_head(block: LongBlock, brand: Brand) -> _Band:
    page = COVER_PAGE
    name = fit_title(brand.publisher, sizes=(38, 34, 30), width=TEXT_WIDTH, lines=2, face=Face.TEXT, colour=page.soft)
    year = year_block(brand.year, 400, page)
    title = fit_headline(block.title, sizes=(116, 108, 96, 84, 72, 60), width=TEXT_WIDTH, colour=page.ink)
    marks: list[Mark] = [TextMark(MARGIN, 96, name, page.ground)]
    top = 96 + name.height + 76
    marks.append(TextMark(MARGIN, top, year, page.ground))
    top += year.height + 48
    kind = set_line([Piece(f"{brand.district_name} · {brand.kind_name}", Face.BOLD, page.soft)], size_px=48)
    marks.append(TextMark(MARGIN, top, kind, page.ground))
    top += kind.height + 36
    marks.append(TextMark(MARGIN, top, title, page.ground))
    return _Band(top + title.height + 88, page.ground, tuple(marks))


def _set_keys(block: LongBlock, page: Page) -> _Band:
    marks: list[Mark] = []
    keys = block.figures
    top = 40
    for at in range(0, len(keys), 2):
        marks.append(FillMark(MARGIN, top, TEXT_WIDTH, 2, page.line))
        heights = []
        for place, key in enumerate(keys[at : at + 2]):
            left = MARGIN + place * (_HALF + 48)
            number = fit_number(key.number, sizes=range(120, 31, -4), width=_HALF, colour=page.flag)
            label = set_block(
                [Piece(key.label, Face.TEXT, page.soft)], size_px=34, width=_HALF, manner=Manner(1.4, True)
            )
            marks.append(TextMark(left, top + 44 + 88 - number.height, number, page.ground))
            marks.append(TextMark(left, top + 44 + 88 + 24, label, page.ground))
            heights.append(label.height)
        top += 44 + 88 + 24 + max(heights) + 44
    return _Band(top + 20, page.ground, tuple(marks))


def _set_part_title(block: LongBlock, page: Page) -> _Band:
    title = fit_title(block.title, sizes=(96, 88, 76, 64, 56), width=TEXT_WIDTH, lines=2, colour=page.ink)
    rule = FillMark(MARGIN, 110, 120, 12, page.flag)
    return _Band(160 + title.height + 30, page.ground, (rule, TextMark(MARGIN, 160, title, page.ground)))


def _set_section_title(block: LongBlock, page: Page) -> _Band:
    mark = set_line([Piece(block.number, Face.TITLE, page.ground)], size_px=48)
    width = mark.width + 36
    room = TEXT_WIDTH - width - 28
    title = fit_title(block.title, sizes=(68, 62, 56, 50, 44), width=room, lines=2, colour=page.ink)
    top = 56
    marks: list[Mark] = [TextMark(MARGIN + width + 28, top, title, page.ground)]
    if block.number:
        line_top = top + (round(title.height / title.line_count) - 80) // 2
        marks.append(FillMark(MARGIN, line_top, width, 80, page.flag))
        marks.append(TextMark(MARGIN + 18, line_top + 16, mark, page.flag))
    return _Band(top + title.height + 28, page.ground, tuple(marks))


def _set_item_title(block: LongBlock, page: Page) -> _Band:
    number = set_line([Piece(block.number, Face.HEAVY, page.flag)], size_px=68)
    title = fit_title(block.title, sizes=(54, 48), width=TEXT_WIDTH - 124, lines=2, colour=page.ink)
    top = 36
    marks = (TextMark(MARGIN, top + 2, number, page.ground), TextMark(MARGIN + 124, top, title, page.ground))
    return _Band(top + max(title.height, number.height), page.ground, marks)


def _set_text(block: LongBlock, page: Page) -> _Band:
    face = Face.TEXT if block.kind is BlockKind.TEXT else Face.SERIF
    pieces = [pieces_of(paragraph, face=face) for paragraph in block.paragraphs]
    body = set_paragraphs(pieces, size_px=TEXT_SIZES_PX[block.kind], width=TEXT_WIDTH)
    above, below = _SPACE[block.kind]
    return _Band(above + body.height + below, page.ground, (TextMark(MARGIN, above, body, page.ground),))


def _set_table(block: LongBlock, page: Page) -> _Band:
    view = block.table
    assert view is not None

    def set_at(size_px: int) -> SetTable | None:
        return set_table(view, size_px, page, room=HIGHEST_PX, most_pad=_TABLE_PAD)

    table = fit_sizes(_TABLE_SIZES, set_at) or set_table(view, _TABLE_SIZES[-1], page)
    assert table is not None
    above, below = _TABLE_SPACE
    return _Band(above + table.height + below, page.ground, tuple(move_marks(table.marks, above)))


def _set_end(_block: LongBlock, page: Page) -> _Band:
    return _Band(60, page.ground, ())


_SETTERS: dict[BlockKind, Callable[[LongBlock, Page], _Band]] = {
    BlockKind.KEYS: _set_keys,
    BlockKind.PART: _set_part_title,
    BlockKind.SECTION: _set_section_title,
    BlockKind.ITEM: _set_item_title,
    BlockKind.TABLE: _set_table,
    BlockKind.END: _set_end,
}
