"""Saved web pages: a WeChat article (its #js_content), or the article of any other page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html
from readability import Document as ReadableDocument  # type: ignore[import-untyped]
from readability.readability import Unparseable  # type: ignore[import-untyped]

from nianbao.importing.noise import ASIDE, SITE, plain_text
from nianbao.importing.source_text import Merged, Origin, SourceParagraph, SourceText, TableRow, UnreadableError
from nianbao.importing.text import decode_bytes

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
# What pages name, and no other codec of Python's: some of these are slow, or none of text.
_ENCODINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5",
}
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "object",
        "iframe",
        "select",
        "button",
        "textarea",
    }
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul".split()
)
# Parts of a WeChat page that are drawn as lines of their own.
_BLOCK_IDS = frozenset({"activity-name", "js_name", "publish_time", "js_content"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BYTES_LIMIT = 20_000_000
_LONG_CELL = 80
_START = re.compile("[0-9]{1,4}")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_KEY_LENGTH = 4
_MOST_CELLS = 64


@dataclass(slots=True)
class _Walk:
    """The paragraphs of a page in order, each with the element it stands in."""

    paragraphs: list[tuple[SourceParagraph, etree._Element]] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    pictures: int = 0
    tables: int = 0
    places: dict[etree._Element, dict[etree._Element, int]] = field(default_factory=dict)

    def count_in_list(self, parent: etree._Element, item: etree._Element) -> int:
        """Return how many items of a list stand before one."""
        if parent not in self.places:
            self.places[parent] = {child: place for place, child in enumerate(parent.iterchildren("li"))}
        return self.places[parent][item]


def read_html(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return a saved page's article, its other text set apart. Raises: UnreadableError."""
    if len(content) > _BYTES_LIMIT:
        raise UnreadableError(
            f"网页有 {len(content) / 1_000_000:.0f} MB，不像一份报告",
            "只保存文章所在的网页（保存类型选“仅网页”），再导入",
        )
    text = _decode(content)
    root = _parse(text)
    walk = _Walk()
    _walk_page(root, walk)
    article = root.get_element_by_id("js_content", None)
    paragraphs = _split_article(text, walk) if article is None else _split_wechat(root, article, walk)
    if not any(paragraph.text.strip() and not paragraph.aside for paragraph in paragraphs):
        raise UnreadableError(
            "网页里没有文字（文章可能全是图片，或没有保存完整）", "在浏览器里等文章显示完整，再另存为“网页，仅 HTML”"
        )
    notes = [f"网页里有 {walk.pictures} 张图片，没有保存；图里若有字或数，请照原文补上"] if walk.pictures else []
    return SourceText(name, sha256, tuple(paragraphs), notes=tuple(notes))


def _decode(content: bytes) -> str:
    named = _CHARSET.search(content[:4096])
    encoding = _ENCODINGS.get(named.group(1).decode("ascii").lower(), "") if named else ""
    if encoding:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return decode_bytes(content, limit=_BYTES_LIMIT)


def _parse(text: str) -> html.HtmlElement:
    # The declaration of an encoding no longer holds for decoded text, and lxml refuses it.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError, AssertionError) as failure:
        raise UnreadableError("网页里没有内容", "在浏览器里打开，另存为“网页，仅 HTML”，再导入") from failure
    # Past its limits the parser leaves the rest of a page out, and says so only here.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError(
            "网页太深或太大，只能读到一部分", "在浏览器里打开，把文章复制到 Word 里，存成 .docx，再导入"
        )
    return root


def _walk_page(root: etree._Element, walk: _Walk) -> None:
    """Gather the visible text below an element, one paragraph a block; without recursion, however deep the page."""
    todo: list[tuple[etree._Element, bool]] = [(root, False)]
    while todo:
        element, is_closing = todo.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS or element.get("id") in _BLOCK_IDS
        if is_closing:
            if is_block:
                _flush(walk, element)
            walk.buffer.append(element.tail or "")
            continue
        if not tag or tag in _SKIPPED:
            walk.buffer.append(element.tail or "")
            continue
        if is_block:
            _flush(walk, element.getparent())
        if tag == "br":
            _flush(walk, element.getparent())
        elif tag == "img":
            walk.pictures += 1
        elif tag == "table" and not _is_layout(element):
            _add_rows(walk, element)
            walk.buffer.append(element.tail or "")
            continue
        todo.append((element, True))
        walk.buffer.append(element.text or "")
        todo.extend((child, False) for child in reversed(element))


def _flush(walk: _Walk, element: etree._Element | None) -> None:
    text = _SPACES.sub(" ", "".join(walk.buffer))
    walk.buffer.clear()
    if text.strip() and element is not None:
        level, number = _find_heading(element, walk)
        walk.paragraphs.append((SourceParagraph(text, level=level, number=number), element))


def _find_heading(element: etree._Element, walk: _Walk) -> tuple[int, str]:
    block: etree._Element | None = element
    while block is not None and block.tag not in _BLOCKS:
        block = block.getparent()
    if block is None:
        return 0, ""
    number = ""
    parent = block.getparent()
    if block.tag == "li" and parent is not None and parent.tag == "ol":
        start = parent.get("start", "")
        first = int(start) if _START.fullmatch(start) else 1
        number = f"{first + walk.count_in_list(parent, block)}."
    return _HEADINGS.get(str(block.tag), 0), number


