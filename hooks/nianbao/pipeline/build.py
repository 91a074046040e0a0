"""The build: data folder → files in the store, and where each stands in the site.

Loops over the outputs, takes from the index what is still good, and makes the rest. Knows no page by name, and nothing
of MkDocs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from nianbao.errors import DataErrors
from nianbao.facts.summary import SUMMARY_JSON, ReportSummary
from nianbao.pipeline.data_folder import DataFolder, Stamp, digest_files, stamp_file
from nianbao.pipeline.fingerprint import Fingerprint, digest_templates, salt_program, take_fingerprint
from nianbao.pipeline.index import BuiltFile, Entry, Index, MeaninglessRowError, ReportRow
from nianbao.pipeline.jobs import (
    DistrictJob,
    JobResult,
    Workshop,
    YearJob,
    keep_made,
    run_district_job,
    run_year_job,
)
from nianbao.pipeline.outputs import Output, OutputKind, Scope
from nianbao.pipeline.store import Store, digest
from nianbao.pipeline.subjects import SiteSubject
from nianbao.pipeline.workers import POOL_FROM_REPORTS, Crew, open_crew
from nianbao.sources.files import name_file
from nianbao.views.page.overview import HomeView, view_home
from nianbao.views.page.site import SiteView
from nianbao.writers.compiled_templates import prune_compiled
from nianbao.writers.pages import Shell

INDEX_NAME = "index.sqlite3"
# Drawing a report's pictures takes as long as writing about so many reports.
_PICTURES_LOAD = 100
_SITE_SUBJECT = "site"
# What is found broken is made anew; what is broken again right after is a broken disk.
_MOST_TRIES = 3
_MOST_NAMED_DRAFTS = 5
_UNUSED_TEMPLATES_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The files of the site sorted by path, and the home page's view.

    `fresh` are the names of those that were written, or read and checked, in this build.
    """

    files: tuple[BuiltFile, ...]
    home: HomeView
    fresh: frozenset[str]


@dataclass
class SiteBuild:
    """One build of a data folder into a store. `draws` is whether pictures are made of the reports.

    `shows_drafts` is whether drafts are made like reports, as for a preview. `damaged` are files found broken at
    hand-over, to be made anew; `new_tree_dir` is the site's folder where it is not there yet: what is made is put there
    at once.
    """

    folder: DataFolder
    template_dirs: tuple[Path, ...]
    cache_dir: Path
    shells: Mapping[int, Shell]
    site: SiteView
    outputs: tuple[Output, ...]
    draws: bool = False
    shows_drafts: bool = False
    workers: int = 0
    cluster: str = ""
    document_paths: Sequence[str] = ()
    damaged: Collection[str] = ()
    new_tree_dir: Path | None = None
    notices: list[str] = field(default_factory=list)

    def run(self) -> BuildResult:
        """Make what is not there yet. Raises: DataErrors, UnusableIndexError, BrokenDiskError."""
        salt = salt_program()
        if salt:
            self.notices.append("程序更新了，正在运行的还是旧的。请停下来（按 Ctrl-C），再启动一次。")
        fingerprint = take_fingerprint(
            template_dirs=self.template_dirs,
            shells=self.shells,
            site=self.site,
            indicators=(self.folder.indicators or {}).values(),
            outputs=(output.name for output in self.outputs),
            draws=self.draws,
            salt=salt,
        )
        workshop = Workshop(
            self.folder.root, self.template_dirs, self.cache_dir, self.folder.districts, self.folder.indicators,
            dict(self.shells), self.site, self.outputs, fingerprint.parts["drawing"], str(self.new_tree_dir or ""),
            self.shows_drafts,
        )  # fmt: skip
        damaged = set(self.damaged)
        index = Index.open(self.cache_dir / INDEX_NAME, self.notices)
        for _ in range(_MOST_TRIES):
            try:
                return _BuildState(self, fingerprint, workshop, index, damaged).run()
            except DamagedPart as failure:
                damaged |= failure.names
            except MeaninglessRowError:
                (self.cache_dir / INDEX_NAME).unlink(missing_ok=True)
                self.notices.append(f"缓存的索引 {INDEX_NAME} 里有读不懂的内容，已删掉，这次全部重新生成。")
                index = Index.open(self.cache_dir / INDEX_NAME, self.notices)
        raise BrokenDiskError("刚写好的文件读出来不一样。请检查磁盘")


