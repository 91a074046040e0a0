"""The build: data folder → pages in the cache, and where each stands in the site. Knows nothing of MkDocs."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import deflate
import PIL

from nianbao.errors import DataError, DataErrors
from nianbao.facts.summary import SUMMARY_JSON, ReportSummary
from nianbao.model import District, Indicator
from nianbao.pipeline.cache import CachedPage, Entry, PageStore, digest, read_index, write_index
from nianbao.pipeline.jobs import DistrictJob, JobResult, Workshop, YearJob, run_district_job, run_year_job
from nianbao.pipeline.workers import open_crew
from nianbao.sources.layout import DISTRICTS_FILE, check_layout, list_report_paths
from nianbao.sources.store import locate_entry, read_districts, read_indicators
from nianbao.views.overview import HomeView, view_archive, view_home
from nianbao.writers.pages import Shell, SiteView


@dataclass(frozen=True, slots=True)
class DataFolder:
    """What the data folder holds: the registers and each district's report files.

    `years` are those that reports tell of, by their file names, in order. `indicators` is None when their register is
    broken: that is told once, not at each figure.
    """

    data_dir: Path
    root: Path
    districts: dict[str, District]
    indicators: dict[str, Indicator] | None
    paths: dict[str, tuple[Path, ...]]
    years: tuple[int, ...]
    errors: tuple[DataError, ...]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The built pages, sorted by site path, and the home page's view. `written` counts pages not from the cache."""

    pages: tuple[CachedPage, ...]
    home: HomeView
    written: int


def read_data_folder(data_dir: Path, *, root: Path) -> DataFolder:
    """Return the registers and the report files of `data_dir`, with the mistakes in them."""
    if not data_dir.is_dir():
        layout_errors = check_layout(data_dir, root=root, districts=None, locate_district=str)
        return DataFolder(data_dir, root, {}, {}, {}, (), layout_errors)
    districts, district_errors = read_districts(data_dir, root=root)
    indicators, indicator_errors = read_indicators(data_dir, root=root)
    path_errors = check_layout(
        data_dir,
        root=root,
        districts=None if district_errors else districts,
        locate_district=lambda slug: locate_entry(data_dir / DISTRICTS_FILE, "slug", slug, root=root),
    )
    by_district: dict[str, list[Path]] = {}
    for path in list_report_paths(data_dir):
        by_district.setdefault(path.parent.name, []).append(path)
    return DataFolder(
        data_dir,
        root,
        districts,
        None if indicator_errors else indicators,
        {slug: tuple(group) for slug, group in by_district.items()},
        _list_years(path.name for group in by_district.values() for path in group),
        (*district_errors, *indicator_errors, *path_errors),
    )


def _list_years(names: Iterable[str]) -> tuple[int, ...]:
    years = {name[:4] for name in names}
    return tuple(sorted(int(year) for year in years if year.isascii() and year.isdigit()))


def check_data(folder: DataFolder, *, workers: int = 0) -> tuple[DataError, ...]:
    """Return every mistake of every file, sorted; makes no page."""
    workshop = _make_workshop(folder, Path(), Path(), {}, _NO_SITE)
    jobs = [DistrictJob(slug, tuple(map(str, paths)), writes=False) for slug, paths in folder.paths.items()]
    with open_crew(workshop, report_count=_count(jobs), workers=workers) as crew:
        results = list(crew.run(run_district_job, jobs, weigh=lambda job: len(job.paths)))
    return tuple(sorted({*folder.errors, *(error for result in results for error in result.errors)}))


