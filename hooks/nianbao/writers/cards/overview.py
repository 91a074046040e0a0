"""A section, or the plan, at one glance: its items one under the other."""

from __future__ import annotations

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
    (0, 68, 0), (0, 62, 0), (0, 56, 0), (0, 50, 0), (0, 44, 0), (0, 40, 0),
)  # fmt: skip
_GAP, _TITLE_GAP = 40, 28
_LEAD_PX, _LEAD_GAP = 40, 20


def compose_overview(view: OverviewView, brand: BrandView) -> tuple[Sketch, ...]:
    """Return the overview; more rows than a card holds go to a second one, a lead that finds no room to one before."""
    page = choose_page(view.role)
    count = -(-len(view.rows) // _MOST_ROWS)
    size = -(-len(view.rows) // count)
    groups = [view.rows[at : at + size] for at in range(0, len(view.rows), size)]
    first = _draw(view, groups[0], brand, page, lead=_set_lead(view.lead)) if view.lead else None
    sketches = [first or _draw(view, groups[0], brand, page)]
    if view.lead and first is None:
        sketches[:0] = compose_statement(StatementView(view.role, view.title, view.lead), brand)
    sketches += [_draw(view, group, brand, page) for group in groups[1:]]
    return tuple(filter(None, sketches))


def _set_lead(paragraphs: tuple[Paragraph, ...]) -> Block:
    pieces = [pieces_of(paragraph, text="soft", face=Face.SERIF) for paragraph in paragraphs]
    return set_paragraphs(pieces, size_px=_LEAD_PX, width=TEXT_WIDTH, manner=Manner(1.6))


def _draw(
    view: OverviewView, rows: tuple[RowView, ...], brand: BrandView, page: Page, *, lead: Block | None = None
) -> Sketch | None:
    """The card; None when the rows do not fit beside the lead. Without one, they always do."""
    kind = CardKind.PLAN if view.role == "plan" else CardKind.SECTION
    title = fit_title(view.title, sizes=(96, 88, 80, 72, 64, 56), width=TEXT_WIDTH, lines=2, colour=page.ink)
    top = CONTENT_TOP + 20
    room = page.bottom - top - title.height - (lead.height + _LEAD_GAP if lead else 0) - 50

    def set_at(number: int) -> tuple[int, list[Block]] | None:
        detail, title_px, text_px = _STEPS[number]
        blocks = [_set_row(_shorten(row, detail), title_px, text_px, page) for row in rows]
        height = sum(block.height for block in blocks) + (_GAP if detail else _TITLE_GAP) * len(blocks)
        return (number, blocks) if height <= room else None

    last = len(_STEPS) - 1
    # In order, not by halves: fewer words at a larger size may need more room.
    fitting = next((laid for number in range(last) if (laid := set_at(number)) is not None), None)
    if fitting is None and lead:
        return None
    used, blocks = fitting or (last, [_set_row(_shorten(row, 0), *_STEPS[last][1:], page) for row in rows])
    rows = tuple(_shorten(row, _STEPS[used][0]) for row in rows)
    spare = room - sum(block.height for block in blocks)
    step = min(110, spare // len(blocks))
    used = sum(block.height for block in blocks) + step * len(blocks)
    head = view.heading if view.heading != view.title else ("下一步" if kind is CardKind.PLAN else brand.kind_name)
    marks: list[Mark] = [
        *head_marks(page, head, brand.place_and_period, tag=view.mark),
        TextMark(MARGIN, top, title, page.ground),
    ]
    if lead:
        marks.append(TextMark(MARGIN, top + title.height + _LEAD_GAP, lead, page.ground))
    y = page.bottom - used
    for row, block in zip(rows, blocks, strict=True):
        size_px = block.glyphs[0].size_px if block.glyphs else 40
        number = set_line([Piece(row.number, Face.HEAVY, page.flag)], size_px=round(size_px * 1.35))
        marks.append(FillMark(MARGIN, y, TEXT_WIDTH, 2, page.line))
        inner = y + step // 2
        marks.append(TextMark(MARGIN, inner - round(size_px * 0.06), number, page.ground))
        marks.append(TextMark(MARGIN + _LEFT, inner, block, page.ground))
        y += block.height + step
    told = [f"{view.heading} {view.mark} {view.title}" if view.heading != view.title else view.title]
    told += [read_text(paragraph) for paragraph in view.lead] if lead else []
    told += [f"{row.number} {row.title}：{_tell(row)}".rstrip("：") for row in rows]
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
    """The row with the strongest `detail` figures; a title alone where that is none."""
    best = sorted(row.figures, key=lambda figure: -abs(float(figure.number.machine_value or 0)))[:detail]
    kept = tuple(figure for figure in row.figures if figure in best)
    return RowView(row.number, row.title, kept, row.clause if detail or not row.title else "")


def _tell(row: RowView) -> str:
    return "，".join(f"{figure.label} {figure.text}" for figure in row.figures) or row.clause
