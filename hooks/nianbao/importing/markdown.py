"""Markdown: headings, lists and tables by their marks, which are set apart."""

from __future__ import annotations

import re

from nianbao.importing.source_text import Origin, SourceParagraph, SourceText, TableRow
from nianbao.importing.text import LINE_END, decode_bytes

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_RULE = re.compile(r" {0,3}(?:-[ -]*-[ -]*-|\*[ *]*\*[ *]*\*|_[ _]*_[ _]*_)[ -_]*$|\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?$")
_BULLET = re.compile(r"\s*([-*+>]) (?=\S)")
_ROW = re.compile(r"\s*\|(.+)\|\s*$")


def read_markdown(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return a Markdown file's lines as paragraphs, its headings and tables known. Raises: UnreadableError."""
    lines = LINE_END.split(decode_bytes(content))
    return SourceText(name, sha256, tuple(paragraph for line in lines for paragraph in _read_line(line)))


def _read_line(line: str) -> list[SourceParagraph]:
    heading = _HEADING.match(line)
    if heading:
        return [
            SourceParagraph(heading.group(1), aside="Markdown 符号"),
            SourceParagraph(heading.group(2), level=len(heading.group(1))),
        ]
    if _RULE.match(line):
        return [SourceParagraph(line, aside="Markdown 符号")]
    row = _ROW.match(line)
    if row:
        # One table may go on where the text between two is blank: number_tables tells them apart.
        cells = TableRow(0, tuple(cell.strip() for cell in row.group(1).split("|")))
        return [SourceParagraph(cells.text, origin=Origin.TABLE, row=cells)]
    bullet = _BULLET.match(line)
    if bullet:
        return [SourceParagraph(bullet.group(1), aside="Markdown 符号"), SourceParagraph(line[bullet.end() :])]
    return [SourceParagraph(line)]
