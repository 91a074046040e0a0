"""Pages of reports in the index of Material's search, whose plugin is given Markdown pages alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Protocol

_MENU = re.compile("<nav.*?</nav>", re.DOTALL)
# The id of what a heading names: Material makes an entry of each heading that has one of its own.
_NAMED = re.compile(r' id="([^"]+)"([^>]*>)\s*<(h[34])>')
_CHINESE = re.compile("[\u3400-\u9fff]+")


class SearchIndex(Protocol):
    """What is used of Material's index: an entry is {location, title, text}."""

    entries: list[dict[str, Any]]

    def add_entry_from_context(self, page: Any) -> None:
        """Add an entry for each section of a page."""


def add_pages(index: SearchIndex, pages: Iterable[tuple[str, str]]) -> None:
    """Add pages, each by its folder and its HTML, and part the words of all entries as Material does with jieba."""
    import rjieba  # noqa: PLC0415 - takes half a second; a site without search has no use for it

    for site_path, html in pages:
        title = html.partition("<title>")[2].partition("</title>")[0].rpartition(" · ")[0]
        main = _MENU.sub("", html.partition("<main")[2].partition(">")[2].partition("</main>")[0])
        content = _NAMED.sub(r'\2<\3 id="\1">', main)
        index.add_entry_from_context(SimpleNamespace(url=site_path, title=title, meta={}, toc=(), content=content))
    for entry in index.entries:
        for key in ("title", "text"):
            parted = _CHINESE.sub(lambda run: "\u200b".join(("", *rjieba.cut(run[0]), "")), entry[key])
            entry[key] = parted.strip("\u200b")
