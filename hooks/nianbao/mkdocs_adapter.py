"""MkDocs on one side, the pipeline on the other: the only module that imports mkdocs.

A build is made in a folder beside the site and takes its place at the end, so that an interrupted or failed build
leaves the old site. `mkdocs serve` builds into its own temporary folder.
"""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from nianbao.errors import DataError, DataErrors
from nianbao.pipeline.assets import StaticAsset, read_assets
from nianbao.pipeline.build import BuildResult, build_pages, read_data_folder
from nianbao.pipeline.cache import PageStore
from nianbao.pipeline.options import Options, read_options, resolve_dir
from nianbao.pipeline.site import make_site_view, write_sitemap
from nianbao.views.head import HeadView, shorten
from nianbao.writers.pages import HEAD_MARK, MAIN_MARK, Shell, SiteView, cut_shell, open_bytecode_cache

_SHELL_DEPTHS = (1, 2, 3, 4)
_STAGING_SUFFIX = ".building"
_log = logging.getLogger("mkdocs.hooks.nianbao")


class LinkedFile(File):
    """A generated file that is handed over as a hard link where the file system can, else as a copy."""

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002 - MkDocs's signature
        """Put the file at its place in the site."""
        assert self.abs_src_path is not None
        target = self.abs_dest_path
        folder = os.path.dirname(target)  # noqa: PTH120 - hot path
        try:
            os.mkdir(folder)  # noqa: PTH102 - hot path
        except FileExistsError:
            # Never written through: what stands there may be a link into the cache.
            Path(target).unlink(missing_ok=True)
        except FileNotFoundError:
            os.makedirs(folder)  # noqa: PTH103 - hot path
        try:
            os.link(self.abs_src_path, target)
        except OSError:
            shutil.copyfile(self.abs_src_path, target)


@dataclass
class _Build:
    """What the events of one build hand to each other."""

    command: Literal["build", "gh-deploy", "serve"] = "build"
    root: Path = Path()
    site_url: str = ""
    options: Options = field(default_factory=Options)
    final_dir: Path | None = None
    assets: tuple[StaticAsset, ...] = ()
    site: SiteView | None = None
    nav: Navigation | None = None
    result: BuildResult | None = None


