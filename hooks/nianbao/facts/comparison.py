"""What annual figures of one district show over the years, and what those of one year add up to.

Half-year and thematic reports are never mixed in: they tell of another span or of one theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.facts.summary import FigureFact, ReportSummary, order_key
from nianbao.model import Indicator, Kind
from nianbao.text.numerals import Qualifier

_EXACT = frozenset({Qualifier.EXACT})
_UPWARD = frozenset({Qualifier.MORE_THAN, Qualifier.AT_LEAST})
_DOWNWARD = frozenset({Qualifier.LESS_THAN, Qualifier.AT_MOST})
_RATIO_UNITS = frozenset({"%", "‰", "个百分点"})


@dataclass(frozen=True, slots=True)
class Growth:
    """The change from one year to the next, not rounded: in percent, or in percentage points for a rate."""

    change: Decimal
    in_points: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator's figure in one annual report; `growth` is against the year before, where both are known."""

    summary: ReportSummary
    fact: FigureFact
    growth: Growth | None


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one district, oldest year first."""

    indicator: Indicator
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of an indicator over the annual reports of a year, with every figure that it is made of.

    `left_out_count` are figures that cannot be added: withheld ones and ranges.
    """

    indicator: Indicator
    value: Decimal
    qualifier: Qualifier
    parts: tuple[tuple[ReportSummary, FigureFact], ...]
    left_out_count: int


def derive_growth(previous: FigureFact, current: FigureFact) -> Growth | None:
    """Return the change between two figures; None where one is withheld, a range or an upper bound, or from 0."""
    if previous.value is None or current.value is None or previous.upper or current.upper:
        return None
    if previous.qualifier in _DOWNWARD or current.qualifier in _DOWNWARD:
        return None
    exact = previous.qualifier is Qualifier.EXACT and current.qualifier is Qualifier.EXACT
    if current.unit in ("%", "‰"):
        return Growth(current.value - previous.value, in_points=True, exact=exact) if current.unit == "%" else None
    if previous.value == 0:
        return None
    percent = (current.value - previous.value) * 100 / previous.value
    return Growth(percent, in_points=False, exact=exact)


def derive_series(summaries: Iterable[ReportSummary], indicators: Mapping[str, Indicator]) -> tuple[Series, ...]:
    """Return a district's indicators that two or more annual reports tell, in the register's order."""
    found: dict[str, list[tuple[ReportSummary, FigureFact]]] = {}
    for summary in sorted(summaries, key=order_key):
        if summary.kind is Kind.ANNUAL:
            for fact in summary.indicators:
                if fact.indicator and fact.indicator in indicators:
                    found.setdefault(fact.indicator, []).append((summary, fact))
    return tuple(
        Series(indicator, _points(found[indicator_id]))
        for indicator_id, indicator in indicators.items()
        if len(found.get(indicator_id, ())) > 1
    )


def derive_totals(summaries: Sequence[ReportSummary], indicators: Mapping[str, Indicator]) -> tuple[Total, ...]:
    """Return the sums of a year's annual reports for indicators that can be added and that two districts tell."""
    found: dict[str, list[tuple[ReportSummary, FigureFact]]] = {}
    for summary in summaries:
        if summary.kind is Kind.ANNUAL:
            for fact in summary.indicators:
                indicator = indicators.get(fact.indicator or "")
                if indicator and indicator.aggregate == "sum" and indicator.unit not in _RATIO_UNITS:
                    found.setdefault(indicator.id, []).append((summary, fact))
    totals = (_total(indicators[key], found[key]) for key in indicators if key in found)
    return tuple(total for total in totals if len(total.parts) > 1)


def _points(pairs: list[tuple[ReportSummary, FigureFact]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for summary, fact in pairs:
        before = points[-1] if points else None
        adjacent = before is not None and before.summary.when.year == summary.when.year - 1
        points.append(Point(summary, fact, derive_growth(before.fact, fact) if before and adjacent else None))
    return tuple(points)


def _total(indicator: Indicator, pairs: list[tuple[ReportSummary, FigureFact]]) -> Total:
    told = tuple((summary, fact) for summary, fact in pairs if fact.value is not None and fact.upper is None)
    senses = {fact.qualifier for _, fact in told}
    if senses <= _EXACT:
        qualifier = Qualifier.EXACT
    elif senses <= _EXACT | _UPWARD:
        qualifier = Qualifier.MORE_THAN
    elif senses <= _EXACT | _DOWNWARD:
        qualifier = Qualifier.LESS_THAN if Qualifier.LESS_THAN in senses else Qualifier.AT_MOST
    else:
        qualifier = Qualifier.ABOUT
    value = sum((fact.value for _, fact in told if fact.value is not None), Decimal(0))
    return Total(indicator, value, qualifier, told, len(pairs) - len(told))
