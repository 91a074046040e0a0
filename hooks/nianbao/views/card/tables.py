"""What a picture shows of a table: as many columns as can be read, and rows in portions. Never a part of a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.editions.edition import EditionTable
from nianbao.editions.runs import Paragraph, RunKind, read_text, show_line
from nianbao.text.table_cells import is_number
from nianbao.views.card.room import CARD_TEXT_WIDTH_PX, count_lines, measure_em

# By which columns are chosen and rows counted: writers set larger where there is room.
TABLE_LEAST_PX = 30
TABLE_ROW_PAD_PX = 34
TABLE_GAP_EM = 0.9
TABLE_LEADING = 1.4
# Of columns, in em: what a name takes at least, a text at most, a heading in one line; others take as many lines.
NAME_LEAST_EM, TEXT_MOST_EM, HEADING_MOST_EM, HEADING_LINES = 5.0, 6.0, 5.0, 3
_NAME_MOST_EM, _CELL_MOST_EM, _CAPTION_MOST_EM = 30.0, 24.0, 40.0
# How much wider bold numbers are.
_BOLD = 1.06
_MOST_CARDS, _MOST_ROWS, _FIRST_ROWS = 3, 7, 6


@dataclass(frozen=True, slots=True)
class TableView:
    """Some rows of a table under its header, the name of each first. `rest` says what only the page shows."""

    caption: str
    unit: str
    header: tuple[str, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    numeric: tuple[bool, ...]
    sums: tuple[bool, ...]
    rest: str = ""

    @property
    def words(self) -> tuple[Paragraph, ...]:
        """What it tells, a line a row: 困难职工帮扶：2023年 86.20；2022年 79.50."""
        lines = [f"{self.caption}（{self.unit}）" if self.caption and self.unit else self.caption or self.unit]
        for name, *cells in self.rows:
            told = [
                f"{head} {read_text(cell)}".strip() for head, cell in zip(self.header[1:], cells, strict=True) if cell
            ]
            lines.append("：".join(filter(None, (read_text(name), "；".join(told)))))
        return tuple(show_line(line) for line in (*lines, self.rest) if line)


def view_tables(table: EditionTable, *, room_px: float) -> tuple[TableView, ...]:
    """Return the portions of a table for cards with `room_px` for rows; of a long table the first rows and the sum."""
    whole = _choose_columns(table)
    portions = list(_share_rows(whole, room_px=room_px, most=_MOST_ROWS))
    if len(portions) <= _MOST_CARDS:
        return tuple(portions)
    count = min(_FIRST_ROWS, len(portions[0].rows))
    rest = f"全表 {len(whole.rows)} 行，见网页"
    if whole.sums[-1] and count > 1:
        rows = (*whole.rows[: count - 1], whole.rows[-1])
        return (replace(whole, rows=rows, sums=(*whole.sums[: count - 1], True), rest=rest),)
    return (replace(whole, rows=whole.rows[:count], sums=whole.sums[:count], rest=rest),)


def view_long_tables(table: EditionTable, *, room_px: float) -> tuple[TableView, ...]:
    """Return all rows of a table in portions no higher than `room_px`."""
    return tuple(_share_rows(_choose_columns(table), room_px=room_px, most=len(table.rows)))


def measure_rows(view: TableView, *, size_px: float = TABLE_LEAST_PX) -> float:
    """Return about how high the header and the rows are, px."""
    return sum(_measure_heights(view, size_px))


def _choose_columns(table: EditionTable) -> TableView:
    """Return the table with its names first, then the columns that fit: those with figures before others."""
    name = table.name_column
    others = [at for at in range(len(table.header)) if at != name]
    with_figures = {at for row in table.rows for at, cell in enumerate(row) if _has_figure(cell)}
    columns = list(zip(*([*map(read_text, row)] for row in (table.header, *table.rows)), strict=True))
    room_em = CARD_TEXT_WIDTH_PX / TABLE_LEAST_PX - min(NAME_LEAST_EM, _measure_column(columns[name]))
    chosen: list[int] = []
    for at in sorted(others, key=lambda at: (at not in with_figures, at)):
        width_em = _measure_column(columns[at]) + TABLE_GAP_EM
        if width_em <= room_em:
            room_em -= width_em
            chosen.append(at)
    kept = [name, *sorted(chosen)]
    left_out = len(table.header) - len(kept)
    is_cut = any(measure_em(text) > most_em for at in kept for text, most_em in _list_limits(columns[at], at == name))
    told = [f"另有 {left_out} 列" if left_out else "", "长的文字没有写全" if is_cut else ""]
    return TableView(
        shorten_em(read_text(table.caption), _CAPTION_MOST_EM),
        read_text(table.unit),
        tuple(shorten_em(read_text(table.header[at]), HEADING_MOST_EM * HEADING_LINES) for at in kept),
        tuple(tuple(_shorten_cell(row[at], is_name=at == name) for at in kept) for row in table.rows),
        tuple(table.numeric[at] for at in kept),
        tuple(map(table.is_sum, table.rows)),
        "，".join(filter(None, (*told, "全表见网页"))) if any(told) else "",
    )


def _list_limits(column: Sequence[str], is_name: bool) -> Iterator[tuple[str, float]]:
    heading, *cells = column
    yield heading, HEADING_MOST_EM * HEADING_LINES
    yield from ((cell, _NAME_MOST_EM if is_name else _CELL_MOST_EM) for cell in cells)


def _shorten_cell(cell: Paragraph, *, is_name: bool) -> Paragraph:
    """Return a cell whose words are cut where they would fill the card; one with a figure as it is."""
    if _has_figure(cell):
        return cell
    return show_line(shorten_em(read_text(cell), _NAME_MOST_EM if is_name else _CELL_MOST_EM))


def _has_figure(cell: Paragraph) -> bool:
    return any(run.kind is RunKind.FIGURE for run in cell)


def shorten_em(text: str, most_em: float) -> str:
    """Return a text no wider than `most_em` in one line; what is cut ends in …"""
    if measure_em(text) <= most_em:
        return text
    kept = len(text)
    while measure_em(text[:kept]) > most_em - 1:
        kept -= 1
    return f"{text[:kept]}…"


def _measure_column(column: Sequence[str]) -> float:
    """Return how wide a column is at least, in em: its heading, which comes first, in few lines, its numbers in one."""
    heading, *cells = column
    numbers = max((measure_em(cell) for cell in cells if is_number(cell)), default=0.0)
    texts = max((measure_em(cell) for cell in cells if not is_number(cell)), default=0.0)
    heading_em = min(measure_em(heading), HEADING_MOST_EM * HEADING_LINES)
    return max(numbers * _BOLD, min(texts, TEXT_MOST_EM), narrow_heading(heading_em, 1))


def narrow_heading(width: float, em: float) -> float:
    """Return how wide a heading is at least that is `width` wide in one line: one, two or three lines of it."""
    if width <= HEADING_MOST_EM * em:
        return width
    return width / (2 if width <= 2 * (HEADING_MOST_EM - 1) * em else HEADING_LINES) + em


def _share_rows(view: TableView, *, room_px: float, most: int) -> Iterator[TableView]:
    """Yield the rows in portions of about the same length."""
    header_px, *heights_px = _measure_heights(view, TABLE_LEAST_PX)
    length = len(heights_px)
    count = max(1, -(-length // most))
    while count < length and any(
        header_px + sum(heights_px[start:stop]) > room_px for start, stop in _cut(length, count)
    ):
        count += 1
    for start, stop in _cut(length, count):
        yield replace(view, rows=view.rows[start:stop], sums=view.sums[start:stop])


def _cut(length: int, count: int) -> list[tuple[int, int]]:
    return list(pairwise(round(length * place / count) for place in range(count + 1)))


def _measure_heights(view: TableView, size_px: float) -> list[float]:
    """Return about how high the header and each row is, px."""
    lines = [view.header, *([*map(read_text, row)] for row in view.rows)]
    widths_em = [_measure_column(column) for column in zip(*lines, strict=True)]
    gaps_em = TABLE_GAP_EM * (len(widths_em) - 1)
    widths_em[0] = max(widths_em[0], CARD_TEXT_WIDTH_PX / size_px - sum(widths_em[1:]) - gaps_em)
    return [
        max(
            1 if is_number(text) else count_lines(text, size_px=1, width_px=width_em)
            for text, width_em in zip(line, widths_em, strict=True)
        )
        * size_px
        * TABLE_LEADING
        + TABLE_ROW_PAD_PX
        for line in lines
    ]
