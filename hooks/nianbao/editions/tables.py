"""A table in the words of readers, its figures at their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.editions.edition import EditionTable
from nianbao.editions.runs import Paragraph, ShownFigure, read_text, show_paragraphs
from nianbao.model import Table
from nianbao.text.table_cells import is_number

# 具体情况见下表：, 各镇完成情况如表1。
_ANNOUNCED = re.compile(r"[下附]表|[见如]表|如下[：:]?$")
_ORDINAL = re.compile(r"序号|编号|№")
_NO_NUMBER = re.compile(r"[-—－/／*＊×xXＸ.…\s]*|无")


def make_table(table: Table, figures: Sequence[ShownFigure], paragraphs: Sequence[Paragraph]) -> EditionTable:
    """Return a table of an item; it follows the paragraph that announces it, or all `paragraphs` of the item."""
    by_cell = {figure.fact.cell: figure for figure in figures}
    numeric = tuple(_is_numeric([row[at] for row in table.rows]) for at in range(len(table.header)))
    names = [at for at, words in enumerate(table.header) if not numeric[at] and not _ORDINAL.search(words)]
    return EditionTable(
        caption=_show_cell(table.caption or ""),
        unit=_show_cell(f"单位：{table.unit}" if table.unit else ""),
        header=tuple(map(_show_cell, table.header)),
        rows=tuple(
            tuple(_show_cell(cell, by_cell.get((row, column))) for column, cell in enumerate(cells, 1))
            for row, cells in enumerate(table.rows, 1)
        ),
        numeric=numeric,
        name_column=names[0] if names else 0,
        after=next(
            (at for at, text in enumerate(map(read_text, paragraphs), 1) if _ANNOUNCED.search(text[-24:])),
            len(paragraphs),
        ),
    )


def _show_cell(text: str, figure: ShownFigure | None = None) -> Paragraph:
    shown = show_paragraphs(text, (figure,) if figure else ())
    return shown[0] if shown else ()


def _is_numeric(cells: Sequence[str]) -> bool:
    """Tell whether a column holds numbers, but for cells that say that there is none."""
    told = [cell for cell in cells if not _NO_NUMBER.fullmatch(cell)]
    return bool(told) and sum(map(is_number, told)) > len(told) / 2
