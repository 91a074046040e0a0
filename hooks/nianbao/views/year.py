"""The page of one year: its numerals, what all districts did together, then every district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.facts.comparison import Total, derive_totals
from nianbao.facts.summary import ReportSummary, order_key
from nianbao.model import District, Indicator, Kind
from nianbao.views.common import LinkView, ReportCardView, view_report_card, view_year_path
from nianbao.views.head import COLUMN_TYPE, HeadView
from nianbao.views.numbers import NumberView, view_number, view_total


@dataclass(frozen=True, slots=True)
class ShareView:
    """One district's part of a sum, with the link to its sentence."""

    district_name: str
    number: NumberView
    link: str


@dataclass(frozen=True, slots=True)
class TotalView:
    """A sum over districts and every number that it is made of."""

    name: str
    number: NumberView
    shares: tuple[ShareView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """All that the year's page shows: annual reports by district, then the others, which no sum includes."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]
    year: str
    totals: tuple[TotalView, ...]
    annual: tuple[ReportCardView, ...]
    others: tuple[ReportCardView, ...]
    earlier: LinkView | None
    later: LinkView | None


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
            site_path=view_year_path(year),
            column_name=f"{year}年",
            column_type=COLUMN_TYPE,
        ),
        breadcrumbs=(LinkView("首页", ""), LinkView("全部报告", "archive/"), LinkView(f"{year}年", None)),
        year=str(year),
        totals=tuple(_view_total(total, districts) for total in derive_totals(annual, indicators)),
        annual=tuple(view_report_card(summary, districts[summary.district]) for summary in annual),
        others=tuple(view_report_card(summary, districts[summary.district]) for summary in others),
        earlier=_year_link(years[at - 1]) if at > 0 else None,
        later=_year_link(years[at + 1]) if at + 1 < len(years) else None,
    )


def _view_total(total: Total, districts: Mapping[str, District]) -> TotalView:
    return TotalView(
        total.indicator.name,
        view_total(total),
        tuple(
            ShareView(districts[summary.district].name, view_number(fact), f"{summary.site_path}#{fact.anchor}")
            for summary, fact in total.parts
        ),
    )


def _year_link(year: int) -> LinkView:
    return LinkView(f"{year}年", view_year_path(year))
