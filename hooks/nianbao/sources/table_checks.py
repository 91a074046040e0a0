"""An item's table, its figures against their cells, and its photo."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.model import Figure, Photo, Table
from nianbao.model.places import KeyPath
from nianbao.sources.figure_checks import (
    WIDE_DIGIT,
    FigureMistake,
    explain_count,
    explain_disagreement,
    explain_wide_digits,
)
from nianbao.sources.naming_checks import Mistake
from nianbao.sources.partial_report import LocatedItem
from nianbao.sources.wording import show_value


def check_table(item: LocatedItem) -> Iterator[Mistake]:
    """Yield the mistakes of an item's table and of the figures that stand in it."""
    if item.table is not None:
        yield from _check_rows(item.table, (*item.key_path, "table"))
    seen: dict[tuple[int, int], KeyPath] = {}
    for key_path, figure in item.figures:
        if figure.cell is None:
            continue
        if item.table is None:
            if not item.has_unread:
                yield (*key_path, "cell"), "本条没有 table，却写了 cell", "补上 table；数在正文里就删去 cell"
            continue
        if seen.setdefault(figure.cell, key_path) is not key_path:
            problem = f"表格{_name_cell(figure.cell)}的数写了两次"
            yield (*key_path, "cell"), problem, "删去一条；说的不是一格，就改 cell"
            continue
        for mistake in _check_figure(figure, figure.cell, item.table):
            yield (*key_path, mistake.field), mistake.problem, mistake.fix


def _check_rows(table: Table, key_path: KeyPath) -> Iterator[Mistake]:
    """Yield a mistake for each row that is not as long as the header."""
    width = len(table.header)
    for number, row in enumerate(table.rows):
        if len(row) != width:
            problem = f"这一行有 {len(row)} 格，表头有 {width} 格"
            fix = "数里有半角逗号就加引号：'1,902'" if len(row) > width else "空着的格子写 ''"
            yield (*key_path, "rows", number), problem, f"每行 {width} 格；{fix}"


def _check_figure(figure: Figure, place: tuple[int, int], table: Table) -> Iterator[FigureMistake]:
    cell, quote = table.find_cell(place), figure.quote
    if cell is None:
        fix = f"表头下面有 {len(table.rows)} 行，每行 {len(table.header)} 格；写成 [行, 列]，从 1 数起，表头不算"
        yield FigureMistake("cell", f"表格里没有{_name_cell(place)}", fix)
    elif cell.count(quote) != 1:
        yield _explain_absent(quote, cell, place, table)
    elif not _is_whole(quote, cell, place, table):
        problem = f"{show_value(quote)}没有抄全"
        yield FigureMistake("quote", problem, f"{_name_cell(place)}写的是{show_value(cell)}")
    elif figure.quantity is None:
        yield explain_count(quote)
    elif WIDE_DIGIT.search(quote):
        yield explain_wide_digits(quote)
    else:
        yield from explain_disagreement(figure, figure.quantity)


def _is_whole(quote: str, cell: str, place: tuple[int, int], table: Table) -> bool:
    """Tell whether a quote holds all of the quantity of its cell, where that has one."""
    whole = table.read_quantity(cell, place, stated_unit=None)
    start = cell.find(quote)
    return whole is None or (start <= whole.start and whole.end <= start + len(quote))


def _explain_absent(quote: str, cell: str, place: tuple[int, int], table: Table) -> FigureMistake:
    if quote in cell:
        problem = f"{show_value(quote)}在表格{_name_cell(place)}里出现了不止一次"
        return FigureMistake("quote", problem, f"多抄几个字；整格是{show_value(cell)}")
    written = f"写的是{show_value(cell)}" if cell else "是空的"
    problem = f"{show_value(quote)}不在表格{_name_cell(place)}，那一格{written}"
    return FigureMistake("quote", problem, hint_at_cell(quote, table) or "quote 从那一格原样抄下来，或改 cell")


def hint_at_cell(quote: str, table: Table | None) -> str:
    """Return what to do where a quote is the whole of one cell; empty where it is of none, or of several."""
    places = [
        [row, column]
        for row, cells in enumerate(table.rows if table else (), 1)
        for column, cell in enumerate(cells, 1)
        if cell == quote
    ]
    return f"它在表格第 {places[0][0]} 行第 {places[0][1]} 列：写 cell: {places[0]}" if len(places) == 1 else ""


def _name_cell(place: tuple[int, int]) -> str:
    return f"第 {place[0]} 行第 {place[1]} 列"


def check_photo(photo: Photo, key_path: KeyPath) -> Iterator[Mistake]:
    """Yield a mistake where `consent` says that there is none: who wrote it may think that it will do."""
    if photo.consent is not None and not photo.has_consent:
        problem = f"{show_value(photo.consent)}不是同意，照片不会发布"
        fix = "同意了，写明谁同意的，如 本人同意、监护人书面同意；照片里没有人，写 没有人像；还没有同意，就删去这一行"
        yield (*key_path, "consent"), problem, fix
