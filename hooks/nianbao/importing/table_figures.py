"""The figures of a table: numbers of the report's own period, labelled in the words of their row and heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.importing.draft import DraftFigure, DraftTable
from nianbao.importing.table_words import name_sum
from nianbao.text.table_cells import find_cell_unit, is_number, read_cell_quantity

MOST_ITEM_FIGURES = 100
_LONGEST_LABEL = 60
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=\s*(?:年|[-—–./]|$))|(?:19|20)[0-9]{2}(?=\s*(?:\D|$))")
# What tells of another time, of a change, of an aim, or of nothing that is counted.
_OTHER = re.compile(
    r"增减|增长|增幅|增速|增加|减少|净增|变化|同比|环比|较|比上|比去|上年|去年|往年|上期|同期|前年|期初|年初|任务|目标|计划|预算|预期|下达"
    r"|应完成|占比|占.{0,6}%|比重|完成率|达成率|进度|序号|编号|№|排名|名次|位次|权重|得分|分值|标准|单价|均价|电话|日期|时间|年份|年龄|邮编"
)
# Words of a heading that add nothing to the name of its row.
_EMPTY_WORDS = re.compile(
    r"(?:数量|数值|数目|数据|金额|完成数|完成值|完成量|完成情况|完成|实际完成数?|实际数?|实绩|本年度?|本期|今年|当年|报告期|全年|累计|年度|年底|年末|截至|期末|上半年|情况)+"
)
_PERIOD_WORDS = re.compile(
    r"(?:截至)?(?:19|20)[0-9]{2}\s*年?\s*(?:度|底|末|(?:[0-9]{1,2}|十[一二]?)月(?:底|末|[0-9]{1,2}日)?|上半年|下半年|第?[一二三四]季度)?"
    r"|[0-9]{1,2}\s*[-—–~至]\s*[0-9]{1,2}\s*月"
)
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]")
_SUM = re.compile(r"合\s*计|总\s*计|共\s*计|总\s*和")
_AMONG = re.compile(r"^(?:[（(]?[一二三四五六七八九十0-9]{1,2}[)）、.．]\s*)?(?:其中\s*[：:，,]?\s*)?(?:#\s*)?")
_UNIT_COLUMN = re.compile(r"(?:计量|计算)?单位")


def find_table_figures(table: DraftTable, *, period: str, count: int) -> Iterator[DraftFigure]:
    """Yield the figures of an item's table; the item has `count` already, whose ids are n1, n2 …"""
    header = [heading.text for heading in table.header]
    rows = [[cell.text for cell in row] for row in table.rows]
    columns = _choose_columns(header, rows, caption=table.caption.text, period=period)
    names = _choose_names(header, rows)
    for place, row in enumerate(rows):
        for column in columns:
            cell = row[column]
            unit = find_cell_unit(table.unit.text, header, row, column)
            quantity = read_cell_quantity(cell, unit) if is_number(cell) else None
            if quantity is None or quantity.value is None or count >= MOST_ITEM_FIGURES:
                continue
            label = _name_figure(table, place, column, names=names, is_alone=len(columns) == 1)
            if label:
                count += 1
                yield DraftFigure(f"n{count}", cell, label, quantity, cell=(place + 1, column + 1))


def _choose_columns(header: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str, period: str) -> list[int]:
    """Return the columns of numbers that are the report's own; none where the whole table is of another year."""
    years = {int(year) for heading in header for year in _YEAR.findall(heading)}
    own = int(period[:4]) if period else max(years, default=0)
    told = {int(year) for year in _YEAR.findall(caption)}
    if told and own and own not in told and own not in years:
        return []
    chosen = []
    for at, heading in enumerate(header):
        cells = [row[at] for row in rows if row[at]]
        of_years = {int(year) for year in _YEAR.findall(heading)}
        is_other = bool(_OTHER.search(heading)) or bool(of_years and own not in of_years)
        if not is_other and 2 * sum(map(is_number, cells)) >= len(cells) > 0:
            chosen.append(at)
    return chosen


def _choose_names(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns before the first numbers that say what a row is of."""
    names: list[int] = []
    for at, heading in enumerate(header):
        cells = [row[at] for row in rows if row[at]]
        if _OTHER.search(heading) or _UNIT_COLUMN.fullmatch(heading.strip()):
            continue
        if cells and 2 * sum(map(is_number, cells)) >= len(cells):
            break
        names.append(at)
    return names


def _name_figure(table: DraftTable, place: int, column: int, *, names: Sequence[int], is_alone: bool) -> str:
    """Return a figure's label: its row's name and what the heading adds, of a sum the caption's words."""
    name = _read_name(table, place, names)
    heading = _PERIOD_WORDS.sub("", _BRACKETS.sub("", table.header[column].text)).strip("/ 　:：")
    words = "".join(part for part in heading.split("/") if part and not _EMPTY_WORDS.fullmatch(part))
    if not words and not is_alone and "金额" in heading:
        words = "金额"
    if _SUM.fullmatch(name):
        name = f"{name_sum(table.caption.text)}{name}"
    label = name if not words or name.endswith(words) else f"{name}{words}"
    return label.replace(" ", "")[:_LONGEST_LABEL]


def _read_name(table: DraftTable, place: int, names: Sequence[int]) -> str:
    """Return what a row is of. A name that covers several rows is followed by what tells them apart."""
    told = ""
    for at in names:
        covers = (place, at) in table.merged or (place + 1, at) in table.merged
        cell = table.rows[place][at].text
        if covers:
            continue
        told = cell
        break
    else:
        told = next((table.rows[place][at].text for at in names if table.rows[place][at]), "")
    return _AMONG.sub("", _BRACKETS.sub("", told)).strip(" 　:：") or _AMONG.sub("", told).strip(" 　:：")
