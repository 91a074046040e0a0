"""The page of one year: its numerals, what all districts did together, then every district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.editions.addresses import ARCHIVE, HOME, address_figure, year_path
from nianbao.editions.edition import Link
from nianbao.editions.numbers import ShownNumber, show_number, show_total
from nianbao.facts.comparison import Total, derive_totals
from nianbao.facts.summary import ReportSummary, order_key
from nianbao.model import District, Indicator, Kind
from nianbao.views.page.common import ReportRowView, view_report_row
from nianbao.views.page.head import COLUMN_TYPE, HeadView


@dataclass(frozen=True, slots=True)
class ShareView:
    """One district's part of a sum, with the link to its sentence."""

    district_name: str
    number: ShownNumber
    link: str


@dataclass(frozen=True, slots=True)
class TotalView:
    """A sum over districts and every number that it is made of."""

    name: str
    number: ShownNumber
    shares: tuple[ShareView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """All that the year's page shows: annual reports by district, then the others, which no sum includes."""

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    year: str
    totals: tuple[TotalView, ...]
    annual: tuple[ReportRowView, ...]
    others: tuple[ReportRowView, ...]
    earlier: Link | None
    later: Link | None


def view_year(
    year: int,
    summaries: Sequence[ReportSummary],
    *,
    districts: Mapping[str, District],
    indicators: Mapping[str, Indicator],
    years: Sequence[int],
) -> YearView:
    """Return the page of `year` from its reports; `years` are all that have a page, in order."""
    places = {slug: place for place, slug in enumerate(districts)}
    ordered = sorted(summaries, key=lambda summary: (places[summary.district], order_key(summary)))
    annual = [summary for summary in ordered if summary.kind is Kind.ANNUAL]
    others = [summary for summary in ordered if summary.kind is not Kind.ANNUAL]
    at = list(years).index(year)
    return YearView(
        head=HeadView(
            title=f"{year}年工作报告",
            description=f"{year}年的工作报告，{len({s.district for s in summaries})} 个地区，共 {len(ordered)} 份。",
            site_path=year_path(year),
            column_name=f"{year}年",
            column_type=COLUMN_TYPE,
        ),
        breadcrumbs=(Link("首页", HOME), Link("全部报告", ARCHIVE), Link(f"{year}年", None)),
        year=str(year),
        totals=tuple(_show_total(total, districts) for total in derive_totals(annual, indicators)),
        annual=tuple(view_report_row(summary, districts[summary.district]) for summary in annual),
        others=tuple(view_report_row(summary, districts[summary.district]) for summary in others),
        earlier=_year_link(years[at - 1]) if at > 0 else None,
        later=_year_link(years[at + 1]) if at + 1 < len(years) else None,
    )


def _show_total(total: Total, districts: Mapping[str, District]) -> TotalView:
    return TotalView(
        total.indicator.name,
        show_total(total),
        tuple(
            ShareView(districts[summary.district].name, show_number(fact), address_figure(summary, fact))
            for summary, fact in total.parts
        ),
    )


def _year_link(year: int) -> Link:
    return Link(f"{year}年", year_path(year))
