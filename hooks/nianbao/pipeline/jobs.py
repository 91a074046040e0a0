"""The work that is done in parallel: one district, or one year, from files or summaries to pages in the cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nianbao.errors import DataError, DataErrors
from nianbao.facts.pledges import derive_pledges
from nianbao.facts.summary import (
    SUMMARY_JSON,
    FiguresByItem,
    ReportSummary,
    derive_figures_by_item,
    derive_summary,
    order_key,
)
from nianbao.model import District, Indicator, Report
from nianbao.pipeline.cache import CachedPage, PageStore
from nianbao.sources.cross_check import ReportRecord, cross_check, record_report
from nianbao.sources.files import name_file
from nianbao.sources.store import read_report
from nianbao.views.district import view_district
from nianbao.views.report import ReportContext, view_report
from nianbao.views.year import view_year
from nianbao.writers.pages import PageView, PageWriter, Shell, SiteView


@dataclass(frozen=True)
class Workshop:
    """All that jobs share; sent to each worker once."""

    root: Path
    templates_dir: Path
    cache_dir: Path
    districts: dict[str, District]
    indicators: dict[str, Indicator] | None
    years: tuple[int, ...]
    shells: dict[int, Shell]
    site: SiteView
    cards_drawn_by: str = ""  # the digest of the program that draws cards; "" draws none

    @cached_property
    def writer(self) -> PageWriter:
        """The page writer, made once a process."""
        return PageWriter(self.templates_dir, self.shells, self.site, bytecode_dir=self.cache_dir / "templates")

    @cached_property
    def store(self) -> PageStore:
        """The cache's pages."""
        return PageStore(self.cache_dir)


@dataclass(frozen=True, slots=True)
class DistrictJob:
    """One district's report files, as paths; `writes` is False for a check that makes no pages."""

    slug: str
    paths: tuple[str, ...]
    writes: bool = True


@dataclass(frozen=True, slots=True)
class YearJob:
    """One year's reports, as summaries in JSON."""

    year: int
    summaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job gave; `summaries` in JSON, in the order of the district's reports."""

    name: str
    errors: tuple[DataError, ...]
    summaries: tuple[str, ...]
    pages: tuple[CachedPage, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A report that was read, with what is derived of it alone."""

    report: Report
    figures: FiguresByItem
    summary: ReportSummary
    path: Path


def run_district_job(workshop: Workshop, job: DistrictJob) -> JobResult:
    """Read, check and derive a district's reports; when they hold no mistake, write its pages."""
    errors: list[DataError] = []
    records: list[ReportRecord] = []
    reports: list[_Read] = []
    for name in job.paths:
        path = Path(name)
        report, mistakes = read_report(path, root=workshop.root, indicators=workshop.indicators)
        errors += mistakes
        if report is not None:
            file = name_file(path, root=workshop.root)
            records.append(record_report(report, file=file, district=job.slug, stem=path.stem))
            figures = derive_figures_by_item(report)
            summary = derive_summary(report, figures, district=job.slug, stem=path.stem)
            reports.append(_Read(report, figures, summary, path))
    errors += cross_check(records, root=workshop.root)
    if errors or not job.writes:
        return JobResult(job.slug, tuple(errors), (), ())
    reports.sort(key=lambda read: order_key(read.summary))
    summaries = [read.summary for read in reports]
    texts = tuple(SUMMARY_JSON.dump_json(summary).decode() for summary in summaries)
    try:
        return JobResult(job.slug, (), texts, tuple(_write_district(workshop, job.slug, reports, summaries)))
    except DataErrors as failure:
        return JobResult(job.slug, failure.errors, (), ())


def _write_district(
    workshop: Workshop, slug: str, reports: Sequence[_Read], summaries: list[ReportSummary]
) -> list[CachedPage]:
    district = workshop.districts[slug]
    context = ReportContext(district, summaries, derive_pledges(summaries))
    pages: list[CachedPage] = []

    def write(template: str, view: PageView) -> None:
        artefact = workshop.writer.write_page(template, view)
        pages.append(workshop.store.keep(artefact.site_path, artefact.content))

    for read in reports:
        own = context
        if workshop.cards_drawn_by:
            # Fonts and word segmentation take half a second to load; a build that draws nothing does without.
            from nianbao.pipeline.card_pages import draw_cards  # noqa: PLC0415

            cards = draw_cards(
                read.report,
                read.figures,
                read.summary,
                context,
                path=read.path,
                root=workshop.root,
                site_url=workshop.site.url,
                store=workshop.store,
                drawn_by=workshop.cards_drawn_by,
            )
            pages += cards.files
            write("cards", cards.wall)
            for page in cards.wall.pages:
                write("card", page)
            own = replace(
                context,
                card_wall=cards.link,
                card_pages=cards.item_pages,
                images=cards.wall.head.images,
            )
        write("report", view_report(read.report, read.figures, read.summary, own))
    write("district", view_district(district, summaries, workshop.indicators or {}))
    return pages


def run_year_job(workshop: Workshop, job: YearJob) -> JobResult:
    """Write the page of one year."""
    summaries = [SUMMARY_JSON.validate_json(text) for text in job.summaries]
    view = view_year(
        job.year, summaries, districts=workshop.districts, indicators=workshop.indicators or {}, years=workshop.years
    )
    artefact = workshop.writer.write_page("year", view)
    return JobResult(str(job.year), (), (), (workshop.store.keep(artefact.site_path, artefact.content),))
