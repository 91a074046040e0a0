"""What must hold inside one report beyond the types of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from nianbao.errors import DataError
from nianbao.model import Indicator, Kind, Role
from nianbao.sources.draft import Draft, PlacedFigure, PlacedItem
from nianbao.sources.figure_checks import check_figures, check_indicator_unit
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.strict_yaml import Document
from nianbao.sources.wording import show_value
from nianbao.sources.yaml_mistakes import KeyPath, format_key

_TOPIC = re.compile(r"[a-z][a-z0-9-]*")
_SPANS = frozenset({"h1", "h2", "q1", "q2", "q3", "q4"})
_Mistake = tuple[KeyPath, str, str]
_LineOf = Callable[[KeyPath], int]


def check_draft(
    draft: Draft,
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
        *_check_file_name(draft, stem),
        *_check_items(draft.items, document.line_of),
        *_check_highlights(draft, document.line_of),
        *_check_revisions(draft),
    ]
    if indicators is not None:
        mistakes += _check_indicators(draft.items, indicators, document.line_of, locate_indicator)
    return tuple(
        DataError(document.file, document.line_of(path), format_key(path), problem, fix)
        for path, problem, fix in mistakes
    )


def _check_file_name(draft: Draft, stem: str) -> Iterator[_Mistake]:
    period, kind = draft.period, draft.kind
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


def _check_items(items: tuple[PlacedItem, ...], line_of: _LineOf) -> Iterator[_Mistake]:
    seen: dict[str, PlacedItem] = {}
    for item in items:
        if item.id and seen.setdefault(item.id, item) is not item:
            first = line_of((*seen[item.id].path, "id"))
            yield (
                (*item.path, "id"),
                f"代号{show_value(item.id)}用了两次，前一次在第 {first} 行",
                "换一个代号，每条的代号都不同",
            )
        if item.fulfils is not None and item.role in (Role.PROBLEMS, Role.PLAN):
            yield (*item.path, "fulfils"), "只有成绩（results）里的条目才能兑现安排", "移到成绩的条目里，或删去"
        yield from _check_item_figures(item, line_of)


def _check_item_figures(item: PlacedItem, line_of: _LineOf) -> Iterator[_Mistake]:
    seen: dict[str, PlacedFigure] = {}
    for placed in item.figures:
        quote = placed.figure.quote
        if seen.setdefault(quote, placed) is not placed:
            first = line_of((*seen[quote].path, "quote"))
            yield (
                (*placed.path, "quote"),
                f"{show_value(quote)}写了两次，前一次在第 {first} 行",
                "删去一条；说的不是一处，就多抄几个字",
            )
    for place, mistake in check_figures(item.text, [placed.figure for placed in item.figures]):
        yield (*item.figures[place].path, mistake.field), mistake.problem, mistake.fix


def _check_indicators(
    items: tuple[PlacedItem, ...],
    indicators: Mapping[str, Indicator],
    line_of: _LineOf,
    locate_indicator: Callable[[str], str],
) -> Iterator[_Mistake]:
    seen: dict[str, KeyPath] = {}
    for placed in (placed for item in items for placed in item.figures):
        name = placed.figure.indicator
        if name is None:
            continue
        path = (*placed.path, "indicator")
        if name not in indicators:
            near = find_near_miss(name, indicators)
            fix = f"是否指 {near}（{locate_indicator(near)}）" if near else "先在 data/indicators.yml 里添上这个指标"
            yield path, f"没有{show_value(name)}这个指标", fix
            continue
        if name in seen:
            yield (
                path,
                f"指标{show_value(name)}在本报告里用了两次，前一次在第 {line_of(seen[name])} 行",
                "一份报告里一个指标只用一次：留下总数那一处",
            )
        seen.setdefault(name, path)
        for mistake in check_indicator_unit(placed.figure, indicators[name]):
            yield path, mistake.problem, mistake.fix


def _check_highlights(draft: Draft, line_of: _LineOf) -> Iterator[_Mistake]:
    names = {f"{item.id}/{placed.figure.quote}" for item in draft.items for placed in item.figures}
    seen: dict[str, KeyPath] = {}
    for path, name in draft.highlights:
        if name not in names:
            near = find_near_miss(name, names)
            yield (
                path,
                f"没有{show_value(name)}这个数",
                f"是否指 {near}" if near else "写成 条目代号/quote，如 study/5270名",
            )
        elif name in seen:
            yield path, f"{show_value(name)}写了两次，前一次在第 {line_of(seen[name])} 行", "删去一处"
        seen.setdefault(name, path)


def _check_revisions(draft: Draft) -> Iterator[_Mistake]:
    ids = {item.id for item in draft.items}
    for path, item_id in draft.revised_items:
        if item_id not in ids:
            near = find_near_miss(item_id, ids)
            yield path, f"没有{show_value(item_id)}这一条", f"是否指 {near}" if near else "写本报告里条目的代号"
