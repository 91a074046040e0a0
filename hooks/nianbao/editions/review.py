"""What is still to be looked at in a draft, in the words of its page, and where in the page it stands."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.editions.addresses import part_fragment, section_fragment
from nianbao.model import Item, Part, Report, Section
from nianbao.model.fragments import figure_fragments
from nianbao.model.places import parse_place

_LONGEST_NAME = 20
_FIELD_NAMES = {
    "title": "标题", "lead": "开头的话", "role": "是成绩、不足还是安排", "text": "正文", "figures": "数字",
    "period": "时段", "kind": "种类", "publisher": "发布单位", "published_on": "发布日期", "source": "来源",
    "parts": "整份报告", "label": "说的是什么", "indicator": "可比指标", "quote": "原文",
    "table": "表格", "header": "表格", "rows": "表格", "caption": "表格", "unit": "单位", "cell": "表格里的位置",
    "photo": "照片", "file": "照片", "alt": "照片", "credit": "照片", "consent": "照片",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An open entry. `where` names its place in words: 学习有阵地 · 5270名 · 可比指标.

    `holder` is the fragment of the item, section or part that it stands in, "" for the report as a whole; `figure` that
    of its figure, "" where it is about none. `number` counts from 1.
    """

    number: int
    where: str
    question: str
    chose: str
    source: str
    holder: str
    figure: str


def show_entries(report: Report) -> tuple[EditionEntry, ...]:
    """Return the open entries of a report, in their order."""
    entries = []
    for number, entry in enumerate(report.review, 1):
        names, holder, figure = _locate(report, entry.place)
        entries.append(
            EditionEntry(number, " · ".join(names), entry.question, entry.chose, entry.source, holder, figure)
        )
    return tuple(entries)


def _locate(report: Report, place: str) -> tuple[list[str], str, str]:
    """Return what leads to a place, in words, and the fragments of what holds it and of its figure."""
    names: list[str] = []
    holder, figure_fragment, field = "", "", ""
    item: Item | None = None
    held: object = report
    number = 0
    for step in parse_place(place):
        if isinstance(step, str):
            field, held = step, getattr(held, step, None)
            continue
        held = held[step] if isinstance(held, tuple) and step < len(held) else None
        field = "table" if field in {"table", "header", "rows"} else ""
        if isinstance(held, Part):
            number, holder = step + 1, part_fragment(step + 1)
            names = [held.title]
        elif isinstance(held, Section):
            holder = section_fragment(number, step + 1)
            names = [held.title] if held.title else names
        elif isinstance(held, Item):
            item, holder = held, held.id
            names = [held.title or _shorten(held.text)]
        elif item is not None and held is not None and held in item.figures:
            figure = item.figures[step]
            figure_fragment = figure_fragments(item.id, figure)[0]
            names.append(figure.quote)
    if field in _FIELD_NAMES:
        names.append(_FIELD_NAMES[field] if names or field in {"period", "parts"} else f"报告的{_FIELD_NAMES[field]}")
    return [*names] or [place], holder, figure_fragment


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}……"
