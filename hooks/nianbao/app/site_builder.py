"""A site from beginning to end: options, assets, the build, and the finished folder in the old one's place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.pipeline.assets import StaticAsset, read_assets
from nianbao.pipeline.build import BrokenDiskError, BuildResult, SiteBuild
from nianbao.pipeline.data_folder import read_data_folder
from nianbao.pipeline.options import Options, resolve_dir
from nianbao.pipeline.outputs import choose_outputs
from nianbao.pipeline.site import make_site_view
from nianbao.pipeline.site_tree import PlannedFile, bring_up_to_date
from nianbao.pipeline.store import Store, digest
from nianbao.pipeline.swap import recover, swap
from nianbao.views.page.site import SiteView
from nianbao.writers.pages import Shell

# What is found broken is made anew; what is broken again right after is a broken disk.
_MOST_TRIES = 3


@dataclass
class SiteBuilder:
    """One build of one project. Holds no state beyond itself: a server may hold several.

    `final_dir` is the site's folder; `replaces` is whether a finished site takes the place of the old one there.
    """

    root: Path
    template_dirs: tuple[Path, ...]
    options: Options
    site_url: str
    final_dir: Path
    replaces: bool
    assets: tuple[StaticAsset, ...] = field(init=False)
    _build: SiteBuild | None = None
    _result: BuildResult | None = None

    def __post_init__(self) -> None:
        self.assets = read_assets(self.template_dirs)

    @property
    def cache_dir(self) -> Path:
        """Where earlier builds are remembered."""
        return resolve_dir(self.root, self.options.cache_dir)

    @property
    def staging_dir(self) -> Path:
        """Where the frame (MkDocs) puts its own files."""
        return self.cache_dir / "staging"

    def clear_staging(self) -> Path:
        """Return the staging folder, empty: MkDocs leaves hidden files there, and would write through their links."""
        shutil.rmtree(self.staging_dir, ignore_errors=True)
        self.staging_dir.mkdir(parents=True, exist_ok=True)
        return self.staging_dir

    def describe_site(self, *, name: str, documents: Mapping[str, tuple[str, str]]) -> SiteView:
        """Return what every page knows; `documents` gives each Markdown file's title and site path."""
        return make_site_view(self.options, name=name, url=self.site_url, assets=self.assets, pages=documents)

    @property
    def tree_dir(self) -> Path:
        """The folder that the site is put together in: the spare of two, or the site's own where it is not replaced."""
        return self.final_dir.with_name(f".{self.final_dir.name}.spare") if self.replaces else self.final_dir

    def make(self, *, site: SiteView, shells: Mapping[int, Shell], document_paths: Sequence[str]) -> BuildResult:
        """Make all files of the data that are not there yet. Raises: DataErrors, OSError."""
        if self.replaces:
            recover(self.final_dir, self.tree_dir)
        self._build = SiteBuild(
            folder=read_data_folder(self.root / "data", root=self.root),
            template_dirs=self.template_dirs,
            cache_dir=self.cache_dir,
            shells=shells,
            site=site,
            outputs=choose_outputs(leave_out=self.options.leave_out, cards=self.options.cards),
            draws=self.options.cards,
            workers=self.options.workers,
            cluster=os.environ.get("NIANBAO_CLUSTER") or self.options.cluster or "",
            document_paths=document_paths,
            new_tree_dir=None if self.tree_dir.exists() else self.tree_dir,
        )
        self._result = self._build.run()
        return self._result

    def hand_over(self) -> None:
        """Bring the made files and those in `staging_dir` to the site's folder, each checked by its digest.

        Where the build `replaces` the site, the older of two folders is brought up to date and takes its turn.
        """
        assert self._build is not None
        assert self._result is not None
        own = _plan_folder(self.staging_dir)
        for _ in range(_MOST_TRIES):
            store = Store(self.cache_dir, self._build.notices)
            planned = {
                file.site_path: PlannedFile(file.name, store.locate(file.name)) for file in self._result.files
            } | own
            change = bring_up_to_date(self.tree_dir, planned, fresh=self._result.fresh)
            if not change.damaged:
                break
            self._build.damaged = {*self._build.damaged, *change.damaged}
            self._result = self._build.run()
        else:
            raise BrokenDiskError(f"刚写好的文件读出来不一样：{'、'.join(sorted(change.damaged)[:3])}。请检查磁盘")
        if self.replaces:
            swap(self.final_dir, self.tree_dir)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found broken and put right, in Chinese."""
        return tuple(dict.fromkeys(self._build.notices)) if self._build else ()


def _plan_folder(folder: Path) -> dict[str, PlannedFile]:
    return {
        path.relative_to(folder).as_posix(): PlannedFile(digest(path.read_bytes()), str(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
