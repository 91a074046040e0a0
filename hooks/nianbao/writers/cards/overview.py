"""A section, or the plan, at one glance: its items one under the other."""

from __future__ import annotations

from nianbao.editions.runs import Paragraph
from nianbao.views.card.cards import Brand, OverviewView, RowView
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
from nianbao.writers.cards.sketch import Block, FillMark, Mark, Sketch, TextMark
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
# Title and text size.
_STEPS = (
    (68, 44), (64, 42), (62, 42), (58, 40), (54, 38), (50, 36), (46, 34), (44, 34), (40, 34), (36, 32), (32, 30),
    (28, 28),
)  # fmt: skip
_GAP, _TITLE_GAP = 40, 28
_MOST_GAP = 110
_LEAD_PX, _LEAD_GAP = 40, 20
_TITLE_TOP = CONTENT_TOP + 20


def compose_overview(view: OverviewView, brand: Brand) -> Sketch:
    """Return the rows under their title, and what opens them."""
    page = choose_page(view.role)
    title = fit_title(view.title, sizes=(96, 88, 80, 72, 64, 56), width=TEXT_WIDTH, lines=2, colour=page.ink)
    lead = _set_lead(view.lead) if view.lead else None
    room = page.bottom - _TITLE_TOP - title.height - 50 - (lead.height + _LEAD_GAP if lead else 0)
    return _draw(view, _set_rows(view.rows, page, room), brand, page, title, lead=lead)


def _set_lead(paragraphs: tuple[Paragraph, ...]) -> Block:
    pieces = [pieces_of(paragraph, text="soft", face=Face.SERIF) for paragraph in paragraphs]
    return set_paragraphs(pieces, size_px=_LEAD_PX, width=TEXT_WIDTH, manner=Manner(1.6))


def _set_rows(rows: tuple[RowView, ...], page: Page, room: int) -> list[Block]:
    """The rows at the largest size at which they fit."""
    gap = _GAP if any(row.figures or row.clause for row in rows) else _TITLE_GAP

    for title_px, text_px in _STEPS:
        blocks = [_set_row(row, title_px, text_px, page) for row in rows]
        if sum(block.height + gap for block in blocks) <= room:
            break
    return blocks


def _draw(
    view: OverviewView, blocks: list[Block], brand: Brand, page: Page, title: Block, *, lead: Block | None
) -> Sketch:
    is_own = view.title.startswith(view.heading)
    head = ("下一步" if view.role == "plan" else brand.kind_name) if is_own else view.heading
    marks: list[Mark] = [
        *head_marks(page, head, brand.place_and_period, tag=view.mark),
        TextMark(MARGIN, _TITLE_TOP, title, page.ground),
    ]
    top = _TITLE_TOP + title.height
    if lead:
        marks.append(TextMark(MARGIN, top + _LEAD_GAP, lead, page.ground))
        top += _LEAD_GAP + lead.height
    height = sum(block.height for block in blocks)
    step = max(0, min(_MOST_GAP, (page.bottom - top - 50 - height) // len(blocks)))
    y = page.bottom - height - step * len(blocks)
    for row, block in zip(view.rows, blocks, strict=True):
        size_px = block.glyphs[0].size_px if block.glyphs else 40
        number = set_line([Piece(row.number, Face.HEAVY, page.flag)], size_px=round(size_px * 1.35))
        marks.append(FillMark(MARGIN, y, TEXT_WIDTH, 2, page.line))
        inner = y + step // 2
        marks.append(TextMark(MARGIN, inner - round(size_px * 0.06), number, page.ground))
        marks.append(TextMark(MARGIN + _LEFT, inner, block, page.ground))
        y += block.height + step
    marks += foot_marks(page, brand, marks)
    return make_sketch("overview", page, marks)


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
