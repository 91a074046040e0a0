"""MkDocs on one side, the site's builder on the other: the only module that imports mkdocs.

MkDocs makes its own pages in a staging folder; the site is put together from them and from the builder's files.
"""

from __future__ import annotations

import atexit
import logging
import os
from bisect import bisect_left
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.yaml import yaml_load

from nianbao.app import material_theme
from nianbao.app.plain_emoji import keep_emoji_local
from nianbao.app.site_builder import SiteBuilder
from nianbao.app.unsupported_settings import draws_mermaid, find_unsupported
from nianbao.app.watching import watch_natively
from nianbao.errors import DataError, DataErrors, add_fix
from nianbao.pipeline.build import BuildResult
from nianbao.pipeline.disk import explain_disk
from nianbao.pipeline.lock import HeldError
from nianbao.pipeline.options import read_options
from nianbao.pipeline.site import warn_of_example
from nianbao.pipeline.workers import ClusterError
from nianbao.views.page.head import HeadView, shorten
from nianbao.views.page.site import SiteView
from nianbao.writers.compiled_templates import keep_compiled
from nianbao.writers.pages import HEAD_MARK, MAIN_MARK, Shell, cut_shell

_SHELL_DEPTHS = (1, 2, 3, 4)
_PREVIEW_WAIT_SECONDS = 600.0
_WORKER_LOST = (
    "一个工作进程被系统结束了，多半是内存不够：原来的网站没有动。"
    "把 mkdocs.yml 里的 extra.nianbao.workers 改小，再试一次。"
)
_log = logging.getLogger("mkdocs.hooks.nianbao")