@dataclass
class _BuildState:
    """The state of one run: `entries` and `reports` grow to what the next index holds.

    `district_keys` are the keys of each district's outputs by their names, `made` what was not taken over from the
    index, `stamps` the reports' files as they were when their digests were taken.
    """

    build: SiteBuild
    fingerprint: Fingerprint
    workshop: Workshop
    index: Index
    damaged: Collection[str]
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    reports: dict[str, tuple[ReportRow, ...]] = field(default_factory=dict)
    district_keys: dict[str, dict[str, str]] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    def run(self) -> BuildResult:
        stale = self._find_stale_districts()
        load = _PICTURES_LOAD if self.workshop.drawn_by else 1
        # One district cannot be shared out: an edit is faster here than in a pool that has to start.
        stale_count = sum(len(job.paths) for job in stale)
        report_count = stale_count * load if len(stale) > 1 else 0
        if self.build.cluster and report_count < POOL_FROM_REPORTS:
            self.build.notices.append(f"只有 {stale_count} 份报告要做，在本机生成，没有用集群。")
        with open_crew(
            self.workshop, report_count=report_count, workers=self.build.workers, cluster=self.build.cluster
        ) as crew:
            self._make_districts(crew, stale, load)
            every_row = [row for slug in self.build.folder.paths for row in self.reports[slug]]
            self._tell_drafts([row for row in every_row if row.is_left_out])
            rows = [row for row in every_row if not row.is_left_out]
            results, keys = self._begin_years(crew, rows)
            # Read while the workers are at the years.
            summaries = _read_summaries(rows)
            for result in results:
                self._store_result(f"year:{result.name}", result, keys[result.name])
        self._make_site(summaries)
        self.index.write(
            entries=self._list_lasting(stale), reports=(row for group in self.reports.values() for row in group)
        )
        files = [file for entry in self.entries.values() for file in entry.files]
        if self.fresh:
            parts = (entry.part for entry in self.entries.values() if entry.part)
            self.workshop.store.prune({*(file.name for file in files), *parts})
            prune_compiled(self.build.cache_dir, before=time.time() - _UNUSED_TEMPLATES_SECONDS)
        files.sort()
        self.build.notices += self.workshop.store.notices
        home = view_home(summaries, self.build.folder.districts)
        return BuildResult(tuple(files), home, frozenset(self.fresh))

    def _tell_drafts(self, left_out: Sequence[ReportRow]) -> None:
        """Name the drafts that are not published, on one line."""
        if left_out:
            folder = name_file(self.build.folder.data_dir, root=self.build.folder.root)
            files = [f"{folder}/{row.district}/{row.stem}.yml" for row in left_out]
            more = "等" if len(files) > _MOST_NAMED_DRAFTS else ""
            self.build.notices.append(
                f"{len(files)} 份草稿没有发布：{'、'.join(files[:_MOST_NAMED_DRAFTS])}{more}。"
                f"逐条核对：nianbao review {files[0]}"
            )

    def _list_lasting(self, stale: Sequence[DistrictJob]) -> list[Entry]:
        """Return the entries of which it is certain what they were made of, for the index.

        A file that was saved after its digest was taken may have been read as it is now, or as it was then.
        """
        unsure = {
            f"district:{job.slug}"
            for job in stale
            if not all(
                _is_as_before(path, self.stamps.get(path)) for path in (*job.paths, *self._list_pictures(job.slug))
            )
        }
        are_templates_as_before = digest_templates(self.build.template_dirs) == self.fingerprint.parts["templates"]
        return [
            entry
            for place, entry in self.entries.items()
            if entry.subject not in unsure and (are_templates_as_before or place not in self.made)
        ]

    def _list_pictures(self, slug: str) -> Iterator[str]:
        return map(str, self.build.folder.pictures[slug])

    def _key(self, output: Output, subject_key: str) -> str:
        return digest(output.name, self.fingerprint.of(("program", "indicators", *output.inputs)), subject_key)

    def _take(self, subject: str, output: Output, key: str) -> bool:
        """Take over what the index has of an output, if it was made of the same; False otherwise."""
        known = self.index.entry(subject, output.name)
        if known is None or known.key != key:
            return False
        if output.part is not None and subject != _SITE_SUBJECT and known.part is None:
            return False
        if self.damaged and (known.part in self.damaged or any(file.site_path in self.damaged for file in known.files)):
            return False
        self.entries[subject, output.name] = known
        return True

    def _store_result(self, subject: str, result: JobResult, keys: Mapping[str, str]) -> None:
        for made in result.made:
            self.entries[subject, made.output] = Entry.make(
                subject, made.output, keys[made.output], files=made.files, part=made.part
            )
            self.made.add((subject, made.output))
            self.fresh.update(file.name for file in made.files)
        self.build.notices += result.notices

    def _find_stale_districts(self) -> list[DistrictJob]:
        """Return the jobs for districts of which something is to be made anew; the others are taken over."""
        folder = self.build.folder
        of_reports = [output for output in self.build.outputs if _is_of_reports(output)]
        keys = {output.name: self._key(output, "") for output in of_reports}
        jobs = []
        for slug, paths in folder.paths.items():
            if slug not in folder.districts:
                continue
            pictures = folder.pictures[slug]
            files = tuple(digest_files([*paths, *pictures], self.stamps, shows_drafts=self.build.shows_drafts))
            content = digest(folder.districts[slug].model_dump_json(), *files)
            self.district_keys[slug] = {name: digest(key, content) for name, key in keys.items()}
            stale = tuple(
                output.name
                for output in of_reports
                if not self._take(f"district:{slug}", output, self.district_keys[slug][output.name])
            )
            self.reports[slug] = self.index.reports(slug)
            if stale or {row.stem for row in self.reports[slug]} != {path.stem for path in paths}:
                jobs.append(DistrictJob(slug, tuple(map(str, paths)), stale, tuple(map(str, pictures)), files))
        return jobs

    def _make_districts(self, crew: Crew, stale: Sequence[DistrictJob], load: int) -> None:
        folder = self.build.folder
        errors = list(folder.errors)
        for result in crew.run(run_district_job, stale, weigh=lambda job: len(job.paths) * load):
            errors += result.errors
            self.reports[result.name] = result.reports
            self._store_result(f"district:{result.name}", result, self.district_keys[result.name])
        # Nothing can be made of a district that is not registered, but its mistakes are told with the others.
        strays = [
            DistrictJob(slug, tuple(map(str, paths)), None)
            for slug, paths in folder.paths.items()
            if slug not in folder.districts
        ]
        errors += [error for result in crew.run(run_district_job, strays) for error in result.errors]
        if errors:
            raise DataErrors(errors)

    def _begin_years(
        self, crew: Crew, rows: Iterable[ReportRow]
    ) -> tuple[Iterator[JobResult], dict[str, dict[str, str]]]:
        """Return what the years' jobs give, as it comes, and the keys of each year's outputs by their names."""
        groups: dict[int, list[bytes]] = {}
        for row in rows:
            groups.setdefault(row.year, []).append(row.summary)
        outputs = [output for output in self.build.outputs if output.scope is Scope.YEAR]
        years = tuple(sorted(groups))
        jobs: list[YearJob] = []
        keys: dict[str, dict[str, str]] = {}
        for year, group in sorted(groups.items()):
            content = digest(self._digest_districts(), str(years), *group)
            keys[str(year)] = {output.name: self._key(output, content) for output in outputs}
            stale = tuple(
                output.name
                for output in outputs
                if not self._take(f"year:{year}", output, keys[str(year)][output.name])
            )
            if stale:
                jobs.append(YearJob(year, years, tuple(group), stale))
        return crew.run(run_year_job, jobs, weigh=lambda _: 1000), keys

    def _make_site(self, summaries: Sequence[ReportSummary]) -> None:
        """Make what is of the whole site: in the order of OUTPUTS, since the sitemap names the pages of the others."""
        store = self.workshop.store
        rows = (digest(row.summary) for group in self.reports.values() for row in group if not row.is_left_out)
        everything = digest(self._digest_districts(), *rows)
        for output in self.build.outputs:
            if output.scope is not Scope.SITE:
                continue
            names = self._list_parts(output)
            pages = self._list_pages() if output.names_pages else []
            key = self._key(output, digest(everything, *names, "pages", *pages))
            if self._take(_SITE_SUBJECT, output, key):
                continue
            parts = _read_parts(store, names)
            subject = SiteSubject(self.build.site, summaries, self.build.folder.districts, parts, pages)
            files = keep_made(store, output.make(subject, self.workshop.writer))
            self.entries[_SITE_SUBJECT, output.name] = Entry.make(_SITE_SUBJECT, output.name, key, files=files)
            self.made.add((_SITE_SUBJECT, output.name))
            self.fresh.update(file.name for file in files)

    def _digest_districts(self) -> str:
        return digest(*(district.model_dump_json() for district in self.build.folder.districts.values()))

    def _list_parts(self, output: Output) -> list[str]:
        """Return the names of what the output has of each district, in order."""
        if output.part is None:
            return []
        return [self.entries[f"district:{slug}", output.name].part or "" for slug in self.reports]

    def _list_pages(self) -> list[str]:
        """Return the folders of the pages that may be named, Markdown pages among them."""
        page_outputs = {output.name for output in self.build.outputs if output.kind is OutputKind.PAGE}
        pages = [
            file.site_path.removesuffix("index.html")
            for (_, name), entry in self.entries.items()
            if name in page_outputs
            for file in entry.files
            if file.listed
        ]
        return sorted([*pages, *self.build.document_paths])


def _read_summaries(rows: Iterable[ReportRow]) -> list[ReportSummary]:
    try:
        return [SUMMARY_JSON.validate_json(row.summary) for row in rows]
    except ValidationError as failure:
        raise MeaninglessRowError from failure


def _is_of_reports(output: Output) -> bool:
    return output.scope in (Scope.REPORT, Scope.DISTRICT) or output.part is not None


def _read_parts(store: Store, names: Sequence[str]) -> list[bytes]:
    contents = [store.read(name) for name in names]
    parts = [content for content in contents if content is not None]
    if len(parts) < len(contents):
        raise DamagedPart({name for name, content in zip(names, contents, strict=True) if content is None})
    return parts


class BrokenDiskError(OSError):
    """Files that were just written are not what was written; the message is in Chinese."""


class DamagedPart(Exception):  # noqa: N818 - the build goes on
    """Parts of an output, by their names, are not in the store, or not what they were."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        super().__init__(*sorted(names))


def _is_as_before(path: str, stamp: Stamp | None) -> bool:
    try:
        return stamp_file(os.stat(path)) == stamp  # noqa: PTH116 - hot path
    except OSError:
        return False
