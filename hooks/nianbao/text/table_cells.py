"""Numbers as tables have them: bare in their cells, their unit in a heading, a column or above the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from nianbao.text.numerals import Qualifier, Quantity, find_quantities

# 1 902: thousands parted by blanks of any width, as typesetters do.
_GROUP_BLANK = re.compile("(?<=[0-9])[ \u00a0\u2002-\u200a\u202f\u3000](?=[0-9]{3}(?![0-9]))")
_BARE = re.compile(r"[约近超]?[-−－+]?[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?[余多+]?")
_PLAIN = re.compile(r"[-−－+]?[0-9]+(?:\.[0-9]+)?")
_MASKED = re.compile(r"[*＊×xXＸ]+")
_BRACKET = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（()）]{1,12}?)\s*[)）]\s*$")
_UNIT_COLUMN = re.compile(r"(?:计量|计算)?单位")
# What is no amount of the unit above the table: 增长率 in a table of 万元.
_RATIO = re.compile(r"率|占比|比重|比例|幅|百分|%|％")
_SEVERAL = re.compile(r"[、/／，,；;和\s]+")
_MONEY = re.compile(r"金额|资金|经费|支出|收入|投资|款|产值|税|费")
_LONGEST_UNIT = 20


def is_number(cell: str) -> bool:
    """Return whether a cell holds a number, with its unit or without, and hardly a word besides."""
    shown = _join_groups(cell.strip())[0]
    return bool(_BARE.fullmatch(shown)) or any(
        quantity.end - quantity.start == len(shown) for quantity in find_quantities(shown)
    )


def is_bare(quote: str) -> bool:
    """Return whether a quote from a cell is a number, or its mask, without a unit of its own."""
    shown = _join_groups(quote.strip())[0]
    return bool(_BARE.fullmatch(shown) or _MASKED.fullmatch(shown)) and not find_quantities(shown)


def is_unit(text: str) -> bool:
    """Return whether a text is what numbers are counted in: 万元, 人次, %."""
    if not text or len(text) > _LONGEST_UNIT:
        return False
    found = find_quantities(f"1{text}")
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(text) + 1


def find_bracket_unit(heading: str) -> str:
    """Return the unit in brackets at the end of a heading: 经费（万元）; empty where there is none."""
    found = _BRACKET.search(heading)
    return found[1] if found and is_unit(found[1]) else ""


def find_cell_unit(unit: str, header: Sequence[str], row: Sequence[str], column: int) -> str:
    """Return the unit of a bare number in a row's cell; empty where nothing tells it.

    It stands after the column's heading, or in the row's own column of units, or after the row's name, or above the
    table (`unit`). `column` counts from 0.
    """
    heading = header[column] if column < len(header) else ""
    of_row = next(
        (cell for name, cell in zip(header, row, strict=False) if _UNIT_COLUMN.fullmatch(name.strip())), ""
    ).strip()
    found = find_bracket_unit(heading) or (of_row if is_unit(of_row) else "")
    if found or _RATIO.search(heading):
        return found
    named = next((found for cell in row[:column] if (found := find_bracket_unit(cell))), "")
    return named or _choose_unit(unit, heading)


def _choose_unit(units: str, heading: str) -> str:
    """Return the unit over a table of a column, of several (户、人、万元) the one that its heading names."""
    told = [unit for unit in _SEVERAL.split(units) if is_unit(unit)]
    if len(told) < 2:
        return told[0] if told else ""
    is_money = _MONEY.search(heading)
    named = [unit for unit in told if unit in heading or (is_money and unit.endswith("元"))]
    return named[0] if len(named) == 1 else ""


def read_cell_quantity(quote: str, unit: str) -> Quantity | None:
    """Return the one quantity of a quote from a cell; `unit` is that of a bare number, "" where it has none.

    A number in whole alone (641) counts without a unit. None where there is no quantity, or more than one.
    """
    joined, places = _join_groups(quote)
    found = find_quantities(joined)
    if len(found) == 1:
        (one,) = found
        return one._replace(start=places[one.start], end=places[one.end - 1] + 1)
    start = len(quote) - len(quote.lstrip())
    bare = joined.strip().replace("，", ",").replace("－", "-").replace("−", "-")
    if found or not (_BARE.fullmatch(bare) or _MASKED.fullmatch(bare)):
        return None
    end = start + len(quote.strip())
    told = find_quantities(f"{bare}{unit}")
    if unit and len(told) == 1:
        return told[0]._replace(start=start, end=end)
    number = bare.replace(",", "")
    if not _PLAIN.fullmatch(number):
        return None
    return Quantity(Decimal(number), None, unit, Qualifier.EXACT, start, end)


def _join_groups(text: str) -> tuple[str, list[int]]:
    """Return the text without the blanks inside its numbers, and where each of its characters stood."""
    left_out = {found.start() for found in _GROUP_BLANK.finditer(text)}
    places = [place for place in range(len(text)) if place not in left_out]
    return "".join(text[place] for place in places), places