_build = _Build()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001
    """Remember which command runs: only `build` and `gh-deploy` replace a site folder."""
    _build.command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the options and turn the build to a folder beside the site."""
    root = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
    _build.root = root
    try:
        _build.options = read_options(config.extra.get("nianbao"), file="mkdocs.yml")
        _build.assets = read_assets(_templates_dir(config) / "nianbao")
    except DataErrors as failure:
        raise _stop(failure) from None
    _build.site_url = _read_site_url(config)
    if _build.options.cards and not _build.site_url:
        _log.info("mkdocs.yml 没有写 site_url，卡片上没有二维码。")
    if _build.command == "serve":
        _build.final_dir = None
    else:
        _build.final_dir = Path(config.site_dir)
        config.site_dir = f"{config.site_dir}{_STAGING_SUFFIX}"
    # Written by the pipeline: MkDocs would name Markdown pages alone, and stamp the time.
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Take out the theme's own assets, which no page uses, and put in this project's."""
    docs_dir = Path(config.docs_dir)
    for file in list(files):
        if file.abs_src_path and not Path(file.abs_src_path).is_relative_to(docs_dir):
            files.remove(file)
    for asset in _build.assets:
        files.append(File.generated(config, asset.site_path, content=asset.content))
    schema_dir = _build.root / "data" / "schema"
    for path in sorted(schema_dir.glob("*.schema.json")):
        files.append(File.generated(config, f"data/schema/{path.name}", abs_src_path=str(path)))
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001
    """Keep the navigation for the shells."""
    _build.nav = nav
    return nav


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Build the pages of the data and hand them to MkDocs."""
    env.autoescape = True  # YAML text reaches the theme's templates
    assert _build.nav is not None
    _build.site = make_site_view(
        _build.options,
        name=config.site_name,
        url=_build.site_url,
        assets=_build.assets,
        pages={file.src_uri: (file.page.title if file.page else "", file.url) for file in files.documentation_pages()},
    )
    unknown = [
        DataError("mkdocs.yml", 0, f"extra.nianbao.{key}", f"docs/ 里没有 {name}", "检查路径有没有写错")
        for key, name in (
            *(("footer_pages", name) for name in _build.options.footer_pages),
            ("share_image", _build.options.share_image),
        )
        if name and files.get_file_from_path(name) is None
    ]
    if unknown:
        raise _stop(DataErrors(unknown))
    cache_dir = resolve_dir(_build.root, _build.options.cache_dir)
    env.bytecode_cache = open_bytecode_cache(cache_dir / "templates")
    try:
        folder = read_data_folder(_build.root / "data", root=_build.root)
        result = build_pages(
            folder,
            templates_dir=_templates_dir(config),
            cache_dir=cache_dir,
            shells={depth: _render_shell(env, config, files, depth) for depth in _SHELL_DEPTHS},
            site=_build.site,
            cards=_build.options.cards,
            workers=_build.options.workers,
        )
        taken = {file.dest_uri: file.src_uri for file in files}
        clashes = [page.site_path for page in result.pages if page.site_path in taken]
        if clashes:
            raise DataErrors(
                DataError(
                    "data/districts.yml", 0, "slug",
                    f"网址 /{path.removesuffix('index.html')} 已经被 docs/{taken[path]} 用了", "给地区换一个 slug",
                )
                for path in clashes
            )  # fmt: skip
    except DataErrors as failure:
        raise _stop(failure) from None
    store = PageStore(cache_dir)
    for page in result.pages:
        files.append(_hand_over(config, page.site_path, store.locate(page.name)))
    documents = [file.url for file in files.documentation_pages()]
    sitemap = write_sitemap(_build.site.url, [*documents, *(page.site_path for page in result.pages)])
    if sitemap:
        files.append(File.generated(config, sitemap.site_path, content=sitemap.content))
    _build.result = result
    return env


def on_page_context(
    context: dict[str, Any],
    *,
    page: Page,
    config: MkDocsConfig,
    nav: Navigation,  # noqa: ARG001 - MkDocs passes it
) -> dict[str, Any]:
    """Give Markdown pages their head, and the home page its view."""
    assert _build.site is not None
    assert _build.result is not None
    title = config.site_name if page.is_homepage else str(page.title or "")
    description = page.meta.get("description") or config.site_description or ""
    context["site"] = _build.site
    context["head"] = HeadView(
        title=title,
        description=shorten(str(description), 120),
        site_path=page.url if page.url != "./" else "",
        column_name="" if page.is_homepage else title,
    )
    context["home"] = _build.result.home
    return context


def on_template_context(
    context: dict[str, Any],
    *,
    template_name: str,
    config: MkDocsConfig,  # noqa: ARG001 - MkDocs passes it
) -> dict[str, Any]:
    """Give static templates, such as 404.html, their head."""
    context["site"] = _build.site
    context["head"] = HeadView(
        title="没有找到这一页" if template_name == "404.html" else template_name,
        description="网址可能抄漏了几个字，或者这份报告还没有发布。",
        site_path=template_name,
        column_name="",
        has_address=False,
    )
    return context


def on_post_build(*, config: MkDocsConfig) -> None:
    """Put the finished site in the place of the old one."""
    final = _build.final_dir
    if final is None:
        return
    staging, old = Path(config.site_dir), final.with_name(f"{final.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    staging.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    config.site_dir = str(final)


def _hand_over(config: MkDocsConfig, site_path: str, cached_path: str) -> File:
    file = LinkedFile(site_path, src_dir=None, dest_dir=config.site_dir, use_directory_urls=False, dest_uri=site_path)
    file.abs_src_path = cached_path
    return file


def _render_shell(env: jinja2.Environment, config: MkDocsConfig, files: Files, depth: int) -> Shell:
    assert _build.nav is not None
    context = get_context(_build.nav, files, config, page=None, base_url="/".join([".."] * depth))
    marks = {"head_mark": Markup(HEAD_MARK), "main_mark": Markup(MAIN_MARK)}
    html = env.get_template("main.html").render({**context, "shell": marks, "site": _build.site})
    return cut_shell(html)


def _read_site_url(config: MkDocsConfig) -> str:
    """Return the site's final address. `mkdocs serve` has put its own in the place of the one that is written."""
    if _build.command != "serve" or not config.config_file_path:
        return config.site_url or ""
    with Path(config.config_file_path).open("rb") as stream:
        address = str(yaml_load(stream).get("site_url") or "")
    return f"{address.rstrip('/')}/" if address else ""


def _templates_dir(config: MkDocsConfig) -> Path:
    custom_dir = config.theme.custom_dir
    if not custom_dir:
        raise PluginError("mkdocs.yml 里要写 theme: custom_dir: overrides")
    return Path(custom_dir)


def _stop(failure: DataErrors) -> PluginError:
    return PluginError(f"有需要改的地方：\n\n{failure}\n")
