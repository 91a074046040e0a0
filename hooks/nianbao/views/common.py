"""What several pages show alike: a report in a list, a way back, a neighbour in time."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.facts.summary import FigureFact, ReportSummary
from nianbao.model import District, Kind
from nianbao.text.display import widen_punctuation
from nianbao.views.numbers import NumberView, view_number

KIND_NAMES = {Kind.ANNUAL: "年度报告", Kind.INTERIM: "阶段报告", Kind.THEMATIC: "专题报告"}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to a place in the site; `site_path` "" is the home page, None is no link."""

    text: str
    site_path: str | None


@dataclass(frozen=True, slots=True)
class KeyFigureView:
    """A figure shown large, with the link to its sentence."""

    number: NumberView
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class ReportCardView:
    """A report in a list. `span_name` is set where it does not tell of a whole year."""

    site_path: str
    year: str
    span_name: str
    kind: str
    kind_name: str
    district_name: str
    title: str
    keys: tuple[KeyFigureView, ...]


def view_key(fact: FigureFact, *, report_path: str = "") -> KeyFigureView:
    """Return a figure shown large; `report_path` "" links within the page."""
    return KeyFigureView(view_number(fact), fact.label, f"{report_path}#{fact.anchor}")


def kind_name(kind: Kind, span_name: str) -> str:
    """Return 年度报告, 上半年报告, 第三季度报告 or 专题报告."""
    return f"{span_name}报告" if kind is Kind.INTERIM else KIND_NAMES[kind]


def view_report_card(summary: ReportSummary, district: District, *, key_count: int = 3) -> ReportCardView:
    """Return the report as a list shows it, with its first `key_count` figures that are not withheld."""
    told = [fact for fact in summary.highlights if fact.value is not None]
    when = summary.when
    return ReportCardView(
        site_path=summary.site_path,
        year=str(when.year),
        span_name=when.span_name if when.span else "",
        kind=summary.kind.value,
        kind_name=kind_name(summary.kind, when.span_name),
        district_name=district.name,
        title=widen_punctuation(summary.title),
        keys=tuple(view_key(fact, report_path=summary.site_path) for fact in told[:key_count]),
    )


def view_year_path(year: int) -> str:
    """Return the folder of a year's page."""
    return f"{year}/"
