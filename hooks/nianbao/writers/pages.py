"""Pages: a view set into the shell that the theme rendered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import jinja2

from nianbao.artefact import Artefact
from nianbao.errors import DataErrors
from nianbao.views.page.head import HeadView
from nianbao.views.page.site import SiteView
from nianbao.writers.colours import brighten
from nianbao.writers.compiled_templates import keep_compiled
from nianbao.writers.inline import (
    write_entries,
    write_figure_rows,
    write_items,
    write_label,
    write_quoted_runs,
    write_runs,
    write_title,
)
from nianbao.writers.rows import write_keys, write_links, write_number, write_report_rows
from nianbao.writers.template_mistakes import explain_template_mistake

HEAD_MARK = "<!--nianbao:head-->"
MAIN_MARK = "<!--nianbao:main-->"


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's page at one depth, cut in three: before the head's own part, up to the main part, and the rest."""

    before: str
    between: str
    after: str


def cut_shell(html: str) -> Shell:
    """Return the shell cut at its two marks. Raises: ValueError when a mark is not there exactly once."""
    if html.count(HEAD_MARK) != 1 or html.count(MAIN_MARK) != 1:
        msg = f"overrides/main.html 里的 {HEAD_MARK} 和 {MAIN_MARK} 应各出现一次"
        raise ValueError(msg)
    before, rest = html.split(HEAD_MARK)
    between, after = rest.split(MAIN_MARK)
    return Shell(before, between, after)


class PageView(Protocol):
    """Any view that has a page of its own."""

    @property
    def head(self) -> HeadView:
        """What the page says of itself."""


def add_filters(env: jinja2.Environment) -> None:
    """Add the filters of what pages of both kinds have."""
    env.filters["hold"] = write_label
    env.filters["brighten"] = brighten


class PageWriter:
    """Writes views into shells. A template is taken from the first of `template_dirs` that has it; values are escaped.

    Compiled templates are kept in `cache_dir` where there is one.
    """

    def __init__(
        self, template_dirs: Sequence[Path], shells: dict[int, Shell], site: SiteView, *, cache_dir: Path | None = None
    ) -> None:
        self._shells = shells
        self._site = site
        self._template_dirs = template_dirs
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(template_dirs),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        if cache_dir:
            keep_compiled(self._env, cache_dir)
        add_filters(self._env)
        self._env.filters["heading"] = write_title
        self._env.filters["runs"] = write_runs
        self._env.filters["quoted_runs"] = write_quoted_runs
        self._env.filters["items"] = write_items
        self._env.filters["entries"] = write_entries
        self._env.filters["figure_rows"] = write_figure_rows
        self._env.filters["number"] = write_number
        self._env.filters["keys"] = write_keys
        self._env.filters["report_rows"] = write_report_rows
        self._env.filters["links"] = write_links
        with self._tell_mistakes():
            self._head = self._env.get_template("nianbao/head.html")

    def write_page(self, template: str, view: PageView, *, listed: bool = True) -> Artefact:
        """Return the page of `view`, made by nianbao/`template`.html. Raises: DataErrors for a mistake in it."""
        site_path = view.head.site_path
        depth = site_path.count("/")
        shell, root = self._shells[depth], "../" * depth
        with self._tell_mistakes():
            head = self._head.render(head=view.head, site=self._site)
            main = self._env.get_template(f"nianbao/{template}.html").render(view=view, root=root)
        html = f"{shell.before}{head}{shell.between}{main}{shell.after}"
        return Artefact(f"{site_path}index.html", html.encode(), listed)

    @contextmanager
    def _tell_mistakes(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if mistake := explain_template_mistake(error, self._template_dirs):
                raise DataErrors([mistake]) from None
            raise
