"""What a report covers: its period and its kind, from the title or else from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.head import find_year_month, names_report
from nianbao.importing.noise import PROMOTION, REPEATED, SITE, Noise
from nianbao.importing.roles import find_kind, find_period, find_span, find_years
from nianbao.model import Kind, parse_period

_LAST_MONTH_OF_LOOKING_BACK = 3
_SEVERAL_YEARS = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*[-—–~－至到]+\s*(?:19|20)\d{2}\s*年(?!\s*度?\s*学年|学)"
    r"|近?[二两三四五六七八九十]年(?:来|间)"
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The period and kind of a report; `period` is empty where the text does not tell it."""

    period: str
    kind: Kind
    notes: tuple[Note, ...] = ()


def derive_coverage(
    title: str, *, headings: Sequence[str], lead: str, noise: Sequence[Noise], name: str, foot: str
) -> Coverage:
    """Return the period and kind: from the title, else from headings, set-apart titles, the lead, the file's name."""
    if _SEVERAL_YEARS.search(title):
        doubt = Doubt(
            "标题说的是几年，不是一年：这份报告算哪一年的？", source=title, field="period", weight=Weight.FACT
        )
        return Coverage("", Kind.THEMATIC, (doubt,))
    named = title
    notes: list[Note] = []
    period = find_period(title)
    if not period:
        for evidence, where in _list_evidence(headings, lead, noise, name):
            period = find_period(evidence) or (find_years(evidence)[:1] or [""])[0]
            if period:
                notes.append(_doubt_period(period, f"时段取自{where}", evidence))
                if where != "开头":
                    named = f"{title} {evidence}" if names_report(evidence) else title
                break
    if not period:
        period = _find_before_plan(headings)
        if period:
            notes.append(_doubt_period(period, "时段由下一步安排的年份推出"))
    if not period:
        period = _find_by_date(foot)
        if period:
            notes.append(_doubt_period(period, "时段由落款的日期推出", foot))
    if period and "-" not in period:
        later = [h for h in headings if find_span(h) in ("H2",) and not find_years(h)]
        if later and not any(int(y) > int(period) for h in headings for y in find_years(h)) and "年度" not in title:
            period = f"{period}-H1"
            notes.append(_doubt_period(period, f"标题没有说上半年，但有“{_shorten(later[0])}”一节", later[0]))
    kind = find_kind(named, period=period)
    return Coverage(period, kind, tuple(notes))


def _doubt_period(period: str, why: str, source: str = "") -> Doubt:
    return Doubt(f"{why}：报告讲的是{parse_period(period).name}吗？", period, source, "period", Weight.FACT)


def _list_evidence(headings: Sequence[str], lead: str, noise: Sequence[Noise], name: str) -> list[tuple[str, str]]:
    set_apart = [
        n.passage.text for n in noise if n.reason in (PROMOTION, REPEATED, SITE) and names_report(n.passage.text)
    ]
    done = [
        h
        for h in headings
        if re.search(r"总结|回顾|情况|完成|做法|成效", h) and not re.search(r"计划|打算|安排|思路", h)
    ]
    return [
        *((text, "页面上的标题") for text in set_apart),
        *((text, "小标题") for text in done),
        *([(name, "文件名")] if names_report(name) else []),
        *([(lead[:120], "开头")] if lead else []),
        (name, "文件名"),
    ]


def _find_by_date(foot: str) -> str:
    """Return the year that a report dated so tells of: its own, or in the first months the one before."""
    dated = find_year_month(foot)
    if dated is None:
        return ""
    year, month = dated
    return str(year - 1 if month <= _LAST_MONTH_OF_LOOKING_BACK else year)


def _find_before_plan(headings: Sequence[str]) -> str:
    years = [int(y) for h in headings if re.search(r"计划|打算|安排|思路|要点|展望", h) for y in find_years(h)]
    return str(min(years) - 1) if years else ""


def _shorten(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
