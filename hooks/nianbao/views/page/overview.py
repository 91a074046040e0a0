"""The home page and the archive: all years and all districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.editions.addresses import ARCHIVE, HOME, address_report, district_path, year_path
from nianbao.editions.edition import Link
from nianbao.editions.names import kind_name, short_name
from nianbao.facts.summary import ReportSummary, order_key
from nianbao.model import District, Kind
from nianbao.views.page.common import KeyFigureView, ReportRowView, view_report_row, view_summary_key
from nianbao.views.page.head import COLUMN_TYPE, HeadView


@dataclass(frozen=True, slots=True)
class DistrictLineView:
    """A district in the home page's list, with its newest report and that report's first number."""

    name: str
    site_path: str
    accent: str
    newest: Link
    key: KeyFigureView | None


@dataclass(frozen=True, slots=True)
class YearLineView:
    """A year in the home page's list."""

    link: Link
    report_count: int
    district_count: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows of the data; `year` is the newest that has annual reports, or the newest."""

    year: str
    year_path: str
    featured: tuple[ReportRowView, ...]
    districts: tuple[DistrictLineView, ...]
    years: tuple[YearLineView, ...]
    report_count: int
    figure_count: int


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A report in the archive; short, for there may be thousands."""

    site_path: str
    period_name: str
    kind: str
    kind_name: str
    title: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class ArchiveDistrict:
    """A district in the archive, its reports newest first."""

    name: str
    site_path: str
    rows: tuple[ArchiveRow, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All years and all districts."""

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    years: tuple[YearLineView, ...]
    districts: tuple[ArchiveDistrict, ...]
    report_count: int


FEATURED_COUNT = 6


def view_home(summaries: Sequence[ReportSummary], districts: Mapping[str, District]) -> HomeView:
    """Return what the home page shows of all reports."""
    ordered = sorted(summaries, key=order_key, reverse=True)
    annual_years = [summary.when.year for summary in ordered if summary.kind is Kind.ANNUAL]
    year = (annual_years or [summary.when.year for summary in ordered] or [0])[0]
    places = {slug: place for place, slug in enumerate(districts)}
    featured = sorted(
        (summary for summary in ordered if summary.when.year == year and summary.kind is Kind.ANNUAL),
        key=lambda summary: places[summary.district],
    )
    return HomeView(
        year=str(year) if year else "",
        year_path=year_path(year) if year else HOME,
        featured=tuple(view_report_row(s, districts[s.district], key_count=2) for s in featured[:FEATURED_COUNT]),
        districts=_view_district_lines(ordered, districts),
        years=_view_years(ordered),
        report_count=len(ordered),
        figure_count=sum(summary.figure_count for summary in ordered),
    )


def view_archive(summaries: Sequence[ReportSummary], districts: Mapping[str, District]) -> ArchiveView:
    """Return the archive of all reports."""
    ordered = sorted(summaries, key=order_key, reverse=True)
    by_district: dict[str, list[ReportSummary]] = {}
    for summary in ordered:
        by_district.setdefault(summary.district, []).append(summary)
    return ArchiveView(
        head=HeadView(
            title="全部报告",
            description=f"历年、各地的工作报告，共 {len(ordered)} 份，按年份和地区查找。",
            site_path=ARCHIVE,
            column_name="全部报告",
            column_type=COLUMN_TYPE,
        ),
        breadcrumbs=(Link("首页", HOME), Link("全部报告", None)),
        years=_view_years(ordered),
        districts=tuple(
            ArchiveDistrict(
                district.name,
                district_path(slug),
                tuple(
                    ArchiveRow(
                        address_report(summary).page, summary.when.name, summary.kind.value,
                        kind_name(summary.kind, summary.when.span_name), summary.title, summary.is_draft,
                    )
                    for summary in by_district[slug]
                ),
            )
            for slug, district in districts.items()
            if slug in by_district
        ),
        report_count=len(ordered),
    )  # fmt: skip


def _view_district_lines(
    ordered: Sequence[ReportSummary], districts: Mapping[str, District]
) -> tuple[DistrictLineView, ...]:
    newest: dict[str, ReportSummary] = {}
    for summary in ordered:
        newest.setdefault(summary.district, summary)
    lines = []
    for slug, district in districts.items():
        if slug in newest:
            summary = newest[slug]
            fact = next((fact for fact in summary.highlights if fact.value is not None), None)
            lines.append(
                DistrictLineView(
                    district.name,
                    district_path(slug),
                    district.accent,
                    Link(short_name(summary), address_report(summary).page),
                    view_summary_key(summary, fact) if fact else None,
                )
            )
    return tuple(lines)


def _view_years(ordered: Sequence[ReportSummary]) -> tuple[YearLineView, ...]:
    by_year: dict[int, list[ReportSummary]] = {}
    for summary in ordered:
        by_year.setdefault(summary.when.year, []).append(summary)
    return tuple(
        YearLineView(
            Link(f"{year}年", year_path(year)),
            len(group),
            len({summary.district for summary in group}),
        )
        for year, group in by_year.items()
    )