def build_pages(  # noqa: PLR0912 - one branch for each thing that can be stale
    folder: DataFolder,
    *,
    templates_dir: Path,
    cache_dir: Path,
    shells: Mapping[int, Shell],
    site: SiteView,
    cards: bool = False,
    workers: int = 0,
) -> BuildResult:
    """Return all pages of the data, made in parallel where the cache does not have them. Raises: DataErrors.

    With `cards`, the pictures of every report and their pages are among them.
    """
    workshop = _make_workshop(folder, templates_dir, cache_dir, dict(shells), site)
    if cards:
        workshop = replace(workshop, cards_drawn_by=_digest_card_program())
    load = _CARDS_LOAD if cards else 1
    index_path = cache_dir / "index.json"
    index = read_index(index_path)
    common = _digest_common(workshop)
    store = PageStore(cache_dir)
    entries: dict[str, Entry] = {}
    errors = list(folder.errors)
    written = 0

    stale: dict[str, str] = {}
    for slug, paths in folder.paths.items():
        if slug in folder.districts:
            key = digest(common, slug, folder.districts[slug].model_dump_json(), *_digest_files(paths))
            known = index.get(f"district:{slug}")
            if known and known.key == key and all(store.is_whole(page) for page in known.pages):
                entries[f"district:{slug}"] = known
            else:
                stale[slug] = key

    jobs = [DistrictJob(slug, tuple(map(str, folder.paths[slug]))) for slug in stale]
    # Nothing can be made of a district that is not registered, but its mistakes are told with the others.
    strays = [
        DistrictJob(slug, tuple(map(str, paths)), writes=False)
        for slug, paths in folder.paths.items()
        if slug not in folder.districts
    ]
    # One district cannot be shared out: an edit is faster here than in a pool that has to start.
    report_count = _count(jobs) * load if len(jobs) > 1 else 0
    with open_crew(workshop, report_count=report_count, workers=workers) as crew:
        for result in crew.run(run_district_job, jobs, weigh=lambda job: len(job.paths) * load):
            errors += result.errors
            entries[f"district:{result.name}"] = _keep(result, stale[result.name])
            written += len(result.pages)
        for result in crew.run(run_district_job, strays):
            errors += result.errors
        if errors:
            raise DataErrors(errors)

        texts = [text for slug in folder.paths for text in entries[f"district:{slug}"].texts]
        summaries = [SUMMARY_JSON.validate_json(text) for text in texts]
        names = digest(*(district.model_dump_json() for district in folder.districts.values()))
        year_jobs: dict[str, tuple[str, YearJob]] = {}
        for year, group in _group_by_year(summaries, texts).items():
            key = digest(common, names, str(folder.years), *group)
            known = index.get(f"year:{year}")
            if known and known.key == key and all(store.is_whole(page) for page in known.pages):
                entries[f"year:{year}"] = known
            else:
                year_jobs[str(year)] = key, YearJob(year, group)
        for result in crew.run(run_year_job, [job for _, job in year_jobs.values()], weigh=lambda _: 1000):
            entries[f"year:{result.name}"] = _keep(result, year_jobs[result.name][0])
            written += len(result.pages)

    archive = workshop.writer.write_page("archive", view_archive(summaries, folder.districts))
    archive_page = store.keep(archive.site_path, archive.content)
    write_index(index_path, entries)
    pages = [archive_page, *(page for entry in entries.values() for page in entry.pages)]
    if written:
        store.drop_unused(page.name for page in pages)
    return BuildResult(
        tuple(sorted(pages, key=lambda page: page.site_path)), view_home(summaries, folder.districts), written
    )


# Drawing a report's pictures takes as long as writing about so many reports.
_CARDS_LOAD = 100
_NO_SITE = SiteView("", "", "", "", "", "", "", "", "", "", "", "")


def _make_workshop(
    folder: DataFolder, templates_dir: Path, cache_dir: Path, shells: dict[int, Shell], site: SiteView
) -> Workshop:
    return Workshop(
        folder.root, templates_dir, cache_dir, folder.districts, folder.indicators, folder.years, shells, site
    )


def _digest_common(workshop: Workshop) -> str:
    """Digest of all that every page depends on: the program, the templates, the shells, the site, the indicators."""
    package = importlib.util.find_spec("nianbao")
    assert package is not None
    assert package.origin is not None
    sources = [*Path(package.origin).parent.rglob("*.py"), *workshop.templates_dir.glob("nianbao/*.html")]
    return digest(
        *(path.read_bytes() for path in sorted(sources)),
        repr(workshop.shells),
        repr(workshop.site),
        workshop.cards_drawn_by,
        *(indicator.model_dump_json() for indicator in (workshop.indicators or {}).values()),
    )


def _digest_card_program() -> str:
    package = importlib.util.find_spec("nianbao.writers.cards")
    assert package is not None
    assert package.origin is not None
    sources = sorted(Path(package.origin).parent.glob("*.py"))
    return digest(PIL.__version__, deflate.__version__, *(path.read_bytes() for path in sources))


def _digest_files(paths: Sequence[Path]) -> Iterable[str]:
    for path in paths:
        yield path.name
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - hot path
                # A file past the limit of sources.files is refused there; its first bytes tell that it changed.
                yield digest(stream.read(4_000_000))
        except OSError as failure:
            yield f"unreadable: {failure.errno}"


def _keep(result: JobResult, key: str) -> Entry:
    return Entry(key, result.pages, result.summaries)


def _group_by_year(summaries: Sequence[ReportSummary], texts: Sequence[str]) -> dict[int, tuple[str, ...]]:
    groups: dict[int, list[str]] = {}
    for summary, text in zip(summaries, texts, strict=True):
        groups.setdefault(summary.when.year, []).append(text)
    return {year: tuple(group) for year, group in sorted(groups.items())}


def _count(jobs: Iterable[DistrictJob]) -> int:
    return sum(len(job.paths) for job in jobs)
