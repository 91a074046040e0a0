"""The tables of a document: taken out of its lines, with their captions and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nianbao.importing.draft import DraftTable
from nianbao.importing.lines import CleanedLine
from nianbao.importing.source_text import EMPTY_PASSAGE, Merged, Origin, Passage, join_passages
from nianbao.importing.table_words import LONGEST_CAPTION, find_caption_unit, find_unit, is_caption
from nianbao.model.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from nianbao.text.table_cells import is_number

_MOST_HEADER_ROWS = 3
_LINES_ABOVE = 3
_NOTE_STARTS = ("注", "备注", "说明", "数据来源")
_Cells = tuple[Passage | Merged, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, where it begins in the source, and what of the words around it is neither caption nor unit.

    `is_sure` tells that it has a heading for each column, but perhaps the first, and as many cells in every row.
    """

    table: DraftTable
    start: int
    marks: tuple[Passage, ...]
    is_sure: bool = True


def take_tables(lines: Sequence[CleanedLine]) -> tuple[list[CleanedLine], tuple[FoundTable, ...]]:
    """Return the lines without those of tables, and the tables. What is too large for one stays as lines of text."""
    kept: list[CleanedLine] = []
    found: list[FoundTable] = []
    for number, group in groupby(lines, key=lambda line: line.table):
        rows = list(group)
        table = _read_table(kept, rows) if number else None
        if table is None:
            kept += rows
            continue
        taken, below, count = table
        del kept[len(kept) - count :]
        kept += below
        found.append(taken)
    return kept, tuple(found)


def _read_table(
    above: Sequence[CleanedLine], lines: Sequence[CleanedLine]
) -> tuple[FoundTable, list[CleanedLine], int] | None:
    """Return a table, the notes below it as lines of text, and how many of the lines above are its own."""
    caption, unit, marks, count = _read_above(above)
    rows = _drop_empty_columns(_pad([line.cells for line in lines]))
    places = list(range(len(lines)))
    while rows and (words := _find_only(rows[0])):
        span = find_unit(words.text)
        if span:
            unit, marks = words.cut(*span), [*marks, words.cut(0, span[0]), words.cut(span[1])]
        elif not caption and len(words.text) <= LONGEST_CAPTION:
            caption = words
        else:
            break
        del rows[0], places[0]
    below: list[CleanedLine] = []
    while rows and (words := _find_only(rows[-1])) and words.text.startswith(_NOTE_STARTS):
        below.insert(0, replace(lines[places[-1]], passage=words, origin=Origin.TEXT, table=0, cells=()))
        del rows[-1], places[-1]
    height = _count_header_rows(rows)
    header, body = _join_header(rows[:height]) or (EMPTY_PASSAGE,) * len(rows[0] if rows else ()), rows[height:]
    is_small = 1 < len(header) <= MOST_COLUMNS and 0 < len(body) <= MOST_ROWS
    cells = [cell for row in body for cell in row if not isinstance(cell, Merged)]
    if not is_small or any(len(cell.text) > LONGEST_CELL for cell in (*header, *cells)):
        return None
    if _is_form([*header, *cells]):
        return None
    if caption and not unit and (bracket := find_caption_unit(caption.text)):
        start, end = bracket.span("unit")
        unit = caption.cut(start, end)
        marks = [*marks, caption.cut(bracket.start(), start), caption.cut(end)]
        caption = caption.cut(0, bracket.start())
    table = DraftTable(
        caption,
        unit,
        header,
        tuple(tuple(EMPTY_PASSAGE if isinstance(cell, Merged) else cell for cell in row) for row in body),
        frozenset((r, c) for r, row in enumerate(body) for c, cell in enumerate(row) if cell is Merged.UP),
    )
    is_sure = all(header[1:]) and len({len(line.cells) for line in lines}) == 1
    return FoundTable(table, lines[0].passage.at[0], tuple(marks), is_sure), below, count


def _read_above(lines: Sequence[CleanedLine]) -> tuple[Passage, Passage, list[Passage], int]:
    """Return caption, unit and the words around the unit from the lines before a table, and these lines' number."""
    caption = unit = EMPTY_PASSAGE
    marks: list[Passage] = []
    count = 0
    for line in reversed(lines[-_LINES_ABOVE:]):
        span = find_unit(line.text) if not unit else None
        if line.origin is not Origin.TEXT or line.number or line.pictures:
            break
        if span:
            unit, marks = line.passage.cut(*span), [line.passage.cut(0, span[0]), line.passage.cut(span[1])]
        elif not caption and is_caption(line.text):
            caption = line.passage
        else:
            break
        count += 1
    return caption, unit, [mark for mark in marks if mark], count


def _is_form(cells: Sequence[Passage]) -> bool:
    """Return whether the cells are names and what is filled in (索引号：…), as at the head of a page."""
    told = [cell.text for cell in cells if cell]
    return 3 * sum(text.endswith(("：", ":")) for text in told) >= len(told)


def _pad(rows: Sequence[_Cells]) -> list[_Cells]:
    """Return the rows as long as the longest of them."""
    width = max(map(len, rows), default=0)
    return [(*row, *[EMPTY_PASSAGE] * (width - len(row))) for row in rows]


def _drop_empty_columns(rows: list[_Cells]) -> list[_Cells]:
    told = [any(not isinstance(cell, Merged) and cell for cell in column) for column in zip(*rows, strict=True)]
    return [tuple(cell for cell, is_told in zip(row, told, strict=True) if is_told) for row in rows]


def _find_only(row: _Cells) -> Passage | None:
    """Return the one cell of a row that says something, where there is but one and others could."""
    told = [cell for cell in row if not isinstance(cell, Merged) and cell]
    covered = sum(cell is Merged.LEFT for cell in row)
    return told[0] if len(told) == 1 and covered >= len(row) - 1 > 0 else None


def _count_header_rows(rows: Sequence[_Cells]) -> int:
    """Return how many rows the header has: the first, and what stands under cells that it merges; 0 without one."""
    first = [cell.text for cell in rows[0] if not isinstance(cell, Merged)] if rows else []
    if any(is_number(text) and not _is_year(text) for text in first):
        return 0
    height = 1
    while height < min(len(rows) - 1, _MOST_HEADER_ROWS):
        row, above = rows[height], rows[height - 1]
        holds_numbers = any(not isinstance(cell, Merged) and is_number(cell.text) for cell in row)
        if not (any(cell is Merged.UP for cell in row) or any(cell is Merged.LEFT for cell in above)) or holds_numbers:
            break
        height += 1
    return height


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and text.startswith(("19", "20"))


def _join_header(rows: Sequence[_Cells]) -> tuple[Passage, ...]:
    """Return the heading of each column: 2023年/金额 where one covers several."""
    slash = Passage("/", ())
    headings = []
    for column in range(len(rows[0]) if rows else 0):
        parts: list[Passage] = []
        for row in rows:
            at = column
            while at and row[at] is Merged.LEFT:
                at -= 1
            cell = row[at]
            if not isinstance(cell, Merged) and cell and cell.text not in [part.text for part in parts]:
                parts += [slash, cell] if parts else [cell]
        headings.append(join_passages(parts))
    return tuple(headings)
