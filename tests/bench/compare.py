"""Whether two built sites hold the same pages: the same text, the same elements, the same amount of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

# What says who or where, not how it looks: compared for each element.
_ATTRIBUTES = ("class", "id", "href", "value", "title", "datetime", "data-kind", "data-number", "name", "property")
# What holds characters of a line together: the rules differ in rare places, and the same is to be read.
_HELD = (("span", {"class": "nb"}), ("span", {"class": "name"}))
_SIZE_TOLERANCE = 0.03
_WHITE_SPACE = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Reads a page as its elements with what they say, and its text without white space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.texts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        told = {name: value or "" for name, value in attrs if name in _ATTRIBUTES}
        if (tag, told) in _HELD:
            return
        words = (f"{name}={_plain(told[name])}" for name in _ATTRIBUTES if name in told)
        self.elements.append(" ".join((tag, *words)))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class calls it so
        self._in_script = False

    def handle_data(self, data: str) -> None:
        # JSON-LD may order its keys as it likes.
        text = _WHITE_SPACE.sub("", data)
        if text:
            self.texts.append("".join(sorted(text)) if self._in_script else text)


def list_differences(first: Path, second: Path) -> Iterator[str]:
    """Yield a line for each difference between two sites: pages, then elements, text and size of each page."""
    pages, others = _list_pages(first), _list_pages(second)
    for page in sorted(pages ^ others):
        yield f"{page}: only in {first.name if page in pages else second.name}"
    size_bytes = [0, 0]
    for page in sorted(pages & others):
        sources = [(site / page).read_text(encoding="utf-8") for site in (first, second)]
        size_bytes = [total + len(source.encode()) for total, source in zip(size_bytes, sources, strict=True)]
        yield from _compare_page(page, *sources)
    if abs(size_bytes[1] / size_bytes[0] - 1) > _SIZE_TOLERANCE:
        yield f"all pages: {size_bytes[0]} and {size_bytes[1]} bytes of HTML"


def _plain(value: str) -> str:
    """An attribute's value apart from how an address is written: %E4%B8%80 for a character, ../. for ../, ./a for a."""
    return unquote(value).removesuffix("/.").removesuffix("/").removeprefix("./")


def _list_pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def _compare_page(page: str, source: str, other: str) -> Iterator[str]:
    first, second = _read(source), _read(other)
    for what, one, two in (("element", first.elements, second.elements), ("text", first.texts, second.texts)):
        if "".join(one) != "".join(two):
            at = next((n for n, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), -1)
            yield f"{page}: {what} {at}: {one[at]!r} and {two[at]!r} ({len(one)} and {len(two)} in all)"


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader
