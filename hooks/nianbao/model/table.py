"""A table of an item, as its YAML file holds it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from nianbao.model.base import Frozen, Line, Word
from nianbao.text.numerals import Quantity
from nianbao.text.table_cells import find_cell_unit, read_cell_quantity

MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 12, 100, 120

_CellText = StringConstraints(strip_whitespace=True, max_length=LONGEST_CELL, pattern=r"^[^\n\r]*$")
Cell = Annotated[str, _CellText, BeforeValidator(lambda value: "" if value is None else value)]
Row = Annotated[tuple[Cell, ...], Field(max_length=MOST_COLUMNS)]


class Table(Frozen):
    """A table as its source has it: the cells of each row stand under those of the header."""

    caption: Line | None = Field(None, description="表题，如 2023年帮扶资金支出情况表")
    unit: Word | None = Field(None, description="全表共用的单位，如 万元；各列、各行自有单位就不写")
    header: Annotated[tuple[Cell, ...], Field(min_length=1, max_length=MOST_COLUMNS)] = Field(
        description="表头，每列一格；两层的表头合成一层，如 2023年/金额"
    )
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_ROWS)] = Field(
        description="表头下面的各行，每行的格数与表头相同；空格写 ''，有逗号的数加引号"
    )

    def find_cell(self, place: tuple[int, int]) -> str | None:
        """Return what stands in a cell, by row and column from 1; None where there is no such cell."""
        row, column = place
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def find_unit(self, place: tuple[int, int]) -> str:
        """Return what a bare number in a cell is counted in; empty where the table does not tell."""
        row, column = place
        if self.find_cell(place) is None:
            return ""
        return find_cell_unit(self.unit or "", self.header, self.rows[row - 1], column - 1)

    def read_quantity(self, quote: str, place: tuple[int, int], *, stated_unit: str | None) -> Quantity | None:
        """Return the quantity of a quote in a cell; `stated_unit` counts where the table tells none."""
        return read_cell_quantity(quote, self.find_unit(place) or stated_unit or "")
