"""The work that is done in parallel: one district, or one year, from files or summaries to files in the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from nianbao.artefact import Artefact
from nianbao.editions.edition import Edition
from nianbao.editions.make import Surroundings, make_edition
from nianbao.errors import DataError, DataErrors, UndrawableError
from nianbao.facts.pledges import derive_pledges
from nianbao.facts.summary import (
    SUMMARY_JSON,
    FigureFact,
    FiguresByItem,
    ReportSummary,
    derive_figures_by_item,
    derive_summary,
    order_key,
)
from nianbao.model import District, Indicator, PhotoMeasure, Report
from nianbao.pipeline.data_folder import digest_files
from nianbao.pipeline.index import BuiltFile, ReportRow
from nianbao.pipeline.outputs import Made, Output, Scope
from nianbao.pipeline.picture_checks import MOST_PICTURES, check_pictures, is_surely_drawable
from nianbao.pipeline.site_tree import place_early
from nianbao.pipeline.store import Store, digest
from nianbao.pipeline.subjects import DistrictSubject, ReportSubject, YearSubject
from nianbao.sources.cross_check import ReportRecord, cross_check, record_report
from nianbao.sources.files import name_file
from nianbao.sources.photos import FoundPhoto, read_photos
from nianbao.sources.store import read_report_file
from nianbao.views.page.site import SiteView
from nianbao.writers.pages import PageWriter, Shell

if TYPE_CHECKING:  # the cards' modules are loaded only by a build that makes cards
    from nianbao.views.card.pack import CardPack

_FIGURES_JSON: TypeAdapter[tuple[FigureFact, ...]] = TypeAdapter(tuple[FigureFact, ...])


@dataclass(frozen=True)
class Workshop:
    """All that jobs share; sent to each worker once.

    `drawn_by` is the digest of what draws, "" where nothing does; `new_tree_dir` a site's folder that is only being
    made, "" where one is brought up to date. `shows_drafts` is whether drafts are made like reports, as in a preview.
    `worker` names the worker of a cluster that this is in, "" elsewhere.
    """

    root: Path
    template_dirs: tuple[Path, ...]
    cache_dir: Path
    districts: dict[str, District]
    indicators: dict[str, Indicator] | None
    shells: dict[int, Shell]
    site: SiteView
    outputs: tuple[Output, ...]
    drawn_by: str = ""
    new_tree_dir: str = ""
    shows_drafts: bool = False
    worker: str = ""

    @cached_property
    def writer(self) -> PageWriter:
        """The page writer, made once a process."""
        return PageWriter(self.template_dirs, self.shells, self.site, cache_dir=self.cache_dir)

    @cached_property
    def store(self) -> Store:
        """The files of earlier builds and this one."""
        return Store(self.cache_dir)

    def choose(self, names: Iterable[str], *scopes: Scope) -> list[Output]:
        """Return those of the outputs that are named, of some scopes, in their order."""
        wanted = frozenset(names)
        return [output for output in self.outputs if output.name in wanted and output.scope in scopes]


@dataclass(frozen=True, slots=True)
class DistrictJob:
    """One district's report files, as paths, and the outputs to make; None for a check that makes nothing.

    `pictures` are the paths of those beside them; `files` are the names and digests of the files where they were found.
    """

    slug: str
    paths: tuple[str, ...]
    outputs: tuple[str, ...] | None
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearJob:
    """One year's reports, as summaries in JSON, and the outputs to make; `years` are all that have a page."""

    year: int
    years: tuple[int, ...]
    summaries: tuple[bytes, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeOutput:
    """What one output gave of a job's subject: its files, and the name of its part in the store."""

    output: str
    files: tuple[BuiltFile, ...]
    part: str | None = None


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job gave: mistakes, or the reports by stem and the outputs; and what is to be looked at in drafts."""

    name: str
    errors: tuple[DataError, ...] = ()
    doubts: tuple[DataError, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    made: tuple[MadeOutput, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A report that was read, with what is derived of it alone."""

    report: Report
    figures: FiguresByItem
    summary: ReportSummary
    path: Path
    photos: Mapping[str, FoundPhoto]


def run_district_job(workshop: Workshop, job: DistrictJob) -> JobResult:
    """Read, check and derive a district's reports; when they hold no mistake, make the outputs that are asked for.

    A draft is left out with its mistakes, where drafts are not shown.
    """
    if workshop.worker and job.files and _digest_job(workshop, job) != job.files:
        problem = f"{workshop.worker} 读到的报告和这里的不一样"
        fix = "各台机器要用同一个项目文件夹；刚刚保存过文件，就再生成一次"
        return JobResult(job.slug, (DataError(f"data/{job.slug}", 0, "", problem, fix),))
    errors: list[DataError] = []
    doubts: list[DataError] = []
    left_out: list[ReportRow] = []
    records: list[ReportRecord] = []
    reports: list[_Read] = []
    remarks: list[str] = []
    for name in job.paths:
        path = Path(name)
        read_file = read_report_file(path, root=workshop.root, indicators=workshop.indicators)
        report = read_file.report
        doubts += read_file.doubts
        if read_file.is_draft and job.outputs is not None and not workshop.shows_drafts:
            left_out.append(ReportRow.left_out(job.slug, path.stem))
            continue
        errors += read_file.errors
        if report is not None:
            file = name_file(path, root=workshop.root)
            records.append(record_report(report, file=file, district=job.slug, stem=path.stem))
            figures = derive_figures_by_item(report)
            summary = derive_summary(report, figures, district=job.slug, stem=path.stem)
            photos = read_photos(report, path, root=workshop.root)
            errors += photos.errors
            remarks += photos.remarks
            reports.append(_Read(report, figures, summary, path, photos.found))
    errors += cross_check(records, root=workshop.root)
    if errors or job.outputs is None:
        mistakes = tuple(errors or _check_pictures(workshop, job.slug, reports))
        return JobResult(job.slug, mistakes, tuple(doubts), notices=tuple(remarks))
    reports.sort(key=lambda read: order_key(read.summary))
    rows = [
        ReportRow(
            job.slug,
            read.path.stem,
            SUMMARY_JSON.dump_json(read.summary),
            _FIGURES_JSON.dump_json(tuple(fact for facts in read.figures.values() for fact in facts)),
        )
        for read in reports
    ]
    rows_in_order = tuple(sorted([*rows, *left_out], key=lambda row: row.stem))
    try:
        made = tuple(_make_district(workshop, job.slug, reports, workshop.choose(job.outputs, *Scope)))
    except UndrawableError:
        return JobResult(job.slug, tuple(_check_pictures(workshop, job.slug, reports, takes_time=True)))
    except DataErrors as failure:
        return JobResult(job.slug, failure.errors)
    if workshop.new_tree_dir:
        store = workshop.store
        place_early(
            workshop.new_tree_dir, ((file.site_path, store.locate(file.name)) for one in made for file in one.files)
        )
    notices = (*remarks, *_take_notices(workshop.store))
    return JobResult(job.slug, (), tuple(doubts), rows_in_order, made, notices)


def _digest_job(workshop: Workshop, job: DistrictJob) -> tuple[str, ...]:
    paths = map(Path, (*job.paths, *job.pictures))
    return tuple(digest_files(paths, {}, shows_drafts=workshop.shows_drafts))


def _make_district(
    workshop: Workshop, slug: str, reports: Sequence[_Read], outputs: Sequence[Output]
) -> Iterable[MadeOutput]:
    district = workshop.districts[slug]
    summaries = [read.summary for read in reports]
    pledges = derive_pledges(summaries)
    files: dict[str, list[BuiltFile]] = {output.name: [] for output in outputs}
    parts: dict[str, list[bytes]] = {output.name: [] for output in outputs if output.part}
    for read in reports:
        measures = {item_id: photo.measure for item_id, photo in read.photos.items()}
        surroundings = Surroundings(district, summaries, pledges, measures)
        edition = make_edition(read.report, read.figures, read.summary, surroundings)
        paths = {item_id: photo.path for item_id, photo in read.photos.items()}
        subject = ReportSubject(workshop.site, edition, _plan_pack(workshop, edition), paths)
        for output in outputs:
            if output.scope is Scope.REPORT:
                files[output.name] += keep_made(workshop.store, output.make(subject, workshop.writer))
            if output.part:
                parts[output.name].append(output.part(subject))
    of_district = DistrictSubject(workshop.site, district, summaries, workshop.indicators or {})
    for output in outputs:
        if output.scope is Scope.DISTRICT and reports:  # a district of nothing but drafts has no page
            files[output.name] += keep_made(workshop.store, output.make(of_district, workshop.writer))
        part = workshop.store.keep(b"".join(parts[output.name])) if output.part else None
        yield MadeOutput(output.name, tuple(files[output.name]), part)


def _check_pictures(
    workshop: Workshop, slug: str, reports: Sequence[_Read], *, takes_time: bool = False
) -> Iterator[DataError]:
    """Yield what keeps the pictures of a district's reports from being drawn, where any are.

    Unless it `takes_time`, a short look is enough for most.
    """
    if not workshop.drawn_by or slug not in workshop.districts:
        return
    district = workshop.districts[slug]
    for read in reports:
        written = "" if takes_time else read.path.read_text(encoding="utf-8", errors="replace")
        if not takes_time and is_surely_drawable(read.report, district, written):
            continue
        from nianbao.views.card.pack import plan_pack  # noqa: PLC0415

        edition = make_lone_edition(read.report, district, stem=read.path.stem)
        pack = plan_pack(edition, site_url=workshop.site.url, drawn_by="")
        try:
            yield from check_pictures(pack, read.path, root=workshop.root)
        except DataErrors as failure:
            yield from failure.errors


def _plan_pack(workshop: Workshop, edition: Edition) -> CardPack | None:
    if not workshop.drawn_by or edition.entries:
        return None  # no picture of a draft, which would be passed on
    from nianbao.views.card.pack import plan_pack  # noqa: PLC0415

    drawn_by = digest(workshop.drawn_by, edition.district.accent)
    pack = plan_pack(edition, site_url=workshop.site.url, drawn_by=drawn_by)
    if len(pack.pictures) > MOST_PICTURES:
        raise UndrawableError
    return pack


def make_lone_edition(
    report: Report, district: District, *, stem: str, photos: Mapping[str, PhotoMeasure] | None = None
) -> Edition:
    """Return the edition of a report by itself: without its district's others and their pledges."""
    figures = derive_figures_by_item(report)
    summary = derive_summary(report, figures, district=district.slug, stem=stem)
    return make_edition(report, figures, summary, Surroundings(district, [summary], [], photos or {}))


def run_year_job(workshop: Workshop, job: YearJob) -> JobResult:
    """Make the outputs of one year."""
    subject = YearSubject(
        workshop.site,
        job.year,
        [SUMMARY_JSON.validate_json(text) for text in job.summaries],
        workshop.districts,
        workshop.indicators or {},
        job.years,
    )
    made = tuple(
        MadeOutput(output.name, tuple(keep_made(workshop.store, output.make(subject, workshop.writer))))
        for output in workshop.choose(job.outputs, Scope.YEAR)
    )
    return JobResult(str(job.year), made=made, notices=_take_notices(workshop.store))


def keep_made(store: Store, made: Made) -> list[BuiltFile]:
    """Keep what is made; what is dear to make is made only where the store has none of the same inputs."""
    files = []
    for artefact in made:
        if isinstance(artefact, Artefact):
            name = store.keep(artefact.content)
        else:
            name = store.find(artefact.key) or store.keep_as(artefact.key, artefact.make())
        files.append(BuiltFile(artefact.site_path, name, artefact.listed))
    return files


def _take_notices(store: Store) -> tuple[str, ...]:
    notices = tuple(store.notices)
    store.notices.clear()
    return notices
