"""What must hold inside one report beyond the types of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from nianbao.errors import DataError
from nianbao.model import Indicator, Kind, Role
from nianbao.model.base import MOST_FIGURES, MOST_ITEMS
from nianbao.model.places import KeyPath, format_place
from nianbao.sources.figure_checks import check_figures, check_indicator_unit
from nianbao.sources.naming_checks import LineOf, Mistake, check_names
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.partial_report import LocatedItem, PartialReport
from nianbao.sources.strict_yaml import Document
from nianbao.sources.table_checks import check_photo, check_table, hint_at_cell
from nianbao.sources.wording import show_value

_TOPIC = re.compile(r"[a-z][a-z0-9-]*")
_SPANS = frozenset({"h1", "h2", "q1", "q2", "q3", "q4"})


def check_report(
    partial: PartialReport,
    document: Document,
    *,
    stem: str,
    indicators: Mapping[str, Indicator] | None,
    locate_indicator: Callable[[str], str],
) -> tuple[DataError, ...]:
    """Return the mistakes of one report, whose file is `stem`.yml; without `indicators` those are not checked.

    `locate_indicator` names the file and line of an indicator's id; it is called only for a message.
    """
    mistakes = [
        *_check_file_name(partial, stem),
        *_check_totals(partial.items),
        *_check_items(partial.items),
        *check_names(partial, document.line_of),
    ]
    if indicators is not None:
        mistakes += _check_indicators(partial.items, indicators, document.line_of, locate_indicator)
    return tuple(
        DataError(document.file, document.line_of(key_path), format_place(key_path), problem, fix)
        for key_path, problem, fix in mistakes
    )


def _check_file_name(partial: PartialReport, stem: str) -> Iterator[Mistake]:
    period, kind = partial.period, partial.kind
    if period is None or kind is None:
        return
    if kind is Kind.ANNUAL and period.span:
        yield ("kind",), f"年度报告的 period 不能是 {period}", f"period 写成 {period.year}，或 kind 写成 interim"
    elif kind is Kind.INTERIM and not period.span:
        yield (
            ("kind",),
            f"半年或季度报告的 period 不能是全年 {period}",
            f"period 写成 {period}-H1 这样，或 kind 写成 annual",
        )
    if kind is not Kind.THEMATIC:
        if stem != str(period):
            yield ("period",), f"文件名是 {stem}.yml，period 却是 {period}", f"文件名改成 {period}.yml，或改 period"
        return
    topic = stem.removeprefix(f"{period}-")
    if topic == stem or not is_topic(topic):
        yield (
            ("period",),
            f"文件名是 {stem}.yml，专题报告的文件名却要以 {period}- 开头，再加专题的代号",
            f"文件名改成 {period}-reform.yml 这样，代号用小写字母、数字和连字符",
        )


def is_topic(text: str) -> bool:
    """Tell whether a text can end the file name of a thematic report: 2022-reform.yml. h1 would read as a half-year."""
    return _TOPIC.fullmatch(text) is not None and text not in _SPANS


def _check_totals(items: tuple[LocatedItem, ...]) -> Iterator[Mistake]:
    if len(items) > MOST_ITEMS:
        problem = f"一共有 {len(items)} 条，一份报告最多 {MOST_ITEMS} 条"
        yield ("parts",), problem, "把相近的几条合成一条；是几份报告，就分成几个文件"
    figures = sum(len(item.figures) for item in items)
    if figures > MOST_FIGURES:
        problem = f"figures 一共有 {figures} 个数，一份报告最多 {MOST_FIGURES} 个"
        yield ("parts",), problem, "只留要展示的数，其余的留在正文里"


def _check_items(items: tuple[LocatedItem, ...]) -> Iterator[Mistake]:
    for item in items:
        if item.fulfils is not None and item.role in (Role.PROBLEMS, Role.PLAN):
            yield (*item.key_path, "fulfils"), "只有成绩（results）里的条目才能兑现安排", "移到成绩的条目里，或删去"
        if not (item.text or item.table or item.has_unread):
            yield (*item.key_path, "text"), "缺少 text", "补上“text: …”（正文，空一行分段）"
        of_text = [located for located in item.figures if located.figure.cell is None]
        for index, mistake in check_figures(item.text, [figure for _, figure in of_text]):
            hint = hint_at_cell(of_text[index].figure.quote, item.table) if mistake.field == "quote" else ""
            yield (*of_text[index].key_path, mistake.field), mistake.problem, hint or mistake.fix
        yield from check_table(item)
        if item.photo is not None:
            yield from check_photo(item.photo, (*item.key_path, "photo"))


def _check_indicators(
    items: tuple[LocatedItem, ...],
    indicators: Mapping[str, Indicator],
    line_of: LineOf,
    locate_indicator: Callable[[str], str],
) -> Iterator[Mistake]:
    seen: dict[str, KeyPath] = {}
    for figure_key_path, figure in (located for item in items for located in item.figures):
        name = figure.indicator
        if name is None:
            continue
        key_path = (*figure_key_path, "indicator")
        if name not in indicators:
            near = find_near_miss(name, indicators)
            fix = f"是否指 {near}（{locate_indicator(near)}）" if near else "先在 data/indicators.yml 里添上这个指标"
            fix += "；不比较就删去 indicator"
            yield key_path, f"没有{show_value(name)}这个指标", fix
            continue
        if name in seen:
            yield (
                key_path,
                f"指标{show_value(name)}在本报告里用了两次，前一次在第 {line_of(seen[name])} 行",
                "一份报告里一个指标只用一次：留下总数那一处",
            )
        seen.setdefault(name, key_path)
        for mistake in check_indicator_unit(figure, indicators[name]):
            yield key_path, mistake.problem, mistake.fix
