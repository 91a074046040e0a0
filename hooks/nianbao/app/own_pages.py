"""Pages of reports among MkDocs's: names for the menu, clashes of addresses, links in Markdown that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from nianbao.editions.addresses import ARCHIVE, FIGURES_TABLE, ReportAddress, district_path, year_path
from nianbao.errors import DataError
from nianbao.model import parse_period
from nianbao.pipeline.data_folder import DataFolder
from nianbao.sources.near_miss import find_near_miss

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|^\s{0,3}\[[^\]]+\]:\s*<?([^\s>]+)")
_FENCE = re.compile(r"\s*(```|~~~)")
_CODE = re.compile("`[^`]*`")


class DocsFile(Protocol):
    """What is used of MkDocs's File: where it stands in docs/ and in the site."""

    @property
    def src_uri(self) -> str:
        """Its path in docs/."""

    @property
    def dest_uri(self) -> str:
        """Its path in the site."""


def name_pages(folder: DataFolder, *, cards: bool) -> dict[str, str]:
    """Return what the menu calls each page and file that may be linked to, by its site path.

    A report that turns out to be a draft is among them: nothing is read of reports.
    """
    names = {ARCHIVE: "全部报告", FIGURES_TABLE: "全部数字"}
    names |= {year_path(year): f"{year}年" for year in _list_years(folder)}
    for slug, paths in folder.paths.items():
        district = folder.districts[slug].name if slug in folder.districts else slug
        names[district_path(slug)] = district
        for path in paths:
            address = ReportAddress(slug, path.stem)
            names |= {address.page: f"{district} {_name_period(path.stem)}", address.record: path.stem}
            names |= {address.cards: f"{district} {_name_period(path.stem)}卡片"} if cards else {}
    return names


def find_clashes(files: Iterable[DocsFile], made: Sequence[str]) -> list[DataError]:
    """Return a mistake for each file that wants the address of one that was `made`, or a folder where that is a file.

    `made` are site paths, sorted.
    """

    def holds(path: str) -> bool:
        at = bisect_left(made, path)
        return at < len(made) and made[at] == path

    def holds_within(path: str) -> bool:
        at = bisect_left(made, f"{path}/")
        return at < len(made) and made[at].startswith(f"{path}/")

    return [
        explain_clash(file)
        for file in files
        if holds_within(file.dest_uri)
        or any(holds(path) for path in (file.dest_uri, *map(str, PurePosixPath(file.dest_uri).parents)))
    ]


def explain_clash(file: DocsFile) -> DataError:
    """Return the mistake of a file in docs/ whose address the program itself needs."""
    problem = f"网址 /{file.dest_uri.removesuffix('index.html')} 本站自己要用"
    fix = "给 docs/ 里的这个文件换个名字；是地区的网址，就给地区换一个 slug"
    return DataError(f"docs/{file.src_uri}", 0, "", problem, fix)


def is_own(path: str, pages: Collection[str]) -> bool:
    """Tell whether a path within the site can only mean a page of reports."""
    first = path.partition("/")[0]
    return f"{first}/" in pages or re.fullmatch(r"\d{4}", first) is not None


def find_wrong_entries(nav: object, pages: Collection[str], *, is_file: Callable[[str], bool]) -> list[str]:
    """Return the addresses in the menu, as they are written, that mean a page of reports and are none."""
    if isinstance(nav, str):
        parts = urlsplit(nav)
        is_wrong = not (parts.scheme or parts.netloc) and is_own(nav, pages) and not is_file(nav)
        return [nav] if is_wrong else []
    entries = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    return [path for entry in entries for path in find_wrong_entries(entry, pages, is_file=is_file)]


def find_dead_links(
    source: str,
    file: DocsFile,
    pages: Collection[str],
    *,
    others: Set[str],
    read: Callable[[str], str | None],
) -> Iterator[DataError]:
    """Yield each link of a Markdown file that means a page of reports, or a place in one, and leads nowhere.

    `others` are the paths of all other files; `read` gives the content of a site path, None where there is none.
    """
    is_code = False
    for number, line in enumerate(source.splitlines(), 1):
        is_code ^= bool(_FENCE.match(line))
        for match in _LINK.finditer("" if is_code else _CODE.sub("", line)):
            try:
                link = urlsplit(match[1] or match[2])
            except ValueError:  # of a bracket without its other half
                continue
            # As MkDocs reads it, from the file, and as a browser does where MkDocs leaves it as it is.
            wanted = [
                posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(link.path)))
                for place in (file.src_uri, file.dest_uri)
            ]
            names = [name for path in wanted if is_own(path, pages) for name in (path, f"{path}/index.html")]
            if not names or link.scheme or link.netloc or not link.path or not others.isdisjoint(names):
                continue
            content = next(filter(None, map(read, names)), None)
            if content is None:
                path = names[0] if posixpath.splitext(names[0])[1] else f"{names[0]}/"
                yield explain_dead(f"docs/{file.src_uri}", number, "", path, pages)
            elif link.fragment and f' id="{unquote(link.fragment)}"' not in content:
                problem = f"{names[0]}/ 里没有 #{unquote(link.fragment)}"
                yield DataError(f"docs/{file.src_uri}", number, "", problem, "从报告页里那一条的地址抄")


def explain_dead(file: str, line: int, key: str, path: str, pages: Collection[str]) -> DataError:
    """Return the mistake of an address that is none."""
    problem = f"没有 {path} 这一页"
    if path in pages or f"{path}/" in pages:
        fix = "报告还是草稿，就先逐条核对（nianbao review）；是 leave_out 里的，就删去这里的链接"
        return DataError(file, line, key, problem, fix)
    near = find_near_miss(path, [page for page in pages if page.endswith("/")])
    meant = f"是否指 {near}；" if near else ""
    return DataError(file, line, key, problem, f"{meant}核对地区、年份，草稿（review:）不在网站里")


def _list_years(folder: DataFolder) -> set[int]:
    years = {path.name[:4] for paths in folder.paths.values() for path in paths}
    return {int(year) for year in years if year.isascii() and year.isdigit()}


def _name_period(stem: str) -> str:
    try:
        return parse_period(stem).name
    except ValueError:
        return stem.lower()
