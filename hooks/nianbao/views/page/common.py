"""What several pages show alike: a report in a list, a figure shown large."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.editions.addresses import address_figure, address_report, link_fragment
from nianbao.editions.names import kind_name
from nianbao.editions.numbers import ShownNumber, show_number
from nianbao.editions.runs import ShownFigure
from nianbao.facts.summary import FigureFact, ReportSummary
from nianbao.model import District
from nianbao.text.display import widen_punctuation


@dataclass(frozen=True, slots=True)
class KeyFigureView:
    """A figure shown large, with the link to its sentence."""

    number: ShownNumber
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class ReportRowView:
    """A report in a list. `span_name` is set where it does not tell of a whole year."""

    site_path: str
    year: str
    span_name: str
    kind: str
    kind_name: str
    district_name: str
    title: str
    keys: tuple[KeyFigureView, ...]
    is_draft: bool


def view_key(figure: ShownFigure) -> KeyFigureView:
    """Return a figure shown large, with the link to its sentence in the page."""
    return KeyFigureView(figure.number, figure.label, link_fragment(figure.fragment))


def view_summary_key(summary: ReportSummary, fact: FigureFact) -> KeyFigureView:
    """Return a figure of another page's report shown large."""
    return KeyFigureView(show_number(fact), fact.label, address_figure(summary, fact))


def view_report_row(summary: ReportSummary, district: District, *, key_count: int = 3) -> ReportRowView:
    """Return the report as a list shows it, with its first `key_count` figures that are not withheld."""
    told = [fact for fact in summary.highlights if fact.value is not None]
    when = summary.when
    return ReportRowView(
        site_path=address_report(summary).page,
        year=str(when.year),
        span_name=when.span_name if when.span else "",
        kind=summary.kind.value,
        kind_name=kind_name(summary.kind, when.span_name),
        district_name=district.name,
        title=widen_punctuation(summary.title),
        keys=tuple(view_summary_key(summary, fact) for fact in told[:key_count]),
        is_draft=summary.is_draft,
    )
