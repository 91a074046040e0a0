"""What MkDocs is told of the builder's files and pages, and what is asked of MkDocs's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from nianbao.app import own_pages
from nianbao.app.site_builder import SiteBuilder
from nianbao.errors import DataError, DataErrors


class _OwnPage(File):
    """A page or file of the builder's, so that menu and links know it. The builder puts it in its place."""

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing."""


def add_files(files: Files, config: MkDocsConfig, builder: SiteBuilder) -> None:
    """Put in assets and schemas. Raises: DataErrors for a file of docs/ that wants the address of one."""
    own = [
        *(File.generated(config, asset.site_path, content=asset.content) for asset in builder.assets),
        *(
            File.generated(config, f"data/schema/{path.name}", abs_src_path=str(path))
            for path in sorted((builder.root / "data" / "schema").glob("*.schema.json"))
        ),
    ]
    taken = {*(file.dest_uri for file in own), *config.theme.static_templates}
    clashes = [own_pages.explain_clash(file) for file in files if file.dest_uri in taken and _is_from_docs(file)]
    if clashes:
        raise DataErrors(clashes)
    for file in own:
        files.append(file)
    for file in files:
        # exclude_docs and draft_docs are of docs/ alone: MkDocs asks them of the theme's files as well.
        if file in own or (file.inclusion is InclusionLevel.UNDEFINED and file.generated_by is None):
            file.inclusion = InclusionLevel.INCLUDED


def add_own_pages(files: Files, config: MkDocsConfig, pages: Mapping[str, str]) -> None:
    """Let menu and links know the pages of reports. Raises: DataErrors for one in the menu that is none."""
    for path in pages:
        if files.get_file_from_path(path) is None:
            page = _OwnPage.generated(config, path.rstrip("/"), content=b"", inclusion=InclusionLevel.INCLUDED)
            page.dest_uri = f"{path}index.html" if path.endswith("/") else path
            files.append(page)
    wrong = own_pages.find_wrong_entries(config.nav, pages, is_file=lambda path: bool(files.get_file_from_path(path)))
    _refuse_entries(config, wrong, pages)


def name_own_pages(nav: Navigation, pages: Mapping[str, str]) -> None:
    """Name the pages of reports that stand in the menu without a name."""
    for page in nav.pages:
        if isinstance(page.file, _OwnPage) and page.title is None:
            page.title = pages[page.file.dest_uri.removesuffix("index.html")]


def check_own_pages(nav: Navigation, config: MkDocsConfig, pages: Mapping[str, str], builder: SiteBuilder) -> None:
    """Raises: DataErrors for a page in the menu that was not made, since its report is a draft."""
    entries = (page.file for page in nav.pages if isinstance(page.file, _OwnPage))
    drafts = [file.src_uri for file in entries if builder.read_made(file.dest_uri) is None]
    _refuse_entries(config, drafts, pages)


def find_clashes(files: Files, builder: SiteBuilder) -> list[DataError]:
    """Return a mistake for each file of docs/ that wants an address of the builder's."""
    return own_pages.find_clashes([file for file in files if _is_from_docs(file)], builder.made_paths)


def find_dead_links(files: Files, pages: Mapping[str, str], builder: SiteBuilder) -> list[DataError]:
    """Return a mistake for each link in Markdown that means a page of reports and leads nowhere."""
    others = {uri for file in files if not isinstance(file, _OwnPage) for uri in (file.src_uri, file.dest_uri)}
    return [
        mistake
        for file in files.documentation_pages()
        for mistake in own_pages.find_dead_links(
            file.content_string, file, pages, others=others, read=builder.read_made
        )
    ]


def mark_titles(files: Files) -> None:
    """Mark the titles that are HTML: MkDocs gives one that comes from a heading so, and any other as text."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.page and file.page.title and file.page.title == file.page._title_from_render:
            file.page.title = Markup(file.page.title)


def read_title(page: Page | None) -> str:
    """Return the title of a page as text."""
    title = page.title if page else ""
    return title.unescape() if isinstance(title, Markup) else str(title or "")


def _is_from_docs(file: File) -> bool:
    return not (isinstance(file, _OwnPage) or file.inclusion in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT})


def _refuse_entries(config: MkDocsConfig, wrong: list[str], pages: Mapping[str, str]) -> None:
    settings = Path(config.config_file_path or "mkdocs.yml")
    lines = settings.read_text(encoding="utf-8").splitlines() if wrong else []
    errors = [
        own_pages.explain_dead(
            settings.name, next((number for number, line in enumerate(lines, 1) if path in line), 0), "nav", path, pages
        )
        for path in wrong
    ]
    if errors:
        raise DataErrors(errors)