def _is_layout(table: etree._Element) -> bool:
    """Return whether a table only lays text out: one column, tables in it, links, or cells with whole paragraphs."""
    rows = list(table.iter("tr"))
    cells = [cell for row in rows for cell in row.iter("td", "th")]
    if not cells or all(sum(1 for _ in row.iter("td", "th")) <= 1 for row in rows):
        return True
    told = [cell for cell in cells if isinstance(cell, html.HtmlElement) and cell.text_content().strip()]
    if 2 * sum(cell.find(".//a") is not None for cell in told) > len(told) or table.find(".//table") is not None:
        return True
    return any(len(cell.text_content().strip()) > _LONG_CELL for cell in cells if isinstance(cell, html.HtmlElement))


def _add_rows(walk: _Walk, table: etree._Element) -> None:
    walk.tables += 1
    below: dict[int, int] = {}  # by column: how many rows more a cell above covers
    for row in table.iter("tr", "caption"):
        walk.pictures += sum(1 for _ in row.iter("img"))
        if row.tag == "caption":
            if text := _read_cell(row):
                walk.paragraphs.append((SourceParagraph(text), row))
            continue
        cells: list[str | Merged] = []
        for cell in row.iter("td", "th"):
            _cover(cells, below)
            width, height = _read_span(cell, "colspan"), _read_span(cell, "rowspan")
            below |= dict.fromkeys(range(len(cells), len(cells) + width), height - 1) if height > 1 else {}
            cells += [_read_cell(cell), *[Merged.LEFT] * (width - 1)]
        _cover(cells, below)
        table_row = TableRow(walk.tables, tuple(cells[:_MOST_CELLS]))
        if table_row.text.strip():
            walk.paragraphs.append((SourceParagraph(table_row.text, Origin.TABLE, row=table_row), row))


def _cover(cells: list[str | Merged], below: dict[int, int]) -> None:
    """Go on in a row over the columns that cells above cover."""
    while below.get(len(cells)):
        below[len(cells)] -= 1
        cells.append(Merged.UP)


def _read_cell(cell: etree._Element) -> str:
    return _SPACES.sub(" ", "".join(str(text) for text in cell.itertext())).strip()


def _read_span(cell: etree._Element, name: str) -> int:
    span = cell.get(name, "1").strip()
    return min(int(span), _MOST_CELLS) if span.isascii() and span.isdigit() and int(span) else 1


def _split_wechat(root: html.HtmlElement, article: etree._Element, walk: _Walk) -> list[SourceParagraph]:
    """Return the article with its title before it; what else the page says is set apart."""
    title = root.get_element_by_id("activity-name", None)
    published = root.get_element_by_id("publish_time", None)
    parted = []
    for paragraph, element in walk.paragraphs:
        if _is_within(element, article):
            parted.append(paragraph)
        elif title is not None and _is_within(element, title):
            parted.append(replace(paragraph, level=0))
        elif published is not None and _is_within(element, published):
            parted.append(replace(paragraph, aside=SITE))
        else:
            parted.append(replace(paragraph, aside=ASIDE))
    return parted


def _is_within(element: etree._Element, ancestor: etree._Element) -> bool:
    return element is ancestor or any(above is ancestor for above in element.iterancestors())


def _split_article(text: str, walk: _Walk) -> list[SourceParagraph]:
    """Return a page's paragraphs; those before and after its article are set apart.

    The article is found by its best blocks. Everything between the first and the last of them stays, because an
    extractor takes short headings for furniture.
    """
    keys = [plain_text(paragraph.text) for paragraph, _ in walk.paragraphs]
    found = set(_extract_keys(text))
    matched = [place for place, key in enumerate(keys) if len(key) >= _KEY_LENGTH and key in found]
    first, last = (matched[0], matched[-1]) if matched else (0, len(keys) - 1)
    title = _find_title(walk, first)
    parted = []
    for place, (paragraph, _) in enumerate(walk.paragraphs):
        if place == title:
            parted.append(replace(paragraph, level=0))
        elif first <= place <= last:
            parted.append(paragraph)
        else:
            parted.append(replace(paragraph, aside=ASIDE))
    return parted


def _find_title(walk: _Walk, first: int) -> int | None:
    """Return the place of the page's main heading before its article."""
    places = [place for place, (paragraph, _) in enumerate(walk.paragraphs[:first]) if paragraph.level in {1, 2}]
    return places[-1] if places else None


def _extract_keys(text: str) -> Iterator[str]:
    try:
        summary = ReadableDocument(text).summary(html_partial=True)
    except (Unparseable, RecursionError, etree.LxmlError, ValueError, AssertionError, TypeError):
        return
    inner = _Walk()
    try:
        _walk_page(html.fromstring(summary), inner)
    except (etree.LxmlError, ValueError, AssertionError):
        return
    for paragraph, _ in inner.paragraphs:
        yield plain_text(paragraph.text)
