"""What annual figures of one district show over the years, and what those of one year add up to.

Half-year and thematic reports are never mixed in: they tell of another span or of one theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.facts.summary import FigureFact, ReportSummary, order_key
from nianbao.model import Indicator, Kind
from nianbao.text.numerals import Qualifier, is_fraction_unit

_BOUNDED_BELOW = frozenset({Qualifier.EXACT, Qualifier.MORE_THAN, Qualifier.AT_LEAST})
_DOWNWARD = frozenset({Qualifier.LESS_THAN, Qualifier.AT_MOST})
_BOUNDED_ABOVE = _DOWNWARD | {Qualifier.EXACT}
_FEWEST_PARTS = 2
# A change of a share is told in points of the share, never in percent of a percent.
_POINTS = {"%": "个百分点", "‰": "个千分点", "个百分点": "个百分点"}


@dataclass(frozen=True, slots=True)
class Growth:
    """The change from one year to the next, not rounded; `unit` is %, or 个百分点 or 个千分点 where a share changed."""

    change: Decimal
    unit: str
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

    A withheld number or a range makes it a lower bound (at least), to which a range gives its lower end; then
    `left_out_count` are the figures that give none: withheld ones, and such as 近30 and 不足200.
    """

    indicator: Indicator
    value: Decimal
    qualifier: Qualifier
    parts: tuple[tuple[ReportSummary, FigureFact], ...]
    left_out_count: int


def derive_growth(previous: FigureFact, current: FigureFact) -> Growth | None:
    """Return the change between two figures.

    None where one is withheld, a range, an upper bound or a multiple, from 0 or less, and between unlike shares.
    """
    if previous.value is None or current.value is None or previous.upper is not None or current.upper is not None:
        return None
    if previous.qualifier in _DOWNWARD or current.qualifier in _DOWNWARD:
        return None
    exact = previous.qualifier is Qualifier.EXACT and current.qualifier is Qualifier.EXACT
    change = current.value - previous.value
    if _is_ratio(current.unit) or _is_ratio(previous.unit):
        points = _POINTS.get(current.unit)
        return Growth(change, points, exact=exact) if points and current.unit == previous.unit else None
    return Growth(change * 100 / previous.value, "%", exact=exact) if previous.value > 0 else None


def derive_series(summaries: Iterable[ReportSummary], indicators: Mapping[str, Indicator]) -> tuple[Series, ...]:
    """Return a district's indicators that two or more annual reports tell, in the register's order."""
    found: dict[str, list[tuple[ReportSummary, FigureFact]]] = {}
    for summary in sorted(summaries, key=order_key):
        if summary.kind is Kind.ANNUAL:
            for fact in summary.indicators:
                if fact.indicator and fact.indicator in indicators and not is_fraction_unit(fact.unit):
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
                if indicator and indicator.aggregate == "sum" and not _is_ratio(fact.unit):
                    found.setdefault(indicator.id, []).append((summary, fact))
    totals = (_total(indicators[key], found[key]) for key in indicators if key in found)
    return tuple(total for total in totals if total is not None)


def _is_ratio(unit: str) -> bool:
    return unit in _POINTS or unit == "倍" or is_fraction_unit(unit)


def _points(pairs: list[tuple[ReportSummary, FigureFact]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for summary, fact in pairs:
        before = points[-1] if points else None
        adjacent = before is not None and before.summary.when.year == summary.when.year - 1
        points.append(Point(summary, fact, derive_growth(before.fact, fact) if before and adjacent else None))
    return tuple(points)


def _total(indicator: Indicator, pairs: list[tuple[ReportSummary, FigureFact]]) -> Total | None:
    """Return the sum; None of fewer than two parts, and where a withheld number might be less than nothing."""
    is_open = any(fact.value is None or fact.upper is not None for _, fact in pairs)
    parts = tuple(
        (summary, fact)
        for summary, fact in pairs
        if fact.value is not None and (not is_open or fact.qualifier in _BOUNDED_BELOW)
    )
    values = [fact.value for _, fact in parts if fact.value is not None]
    if len(parts) < _FEWEST_PARTS or (is_open and min(values) < 0):
        return None
    qualifier = Qualifier.AT_LEAST if is_open else _add_qualifiers({fact.qualifier for _, fact in parts})
    return Total(indicator, sum(values, Decimal(0)), qualifier, parts, len(pairs) - len(parts))


def _add_qualifiers(senses: set[Qualifier]) -> Qualifier:
    """Return how a sum stands to the truth; one part that is surely more makes the whole sum more."""
    if senses <= {Qualifier.EXACT}:
        return Qualifier.EXACT
    if senses <= _BOUNDED_BELOW:
        return Qualifier.MORE_THAN if Qualifier.MORE_THAN in senses else Qualifier.AT_LEAST
    if senses <= _BOUNDED_ABOVE:
        return Qualifier.LESS_THAN if Qualifier.LESS_THAN in senses else Qualifier.AT_MOST
    return Qualifier.ABOUT
