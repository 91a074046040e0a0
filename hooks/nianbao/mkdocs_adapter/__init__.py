"""MkDocs on one side, the site's builder on the other: the only package that imports mkdocs.

MkDocs makes its own pages in a staging folder; the site is put together from them and from the builder's files.
"""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import unquote

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from nianbao.app import material_theme
from nianbao.app.chinese_markdown import speak_chinese
from nianbao.app.mkdocs_words import Interpreter
from nianbao.app.plain_emoji import keep_emoji_local
from nianbao.app.search_entries import add_pages
from nianbao.app.settings_checks import find_missing_files
from nianbao.app.site_builder import SiteBuilder
from nianbao.app.unsupported_settings import draws_mermaid, explain_unsupported, find_half_acting, find_unsupported
from nianbao.app.watching import find_free_port, watch_natively
from nianbao.errors import DataErrors, add_fix
from nianbao.mkdocs_adapter.files import (
    add_files,
    add_own_pages,
    check_own_pages,
    find_clashes,
    find_dead_links,
    mark_titles,
    name_own_pages,
    read_title,
)
from nianbao.mkdocs_adapter.settings import default_to_chinese, list_sources, read_settings, read_site_url
from nianbao.pipeline.build import BuildResult
from nianbao.pipeline.disk import explain_disk
from nianbao.pipeline.lock import HeldError
from nianbao.pipeline.options import read_options
from nianbao.pipeline.site import warn_of_example
from nianbao.pipeline.workers import ClusterError
from nianbao.views.page.head import HeadView, shorten
from nianbao.views.page.site import SiteView
from nianbao.writers.compiled_templates import keep_compiled
from nianbao.writers.inline import hold_cells
from nianbao.writers.pages import HEAD_MARK, MAIN_MARK, Shell, add_filters, cut_shell
from nianbao.writers.template_mistakes import explain_template_mistake

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
        self._interpreter = Interpreter()
        for handler in logging.getLogger("mkdocs").handlers:
            handler.addFilter(self._interpreter)
        atexit.register(self._end)  # after Ctrl-C, and when gh-deploy is done
        self._command: Literal["build", "gh-deploy", "serve"] = "build"
        self._builder: SiteBuilder
        self._settings: dict[str, Any]
        self._final_dir: Path
        self._nav: Navigation
        self._site: SiteView
        self._own_pages: Mapping[str, str]
        self._result: BuildResult

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember which command runs: only `build` and `gh-deploy` replace a site folder."""
        self._command = command

    @event_priority(100)  # plugins read it
    def _begin_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make Chinese the language of what is not set."""
        default_to_chinese(config)
        return config

    @event_priority(-100)  # others may change what is set
    def _end_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options and turn MkDocs to the staging folder."""
        settings = Path(config.config_file_path or "mkdocs.yml").resolve()
        self._interpreter.root, self._interpreter.docs_dir = settings.parent, Path(config.docs_dir)
        try:
            options = read_options(config.extra.get("nianbao"), settings=settings)
            template_dirs = material_theme.add_theme(_as_theme(config))
            self._settings = read_settings(config)
            # `mkdocs serve` has put its own address in the place of the one that is written.
            written_url = self._settings.get("site_url") if self._command == "serve" else config.site_url
            site_url = read_site_url(str(written_url or ""), settings)
        except DataErrors as failure:
            raise _stop(failure) from None
        self._final_dir = Path(os.path.realpath(config.site_dir))
        self._builder = SiteBuilder(
            settings.parent, template_dirs, options, site_url,
            final_dir=self._final_dir, replaces=self._command != "serve",
            shows_drafts=self._command == "serve", sources=list_sources(config, settings),
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

    on_config = CombinedEvent(_begin_config, _end_config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put in this project's assets, schemas and pages."""
        self._own_pages = self._builder.name_pages()
        try:
            add_files(files, config, self._builder)
            add_own_pages(files, config, self._own_pages)
        except DataErrors as failure:
            raise _stop(failure) from None
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Keep the navigation for the shells, and name the pages of reports in it."""
        self._nav = nav
        name_own_pages(nav, self._own_pages)
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Make the files of the data."""
        env.autoescape = material_theme.escapes
        add_filters(env)
        env.globals["has_default_palette"] = not material_theme.has_palette(self._settings)
        env.globals["draws_mermaid"] = draws_mermaid(self._settings)
        keep_compiled(env, self._builder.cache_dir)
        mark_titles(files)
        documents = files.documentation_pages()
        self._site = self._builder.describe_site(
            name=config.site_name,
            documents={file.src_uri: (read_title(file.page), file.url) for file in documents},
        )
        self._check_named_files(files)
        env.globals["search_page"] = self._find_search_page(config, documents)
        try:
            self._result = self._builder.make(
                site=self._site,
                shells={depth: self._render_shell(env, config, files, depth) for depth in _SHELL_DEPTHS},
                document_paths=["" if file.url in ("./", ".") else unquote(file.url) for file in documents],
            )
            if clashes := find_clashes(files, self._builder):
                raise DataErrors(clashes)
            check_own_pages(self._nav, config, self._own_pages, self._builder)
        except DataErrors as failure:
            raise _stop(failure) from None
        for mistake in find_dead_links(files, self._own_pages, self._builder):
            _log.warning(mistake)
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
        title = config.site_name if page.is_homepage else read_title(page)
        description = page.meta.get("description") or config.site_description or ""
        page.content = hold_cells(page.content or "")
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

    @event_priority(100)  # others act on what is there at this event
    def _begin_post_build(self, *, config: MkDocsConfig) -> None:
        """Let search, and whoever else acts on the finished site, have all of it."""
        if search := _find_search(config):
            add_pages(search.search_index, self._builder.read_pages())
        own = ("material.", "nianbao.")
        if not all(getattr(event, "__module__", "").startswith(own) for event in config.plugins.events["post_build"]):
            self._builder.lay_out()

    @event_priority(-100)  # others may warn at this event
    def _end_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the old one, unless MkDocs is about to stop for its warnings."""
        builder = self._builder
        if config.strict and _has_warned():
            self._end()
            _log.error(add_fix("有警告，网站没有换上去：原来的没有动。", "照上面的 WARNING 一处一处改好，再运行一次"))
            raise Abort("没有生成。")
        builder.hand_over()
        config.site_dir = str(self._final_dir)
        for notice in builder.notices:
            _log.info(notice)
        if self._command != "gh-deploy":  # which reads the site's folder after this
            self._end()

    on_post_build = CombinedEvent(_begin_post_build, _end_post_build)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind, and tell in Chinese what the disk or the system refused."""
        with suppress(OSError):  # the same disk
            self._end()
        told: object = None
        if isinstance(error, BrokenExecutor):
            told = _WORKER_LOST
        elif isinstance(error, (ClusterError, BuildError)):
            told = error
        elif hasattr(self, "_builder") and (mistake := explain_template_mistake(error, self._builder.template_dirs)):
            told = mistake
        elif isinstance(error, jinja2.TemplateNotFound):
            told = self._interpreter.translate(str(error))
        elif isinstance(error, OSError):
            told = explain_disk(error)
        if told:
            _log.error(told)
            raise Abort("没有生成。") from None

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs passes it
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Let the preview hear of saved files at once, and take another port where its own is taken."""
        if said := find_free_port(server):
            _log.info(said)
        watch_natively(server)
        return server

    def _prepare_theme(self, config: MkDocsConfig) -> None:
        """Fit Material's settings to this theme, and name those that cannot act."""
        overrides = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        for sentence in find_unsupported(self._settings, overrides=overrides):
            _log.warning(sentence)
        for sentence in find_half_acting(config.plugins):
            _log.warning(sentence)
        theme = _as_theme(config)
        icon_path = next(asset.site_path for asset in self._builder.assets if asset.name == "icon.svg")
        material_theme.fit_settings(theme, config.extra, self._settings, icon_path=icon_path)
        material_theme.choose_files(theme, has_search="material/search" in config.plugins)
        keep_emoji_local(config.mdx_configs)
        speak_chinese(config.markdown_extensions, config.mdx_configs)

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

    def _find_search_page(self, config: MkDocsConfig, documents: Sequence[File]) -> str:
        """Return a page that light pages, which cannot search, lead to; "" where there is nothing to search with."""
        if _find_search(config) is None:
            return ""
        pages = [*self._nav.pages, *(file.page for file in documents if file.page)]
        found = next(
            (
                page.url
                for page in pages
                if page.file.is_documentation_page() and page.meta.get("template") != "home.html"
            ),
            "",
        )
        if not found:
            why = "首页和报告页是轻页面，没有 Material 的脚本，搜索要在一页 Markdown 页面里打开"
            _log.warning(
                explain_unsupported(
                    "mkdocs.yml: plugins: search", why, "在 docs/ 里加一页，如 about.md；或者写 plugins: []"
                )
            )
        return found

    def _check_named_files(self, files: Files) -> None:
        def has_file(name: str) -> bool:
            file = files.get_file_from_path(name)
            return file is not None and _is_published(file)

        missing = tuple(find_missing_files(self._builder.root, self._settings, has_file=has_file))
        if unlinked := [error for error in missing if error.key.startswith("extra.nianbao.")]:
            raise _stop(DataErrors(unlinked))
        for error in missing:
            _log.warning(str(error))

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


def _find_search(config: MkDocsConfig) -> Any:
    """Return Material's search plugin where it is in use, or None."""
    plugin: Any = config.plugins.get("material/search")
    return plugin if plugin is not None and plugin.config.enabled else None


def _as_theme(config: MkDocsConfig) -> material_theme.Theme:
    theme: Any = config.theme  # get_env is replaced there, which mypy does not allow
    return cast("material_theme.Theme", theme)


def _has_warned() -> bool:
    """Tell whether MkDocs counts warnings, as it does under --strict, and has had one."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))


def _is_published(file: File) -> bool:
    return file.inclusion not in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}


def _stop(failure: DataErrors) -> PluginError:
    return PluginError(f"有需要改的地方：\n\n{failure}\n")
