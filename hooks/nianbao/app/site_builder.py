"""A site from beginning to end: options, assets, the build, and the finished folder in the old one's place."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nianbao.app.own_pages import name_pages
from nianbao.errors import DataError, DataErrors
from nianbao.pipeline import claims
from nianbao.pipeline.assets import StaticAsset, read_assets
from nianbao.pipeline.build import BrokenDiskError, BuildResult, SiteBuild
from nianbao.pipeline.data_folder import DataFolder, read_data_folder
from nianbao.pipeline.disk import sync
from nianbao.pipeline.leftovers import clear_half_written, clear_staging
from nianbao.pipeline.lock import Lock
from nianbao.pipeline.option_mistakes import find_line
from nianbao.pipeline.options import Options
from nianbao.pipeline.outputs import choose_outputs
from nianbao.pipeline.places import remove
from nianbao.pipeline.site import make_site_view
from nianbao.pipeline.site_tree import PlannedFile, bring_up_to_date, find_differences
from nianbao.pipeline.store import Store, digest
from nianbao.pipeline.swap import recover, swap
from nianbao.pipeline.workers import is_scheduler_address
from nianbao.views.page.site import SiteView
from nianbao.writers.pages import Shell

# What is found broken is made anew; what is broken again right after is a broken disk.
_MOST_TRIES = 3


@dataclass
class SiteBuilder:
    """One build of one project, from `begin` to `end`. Holds no state beyond itself: a server may hold several.

    `final_dir` is the site's folder; `replaces` is whether a finished site takes the place of the old one there.
    `shows_drafts` is whether drafts are shown in it.
    `sources` are the files and folders of the project that are written by people, with their names in messages.
    """

    root: Path
    template_dirs: tuple[Path, ...]
    options: Options
    site_url: str
    final_dir: Path
    replaces: bool
    shows_drafts: bool
    sources: Mapping[Path, str]
    assets: tuple[StaticAsset, ...] = field(init=False)
    _locks: list[Lock] = field(default_factory=list)
    _own_notices: list[str] = field(default_factory=list)
    _staging_dir: Path | None = None
    _is_tree_new: bool = False
    _build: SiteBuild | None = None
    _result: BuildResult | None = None
    _laid_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.assets = read_assets(self.template_dirs)

    @property
    def cache_dir(self) -> Path:
        """Where earlier builds are remembered."""
        return Path(os.path.realpath(self.root / self.options.cache_dir))

    def begin(self, *, command: str, wait_seconds: float = 0) -> Path:
        """Be the only one that writes cache and site, put right what killed builds left, and return the staging folder.

        It is where the frame (MkDocs) puts its own files, empty, and this build's alone.
        Raises: DataErrors when a folder may not be written into; HeldError after `wait_seconds`; OSError.
        """
        self._check_places()
        self._check_cluster()
        claims.make_cache(self.cache_dir)
        folders = {self.cache_dir / claims.LOCK_NAME: self.cache_dir}
        if self.replaces:
            folders[self.final_dir.with_name(f".{self.final_dir.name}.lock")] = self.final_dir
            self.final_dir.parent.mkdir(parents=True, exist_ok=True)
        for path, folder in sorted(folders.items()):  # in one order: two builds never wait for each other
            self._locks.append(Lock.take(path, folder=folder, command=command, wait_seconds=wait_seconds))
        if not all(lock.is_real for lock in self._locks):
            self._own_notices.append("这个磁盘不支持文件锁：请不要同时生成两次。")
        clear_staging(self.cache_dir)
        if any(lock.was_cut_short for lock in self._locks):
            clear_half_written(self.cache_dir)
        if self.replaces:
            recover(self.final_dir, self.tree_dir)
            self._is_tree_new = not os.path.lexists(self.tree_dir)
        self._staging_dir = Path(tempfile.mkdtemp(prefix=f"{claims.STAGING_START}.", dir=self.cache_dir))
        return self._staging_dir

    def end(self) -> None:
        """Leave nothing behind but the cache and the site, whether the build was finished or not. May be called twice.

        Raises: OSError when the disk refuses.
        """
        try:
            if self._staging_dir is not None:
                remove(str(self._staging_dir))
            if self._is_tree_new:
                remove(str(self.tree_dir))
        finally:
            self._staging_dir, self._is_tree_new = None, False
            while self._locks:
                self._locks.pop().release()

    def _check_places(self) -> None:
        """Raises: DataErrors when the site's folder or the cache is one of other use."""
        sources = {self.root: "", **self.sources}
        sites = {self.final_dir: "网站文件夹", self.tree_dir: "网站文件夹"} if self.replaces else {}
        # Where the two clash, it is not the default that is at fault.
        cache = {} if "cache_dir" in self.options.model_fields_set else {self.cache_dir: "缓存文件夹"}
        keys: tuple[str, ...] = ("site_dir",)
        refused = claims.explain_site(self.final_dir, self.tree_dir, sources | cache) if self.replaces else None
        if refused is None:
            keys = ("extra", "nianbao", "cache_dir")
            refused = claims.explain_cache(self.root / self.options.cache_dir, sources | sites)
        if refused:
            line = find_line(self.root / "mkdocs.yml", keys)
            key = ".".join(keys).replace("site_dir", "site_dir（或命令行的 -d）")
            raise DataErrors([DataError("mkdocs.yml", line, key, *refused)])

    @property
    def _cluster(self) -> str | None:
        """The address of the cluster's scheduler. The command line's goes before that of mkdocs.yml."""
        return os.environ.get("NIANBAO_CLUSTER", self.options.cluster)

    def _check_cluster(self) -> None:
        """Raises: DataErrors when the address of the cluster cannot be one."""
        if self._cluster is not None and not is_scheduler_address(self._cluster):
            line, key = find_line(self.root / "mkdocs.yml", ("extra", "nianbao", "cluster")), "extra.nianbao.cluster"
            place = (
                ("", 0, "--cluster（NIANBAO_CLUSTER）")
                if "NIANBAO_CLUSTER" in os.environ
                else ("mkdocs.yml", line, key)
            )
            problem, fix = f"“{self._cluster}”不是调度程序的地址", "写成 tcp://10.0.0.1:8786 或 tls://10.0.0.1:8786"
            raise DataErrors([DataError(*place, problem, fix)])

    def describe_site(self, *, name: str, documents: Mapping[str, tuple[str, str]]) -> SiteView:
        """Return what every page knows; `documents` gives each Markdown file's title and site path."""
        return make_site_view(self.options, name=name, url=self.site_url, assets=self.assets, pages=documents)

    @property
    def tree_dir(self) -> Path:
        """The folder that the site is put together in: the spare of two, or the site's own where it is not replaced."""
        return self.final_dir.with_name(f".{self.final_dir.name}.spare") if self.replaces else self.final_dir

    def make(self, *, site: SiteView, shells: Mapping[int, Shell], document_paths: Sequence[str]) -> BuildResult:
        """Make all files of the data that are not there yet. Raises: DataErrors, OSError."""
        self._build = SiteBuild(
            folder=self._folder,
            template_dirs=self.template_dirs,
            cache_dir=self.cache_dir,
            shells=shells,
            site=site,
            outputs=choose_outputs(leave_out=self.options.leave_out, cards=self.options.cards),
            draws=self.options.cards,
            shows_drafts=self.shows_drafts,
            workers=self.options.workers,
            cluster=self._cluster or "",
            document_paths=document_paths,
            new_tree_dir=None if self.tree_dir.exists() else self.tree_dir,
        )
        self._result = self._build.run()
        return self._result

    @cached_property
    def _folder(self) -> DataFolder:
        return read_data_folder(self.root / "data", root=self.root)

    def name_pages(self) -> dict[str, str]:
        """Return what the menu calls each page and file of reports that may be linked to, by its site path."""
        return name_pages(self._folder, cards=self.options.cards)

    @property
    def made_paths(self) -> tuple[str, ...]:
        """The site paths of what was made, sorted."""
        return tuple(file.site_path for file in self._result.files) if self._result else ()

    def read_made(self, site_path: str) -> str | None:
        """Return the content of a file that was made; None where there is none."""
        at = bisect_left(self.made_paths, site_path)
        if self._result is None or self.made_paths[at : at + 1] != (site_path,):
            return None
        return (Store(self.cache_dir, []).read(self._result.files[at].name) or b"").decode()

    def read_pages(self) -> Iterator[tuple[str, str]]:
        """Yield folder and HTML of each page that was made and is listed, without the walls of cards."""
        store = Store(self.cache_dir, [])
        for file in self._result.files if self._result else ():
            if file.listed and file.site_path.endswith("/index.html") and "/cards/" not in file.site_path:
                yield file.site_path.removesuffix("index.html"), (store.read(file.name) or b"").decode()

    def lay_out(self) -> None:
        """Copy the made files into the staging folder, for others to change: what is there is what will be published.

        What the cache has lost by then is made anew at hand-over. Raises: OSError.
        """
        assert self._staging_dir is not None
        store = Store(self.cache_dir, [])
        for file in self._result.files if self._result else ():
            content = store.read(file.name)
            if content is not None:
                path = self._staging_dir / file.site_path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self._laid_out.add(file.site_path)

    def hand_over(self) -> None:
        """Bring the made files and those in the staging folder to the site's folder, each checked by its digest.

        Where the build `replaces` the site, the older of two folders is brought up to date and takes its turn, when all
        that was planned is there and on the disk. Raises: BrokenDiskError, UnusableIndexError, OSError.
        """
        assert self._build is not None
        assert self._result is not None
        assert self._staging_dir is not None
        own = _plan_folder(self._staging_dir)
        for _ in range(_MOST_TRIES):
            store = Store(self.cache_dir, self._build.notices)
            planned = {
                file.site_path: PlannedFile(file.name, store.locate(file.name))
                for file in self._result.files
                if file.site_path not in self._laid_out
            } | own
            change = bring_up_to_date(self.tree_dir, planned, fresh=self._result.fresh)
            if not change.damaged:
                break
            self._build.damaged = {*self._build.damaged, *change.damaged}
            self._result = self._build.run()
        else:
            raise BrokenDiskError(f"刚写好的文件读出来不一样：{'、'.join(sorted(change.damaged)[:3])}。请检查磁盘")
        if self.replaces:
            _check_whole(self.tree_dir, planned)
            fresh = (file for path, file in planned.items() if path in own or file.digest in self._result.fresh)
            sync((str(self.tree_dir), str(self.cache_dir)), (file.source_path for file in fresh))
            swap(self.final_dir, self.tree_dir)
            self._is_tree_new = False

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found broken and put right, in Chinese."""
        return tuple(dict.fromkeys((*self._own_notices, *(self._build.notices if self._build else ()))))


def _check_whole(tree_dir: Path, planned: Mapping[str, PlannedFile]) -> None:
    """Raises: BrokenDiskError when the tree holds more or less than was planned: another program was at it."""
    missing, extra = find_differences(tree_dir, planned)
    told = [f"少了 {len(missing)} 个（{'、'.join(missing[:3])}）"] if missing else []
    told += [f"多了 {len(extra)} 个（{'、'.join(extra[:3])}）"] if extra else []
    if told:
        problem = f"计划有 {len(planned)} 个文件，{'，'.join(told)}，没有换上去，原来的网站没有动"
        fix = "看看是不是有别的程序在改这个文件夹，再生成一次"
        raise BrokenDiskError(str(DataError(str(tree_dir), 0, "", problem, fix)))


def _plan_folder(folder: Path) -> dict[str, PlannedFile]:
    return {
        path.relative_to(folder).as_posix(): PlannedFile(digest(path.read_bytes()), str(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
