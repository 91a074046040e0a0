"""A report as its YAML file holds it: part → section → item."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from nianbao.model.base import (
    Day,
    Excerpt,
    Few,
    FigureName,
    FileName,
    Frozen,
    Line,
    Many,
    Name,
    Number,
    Remark,
    Slug,
    Some,
    Text,
    Word,
)
from nianbao.model.period import PERIOD_PATTERN, Kind, Period, parse_period
from nianbao.model.photo import Photo
from nianbao.model.places import PLACE_PATTERN
from nianbao.model.table import Table
from nianbao.text.numerals import Qualifier, Quantity, find_quantities


class Role(StrEnum):
    """What a part of a report is for."""

    RESULTS = "results"
    PROBLEMS = "problems"
    PLAN = "plan"


def _read_place(value: object) -> object:
    """Return a row and a column, from 1: pydantic alone would take [0, "2"]."""
    if isinstance(value, list | tuple) and len(value) == 2 and all(type(step) is int and step > 0 for step in value):
        return tuple(value)
    raise PydanticCustomError("cell", "not [row, column]")


class Figure(Frozen):
    """A number that is reported, anchored by its quote in the sentence, or the cell of a table, that it came from."""

    id: Slug | None = Field(None, description="这个数的代号，写了就用在网址里：数字更正以后，链接仍然有效")
    quote: Line = Field(description="正文里的原样文字，含数和单位，如 5270名；同样的数出现两次时多抄几个字")
    label: Name = Field(description="这个数说的是什么")
    cell: Annotated[tuple[int, int], BeforeValidator(_read_place)] | None = Field(
        None, description="数在本条的表格里：[行, 列]，从 1 数起，表头不算；quote 就从那一格抄"
    )
    indicator: Slug | None = Field(None, description="可比指标的代号（data/indicators.yml）")
    value: Number | None = Field(None, description="数值，一般不写，由 quote 得出；写了就必须一致")
    unit: Word | None = Field(None, description="单位，一般不写，由 quote 得出；写了就必须一致")
    qualifier: Qualifier | None = Field(None, description="余、近、约……一般不写，由 quote 得出；写了就必须一致")

    @cached_property
    def quantity(self) -> Quantity | None:
        """The one quantity of the quote; None when it holds none, or more than one."""
        found = find_quantities(self.quote)
        return found[0] if len(found) == 1 else None


class Item(Frozen, json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["table"]}]}):
    """One thing that was done, went wrong or is planned, told by a text, a table or both."""

    id: Slug = Field(description="稳定的代号：链接、卡片、承诺都引用它，发布后不再改")
    title: Line | None = Field(None, description="小标题，可以没有")
    text: Text = Field("", description="正文，空一行分段；有表格的条目可以没有")
    table: Table | None = Field(None, description="表格：表题、单位、表头和各行")
    photo: Photo | None = Field(None, description="照片，有说明和同意才发布")
    figures: Some[Figure] = Field((), description="正文和表格里的数")
    fulfils: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]+#[a-z][a-z0-9-]*$", max_length=160)] | None = (
        Field(None, description="兑现了哪一条往年安排，如 2022#p-home")
    )

    def model_post_init(self, _context: Any) -> None:
        """Let the figures of the table know what they are counted in."""
        if self.table is not None:
            anchor_in_table(self.figures, self.table)


def anchor_in_table(figures: Iterable[Figure], table: Table) -> None:
    """Read the quantities of the figures that have a cell as their table tells them, with its units."""
    for figure in figures:
        if figure.cell is not None:
            read = table.read_quantity(figure.quote, figure.cell, stated_unit=figure.unit)
            figure.__dict__["quantity"] = read  # of a frozen model: kept as a cached property keeps it


class Section(Frozen):
    """A group of items under one title; title and items may be absent."""

    title: Line | None = Field(None, description="一级小标题，如 思想引领")
    lead: Text | None = Field(None, description="本节开头的话")
    items: Many[Item] = Field((), description="条目")


class Part(Frozen):
    """What was done, what went wrong, or what comes next."""

    role: Role = Field(description="results 成绩、problems 不足、plan 安排")
    title: Line = Field(description="部分标题，如 2023年工作")
    lead: Text | None = Field(None, description="本部分开头的话")
    sections: Some[Section] = Field((), description="各节")


class Source(Frozen):
    """The document that a report was made from, by name and digest."""

    name: FileName = Field(description="原文件名")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(description="原文件的 SHA-256")


class Revision(Frozen):
    """What was corrected after publication."""

    date: Day = Field(description="更正日期")
    items: Many[Slug] = Field((), description="改了哪几条")
    reason: Remark = Field(description="改了什么、为什么")


class ReviewEntry(Frozen):
    """What an import was unsure of, for a person to answer. A report with one is a draft, and is not published."""

    place: Annotated[str, StringConstraints(pattern=PLACE_PATTERN, max_length=120)] = Field(
        description="哪一处，写法同检查时的提示，如 parts[0].sections[1].title"
    )
    question: Remark = Field(description="要核对什么")
    chose: Excerpt = Field("", description="导入时写的是什么")
    source: Excerpt = Field("", description="依据原文件里的哪句话")


class Report(Frozen):
    """One report of one district. Its district and file name come from where the file stands."""

    schema_version: Literal[1] = Field(1, alias="schema", description="格式版本，现在是 1")
    period: Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)] = Field(
        description="时段：2023、2024-H1（上半年）、2024-Q3（第三季度）"
    )
    kind: Kind = Field(description="annual 年度、interim 半年或季度、thematic 专题")
    title: Line = Field(description="报告标题")
    publisher: Name | None = Field(None, description="发布单位，原文没有就不写")
    published_on: Day | None = Field(None, description="发布日期，原文没有就不写")
    source: Source | None = Field(None, description="原文件")
    review: Some[ReviewEntry] = Field(
        (), description="导入时拿不准、要人核对的地方；核对好一条就删去一条，还有一条就是草稿，不会发布"
    )
    lead: Text | None = Field(None, description="导语")
    parts: Few[Part] = Field(min_length=1, description="成绩、不足、安排")
    highlights: Some[FigureName] = Field(
        (), description="大字显示的数，写作 条目代号/数的代号 或 条目代号/quote；前四个放在报告开头，其余用在卡片上"
    )
    revisions: Some[Revision] = Field((), description="发布后的更正")

    @cached_property
    def when(self) -> Period:
        """The period, parsed."""
        return parse_period(self.period)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the text."""
        return tuple(i for part in self.parts for section in part.sections for i in section.items)
