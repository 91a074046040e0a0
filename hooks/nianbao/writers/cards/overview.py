"""A section, or the plan, at one glance: its items one under the other."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.views.cards import BrandView, CardKind, OverviewView, RowView, StatementView, read_text
from nianbao.views.runs import Paragraph
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
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
from nianbao.writers.cards.statement import compose_statement
from nianbao.writers.cards.typeset import (
    Manner,
    Piece,
    fit_title,
    pieces_of,
    pile,
    set_block,
    set_line,
    set_paragraphs,
)

_LEFT = 150
_MOST_ROWS = 8
# Figures a row (one at least leaves room for a clause; none is the title alone), title and text size.
_STEPS = (
    (2, 64, 42), (2, 58, 40), (2, 54, 38), (2, 50, 36), (1, 58, 40), (1, 54, 38), (1, 50, 36), (1, 46, 34),
    (0, 68, 44), (0, 62, 42), (0, 56, 40), (0, 50, 38), (0, 44, 36), (0, 40, 34),
)  # fmt: skip
_GAP, _TITLE_GAP = 40, 28
_MOST_GAP = 110
_LEAD_PX, _LEAD_GAP = 40, 20
_TITLE_TOP = CONTENT_TOP + 20


class _Rows(NamedTuple):
    """The rows of one card, with as many words as it has room for, and how they are set."""

    rows: tuple[RowView, ...]
    blocks: list[Block]


def compose_overview(view: OverviewView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the overview, then what finds no room on it: more rows, and a lead too long to stand over them."""
    page = choose_page(view.role)
    title = fit_title(view.title, sizes=(96, 88, 80, 72, 64, 56), width=TEXT_WIDTH, lines=2, colour=page.ink)
    top = _TITLE_TOP + title.height
    first, *others = _fill_cards(view.rows, page, page.bottom - top - 50)
    lead = _set_lead(view.lead) if view.lead else None
    beside = _set_rows(first.rows, page, page.bottom - top - 50 - lead.height - _LEAD_GAP) if lead else None
    sketches = [_draw(view, beside or first, brand, page, title, lead=lead if beside else None)]
    sketches += [_draw(view, rows, brand, page, title) for rows in others]
    if lead and not beside:
        sketches += compose_statement(StatementView(view.role, view.title, view.lead), brand)
    return tuple(sketches)


def _set_lead(paragraphs: tuple[Paragraph, ...]) -> Block:
    pieces = [pieces_of(paragraph, text="soft", face=Face.SERIF) for paragraph in paragraphs]
    return set_paragraphs(pieces, size_px=_LEAD_PX, width=TEXT_WIDTH, manner=Manner(1.6))


def _fill_cards(rows: tuple[RowView, ...], page: Page, room: int) -> list[_Rows]:
    """The rows on as few cards as hold them, `room` px on each."""
    for count in range(-(-len(rows) // _MOST_ROWS), len(rows) + 1):
        size = -(-len(rows) // count)
        cards = [_set_rows(rows[at : at + size], page, room) for at in range(0, len(rows), size)]
        fitting = [card for card in cards if card]
        if len(fitting) == len(cards):
            return fitting
    # A title that fills a card by itself.
    bare = [RowView(row.number, row.title, (), "") for row in rows]
    return [_Rows((row,), [_set_row(row, *_STEPS[-1][1:], page)]) for row in bare]


def _set_rows(rows: tuple[RowView, ...], page: Page, room: int) -> _Rows | None:
    """The rows with the most words that fit, at the largest size; None when not even their titles do."""
    # In order, not by halves: fewer words at a larger size may need more room.
    for detail, title_px, text_px in _STEPS:
        shortened = tuple(_shorten(row, detail) for row in rows)
        blocks = [_set_row(row, title_px, text_px, page) for row in shortened]
        if sum(block.height for block in blocks) + (_GAP if detail else _TITLE_GAP) * len(blocks) <= room:
            return _Rows(shortened, blocks)
    return None


def _draw(
    view: OverviewView, rows: _Rows, brand: BrandView, page: Page, title: Block, *, lead: Block | None = None
) -> Sketch:
    kind = CardKind.PLAN if view.role == "plan" else CardKind.SECTION
    head = view.heading if view.heading != view.title else ("下一步" if kind is CardKind.PLAN else brand.kind_name)
    marks: list[Mark] = [
        *head_marks(page, head, brand.place_and_period, tag=view.mark),
        TextMark(MARGIN, _TITLE_TOP, title, page.ground),
    ]
    top = _TITLE_TOP + title.height
    if lead:
        marks.append(TextMark(MARGIN, top + _LEAD_GAP, lead, page.ground))
        top += _LEAD_GAP + lead.height
    height = sum(block.height for block in rows.blocks)
    step = max(0, min(_MOST_GAP, (page.bottom - top - 50 - height) // len(rows.blocks)))
    y = page.bottom - height - step * len(rows.blocks)
    for row, block in zip(rows.rows, rows.blocks, strict=True):
        size_px = block.glyphs[0].size_px if block.glyphs else 40
        number = set_line([Piece(row.number, Face.HEAVY, page.flag)], size_px=round(size_px * 1.35))
        marks.append(FillMark(MARGIN, y, TEXT_WIDTH, 2, page.line))
        inner = y + step // 2
        marks.append(TextMark(MARGIN, inner - round(size_px * 0.06), number, page.ground))
        marks.append(TextMark(MARGIN + _LEFT, inner, block, page.ground))
        y += block.height + step
    told = [f"{view.heading} {view.mark} {view.title}" if view.heading != view.title else view.title]
    told += [read_text(paragraph) for paragraph in view.lead] if lead else []
    told += [f"{row.number} {row.title}：{_tell(row)}".rstrip("：") for row in rows.rows]
    alt = "\n".join(told)
    marks += foot_marks(page, brand, is_withheld=has_withheld(alt))
    return make_sketch(kind, "overview", page, marks, title=view.title, alt=alt)


def _set_row(row: RowView, title_px: int, text_px: int, page: Page) -> Block:
    width = TEXT_WIDTH - _LEFT
    blocks = []
    if row.title:
        blocks.append(
            set_block(
                [Piece(row.title, Face.TITLE, page.ink)], size_px=title_px, width=width, manner=Manner(1.35, True)
            )
        )
    lines = [
        [Piece(f"{figure.label} ", Face.TEXT, page.soft), Piece(figure.text, Face.BOLD, "flag_ink")]
        for figure in row.figures
    ] or [[Piece(row.clause, Face.TEXT, page.soft)]]
    blocks += [
        set_block(line, size_px=text_px, width=width, manner=Manner(1.5, True)) for line in lines if line[0].text
    ]
    return pile(blocks, gap=6)


def _shorten(row: RowView, detail: int) -> RowView:
    """The row with the strongest `detail` figures; where that is none, a title alone."""
    best = sorted(row.figures, key=lambda figure: -abs(float(figure.number.machine_value or 0)))[:detail]
    kept = tuple(figure for figure in row.figures if figure in best)
    return RowView(row.number, row.title, kept, row.clause if detail or not row.title else "")


def _tell(row: RowView) -> str:
    return "，".join(f"{figure.label} {figure.text}" for figure in row.figures) or row.clause