class MkDocsAdapter:
    """The events of MkDocs. One stands for one project; each build that it sees gets a builder of its own."""

    def __init__(self) -> None:
        atexit.register(self._end)  # after Ctrl-C, and when gh-deploy is done
        self._command: Literal["build", "gh-deploy", "serve"] = "build"
        self._builder: SiteBuilder
        self._settings: dict[str, Any]
        self._final_dir: Path
        self._nav: Navigation
        self._site: SiteView
        self._result: BuildResult

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember which command runs: only `build` and `gh-deploy` replace a site folder."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options and turn MkDocs to the staging folder."""
        settings = Path(config.config_file_path or "mkdocs.yml").resolve()
        try:
            options = read_options(config.extra.get("nianbao"), settings=settings)
            template_dirs = material_theme.add_theme(_as_theme(config))
        except DataErrors as failure:
            raise _stop(failure) from None
        self._final_dir = Path(os.path.realpath(config.site_dir))
        self._settings = _read_settings(config)
        self._builder = SiteBuilder(
            settings.parent, template_dirs, options, self._read_site_url(config),
            final_dir=self._final_dir, replaces=self._command != "serve",
            shows_drafts=self._command == "serve", sources=_list_sources(config, settings),
        )  # fmt: skip
        if warning := warn_of_example(self._builder.site_url):
            if self._command == "gh-deploy":
                raise PluginError(f"没有发布：{warning}")
            _log.info(warning)
        if options.cards and not self._builder.site_url:
            _log.info("mkdocs.yml 没有写 site_url，卡片上没有二维码。")
        try:
            config.site_dir = str(self._begin())
        except DataErrors as failure:
            raise _stop(failure) from None
        self._prepare_theme(config)
        # Written by the builder: MkDocs would name Markdown pages alone, and stamp the time.
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put in this project's assets and schemas."""
        schema_dir = self._builder.root / "data" / "schema"
        own = [
            *(File.generated(config, asset.site_path, content=asset.content) for asset in self._builder.assets),
            *(
                File.generated(config, f"data/schema/{path.name}", abs_src_path=str(path))
                for path in sorted(schema_dir.glob("*.schema.json"))
            ),
        ]
        taken = {*(file.dest_uri for file in own), *config.theme.static_templates}
        clashes = [_explain_clash(file) for file in files if file.dest_uri in taken and _is_published(file)]
        if clashes:
            raise _stop(DataErrors(clashes))
        for file in own:
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Keep the navigation for the shells."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Make the files of the data."""
        env.autoescape = material_theme.escapes
        env.globals["has_default_palette"] = not material_theme.has_palette(self._settings)
        env.globals["draws_mermaid"] = draws_mermaid(self._settings)
        keep_compiled(env, self._builder.cache_dir)
        documents = files.documentation_pages()
        self._site = self._builder.describe_site(
            name=config.site_name,
            documents={file.src_uri: (file.page.title if file.page else "", file.url) for file in documents},
        )
        self._check_named_files(files)
        try:
            self._result = self._builder.make(
                site=self._site,
                shells={depth: self._render_shell(env, config, files, depth) for depth in _SHELL_DEPTHS},
                document_paths=["" if file.url in ("./", ".") else file.url for file in documents],
            )
            self._check_clashes(files)
        except DataErrors as failure:
            raise _stop(failure) from None
        return env

    def on_page_context(
        self,
        context: dict[str, Any],
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002 - MkDocs passes it
    ) -> dict[str, Any]:
        """Give Markdown pages their head, and the home page its view."""
        title = config.site_name if page.is_homepage else str(page.title or "")
        description = page.meta.get("description") or config.site_description or ""
        context["site"] = self._site
        context["head"] = HeadView(
            title=title,
            description=shorten(str(description), 120),
            site_path=page.url if page.url != "./" else "",
            column_name="" if page.is_homepage else title,
        )
        context["home"] = self._result.home
        context["is_light"] = page.meta.get("template") == "home.html"
        if "hide" not in page.meta and page.parent is None:
            page.meta["hide"] = ["navigation"]  # its neighbours are in the header
        return context

    def on_template_context(
        self,
        context: dict[str, Any],
        *,
        template_name: str,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs passes it
    ) -> dict[str, Any]:
        """Give static templates, such as 404.html, their head."""
        context["site"] = self._site
        context["is_light"] = True
        context["head"] = HeadView(
            title="没有找到这一页" if template_name == "404.html" else template_name,
            description="网址可能抄漏了几个字，或者这份报告还没有发布。",
            site_path=template_name,
            column_name="",
            has_address=False,
        )
        return context

    @event_priority(-100)  # others may warn at this event
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the old one, unless MkDocs is about to stop for its warnings."""
        builder = self._builder
        if config.strict and _has_warned():
            _log.error("有警告，网站没有换上去：原来的没有动。")
        else:
            builder.hand_over()
        config.site_dir = str(self._final_dir)
        for notice in builder.notices:
            _log.info(notice)
        if self._command != "gh-deploy":  # which reads the site's folder after this
            self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind, and tell in Chinese what the disk or the system refused."""
        with suppress(OSError):  # the same disk
            self._end()
        if isinstance(error, BrokenExecutor):
            _log.error(_WORKER_LOST)
            raise Abort("没有生成。") from None
        if isinstance(error, ClusterError):
            _log.error(str(error))
            raise Abort("没有生成。") from None
        if isinstance(error, OSError):
            _log.error(explain_disk(error))
            raise Abort("没有生成。") from None

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs passes it
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Let the preview hear of saved files at once."""
        watch_natively(server)
        return server

    def _prepare_theme(self, config: MkDocsConfig) -> None:
        """Fit Material's settings to this theme, and name those that cannot act."""
        for sentence in find_unsupported(self._settings):
            _log.warning(sentence)
        for name, plugin in config.plugins.items():
            if isinstance(plugin, BasePlugin) and hasattr(plugin, "on_post_page"):
                _log.info(f"插件 {name} 只处理 Markdown 页面，报告页不经过它。")
        theme = _as_theme(config)
        icon_path = next(asset.site_path for asset in self._builder.assets if asset.name == "icon.svg")
        material_theme.fit_settings(theme, config.extra, self._settings, icon_path=icon_path)
        material_theme.choose_files(theme, has_search="material/search" in config.plugins)
        keep_emoji_local(config.mdx_configs)

    def _end(self) -> None:
        if builder := getattr(self, "_builder", None):
            builder.end()

    def _begin(self) -> Path:
        command = f"mkdocs {self._command}"
        try:
            return self._builder.begin(command=command)
        except HeldError as failure:
            if self._command != "serve":
                raise
            _log.info(f"{failure}\n预览等它结束……")
            return self._builder.begin(command=command, wait_seconds=_PREVIEW_WAIT_SECONDS)

    def _read_site_url(self, config: MkDocsConfig) -> str:
        """Return the site's final address. `mkdocs serve` has put its own in the place of the one that is written."""
        address = config.site_url or ""
        if self._command == "serve":
            address = str(self._settings.get("site_url") or "")
        return f"{address.rstrip('/')}/" if address else ""

    def _check_named_files(self, files: Files) -> None:
        options = self._builder.options
        unknown = [
            DataError("mkdocs.yml", 0, f"extra.nianbao.{key}", f"docs/ 里没有 {name}", "检查路径有没有写错")
            for key, name in (
                *(("footer_pages", name) for name in options.footer_pages),
                ("share_image", options.share_image),
            )
            if name and files.get_file_from_path(name) is None
        ]
        if unknown:
            raise _stop(DataErrors(unknown))

    def _check_clashes(self, files: Files) -> None:
        """Raises: DataErrors when two files want one address, or one wants a folder where the other wants a file."""
        own = [file.site_path for file in self._result.files]  # sorted

        def holds(path: str) -> bool:
            at = bisect_left(own, path)
            return at < len(own) and own[at] == path

        def holds_within(path: str) -> bool:
            at = bisect_left(own, f"{path}/")
            return at < len(own) and own[at].startswith(f"{path}/")

        errors = [
            _explain_clash(file)
            for file in files
            if _is_published(file)
            and (
                holds_within(file.dest_uri)
                or any(holds(path) for path in (file.dest_uri, *map(str, PurePosixPath(file.dest_uri).parents)))
            )
        ]
        if errors:
            raise DataErrors(errors)

    def _render_shell(self, env: jinja2.Environment, config: MkDocsConfig, files: Files, depth: int) -> Shell:
        context = get_context(self._nav, files, config, page=None, base_url="/".join([".."] * depth))
        marks = {"head_mark": Markup(HEAD_MARK), "main_mark": Markup(MAIN_MARK)}
        values = {**context, "shell": marks, "site": self._site, "is_light": True}
        try:
            return cut_shell(env.get_template("main.html").render(values))
        except ValueError:
            # A template of the site's own that extends Material's base.html, as Material's guide says.
            if depth == 1:
                fix = '第一行写 {% extends "nianbao/base.html" %}'
                _log.warning(add_fix("overrides/main.html: 里面的改动到不了报告页", fix))
            return cut_shell(env.get_template("nianbao/base.html").render(values))


