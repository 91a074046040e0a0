"""The page of one district: its years as a time line, its indicators, what it pledged and what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.editions.addresses import HOME, address_figure, address_report, district_path
from nianbao.editions.edition import Link
from nianbao.editions.names import sibling_name
from nianbao.editions.numbers import ShownGrowth, ShownNumber, show_growth, show_number
from nianbao.facts.comparison import Series, derive_series
from nianbao.facts.pledges import Pledge, derive_pledges
from nianbao.facts.summary import ReportSummary, order_key
from nianbao.model import District, Indicator
from nianbao.views.page.chart import BarChartView, view_bars
from nianbao.views.page.common import ReportRowView, view_report_row
from nianbao.views.page.head import COLUMN_TYPE, HeadView


@dataclass(frozen=True, slots=True)
class PointView:
    """An indicator's number in one year, with the link to its sentence."""

    year: str
    number: ShownNumber
    growth: ShownGrowth | None
    link: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One indicator over the years, oldest first: the newest number, a chart, and the table behind it."""

    name: str
    newest: PointView
    points: tuple[PointView, ...]
    chart: BarChartView


@dataclass(frozen=True, slots=True)
class PledgeView:
    """A plan item and what later reports say of it; `kept_by` empty: no report tells of it yet."""

    plan: Link
    kept_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PledgeYearView:
    """The plan of one report. `kept_count` of them are told as delivered."""

    name: str
    kept_count: int
    pledges: tuple[PledgeView, ...]


@dataclass(frozen=True, slots=True)
class DistrictView:
    """All that the district's page shows; reports newest first."""

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    accent: str
    name: str
    full_name: str
    place: str
    code: str
    wechat: str
    reports: tuple[ReportRowView, ...]
    series: tuple[SeriesView, ...]
    pledge_years: tuple[PledgeYearView, ...]


def view_district(
    district: District, summaries: Sequence[ReportSummary], indicators: Mapping[str, Indicator]
) -> DistrictView:
    """Return the page of `district` from its reports."""
    ordered = sorted(summaries, key=order_key, reverse=True)
    years = sorted({summary.when.year for summary in summaries})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return DistrictView(
        head=HeadView(
            title=f"{district.name} · 历年工作报告",
            description=f"{district.full_name or district.name}的工作报告（{span}），共 {len(ordered)} 份，逐年可查。",
            site_path=district_path(district.slug),
            column_name=district.name,
            column_type=COLUMN_TYPE,
        ),
        breadcrumbs=(Link("首页", HOME), Link(district.name, None)),
        accent=district.accent,
        name=district.name,
        full_name=district.full_name or "",
        place="".join(dict.fromkeys(part for part in (district.province, district.city) if part)),
        code=district.code or "",
        wechat=district.wechat or "",
        reports=tuple(view_report_row(summary, district, key_count=4) for summary in ordered),
        series=tuple(_view_series(series) for series in derive_series(summaries, indicators)),
        pledge_years=_view_pledge_years(derive_pledges(summaries)),
    )


def _view_series(series: Series) -> SeriesView:
    points = tuple(
        PointView(
            str(point.summary.when.year),
            show_number(point.fact),
            show_growth(point.growth),
            address_figure(point.summary, point.fact),
        )
        for point in series.points
    )
    chart = view_bars([(str(point.summary.when.year), point.fact.value) for point in series.points])
    return SeriesView(series.indicator.name, points[-1], points, chart)


def _view_pledge_years(pledges: Sequence[Pledge]) -> tuple[PledgeYearView, ...]:
    """Plans that some report could already tell of, newest first: the newest report's own plan is still ahead."""
    by_stem: dict[str, list[Pledge]] = {}
    for pledge in pledges:
        by_stem.setdefault(pledge.report.stem, []).append(pledge)
    return tuple(
        PledgeYearView(
            sibling_name(group[0].report),
            sum(bool(pledge.kept_by) for pledge in group),
            tuple(_view_pledge(pledge) for pledge in group),
        )
        for group in reversed(by_stem.values())
        if any(pledge.kept_by for pledge in group)
    )


def _view_pledge(pledge: Pledge) -> PledgeView:
    return PledgeView(
        Link(pledge.item.title, f"{address_report(pledge.report).page}#{pledge.item.id}"),
        tuple(
            Link(f"{sibling_name(report)}：{item.title}", f"{address_report(report).page}#{item.id}")
            for report, item in pledge.kept_by
        ),
    )