def _read_settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return mkdocs.yml as it is written: MkDocs puts defaults in the place of what is not set."""
    if not config.config_file_path:
        return {}
    with Path(config.config_file_path).open("rb") as stream:
        return dict(yaml_load(stream))


def _as_theme(config: MkDocsConfig) -> material_theme.Theme:
    theme: Any = config.theme  # get_env is replaced there, which mypy does not allow
    return cast("material_theme.Theme", theme)


def _list_sources(config: MkDocsConfig, settings: Path) -> dict[Path, str]:
    """Return what people write, with the names that it has in messages: a build writes none of it."""
    named = {
        settings: settings.name,
        settings.parent / "data": " data/ ",
        Path(config.docs_dir): " docs/ ",
        **{Path(path).parent: " hooks/ " for path in config.hooks},
        **({Path(config.theme.custom_dir): " overrides/ "} if config.theme.custom_dir else {}),
    }
    # A hook beside mkdocs.yml makes no folder of hooks of the whole project.
    return {path.resolve(): name for path, name in named.items() if path.resolve() != settings.parent}


def _has_warned() -> bool:
    """Tell whether MkDocs counts warnings, as it does under --strict, and has had one."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))


def _is_published(file: File) -> bool:
    return file.inclusion not in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}


def _explain_clash(file: File) -> DataError:
    problem = f"网址 /{file.dest_uri.removesuffix('index.html')} 本站自己要用"
    fix = "给 docs/ 里的这个文件换个名字；是地区的网址，就给地区换一个 slug"
    return DataError(f"docs/{file.src_uri}", 0, "", problem, fix)


def _stop(failure: DataErrors) -> PluginError:
    return PluginError(f"有需要改的地方：\n\n{failure}\n")
