"""Tables in plain text and Markdown: rows of cells between tabs or bars."""

from __future__ import annotations

from dataclasses import replace

from nianbao.importing.source_text import Origin, SourceParagraph, SourceText, TableRow
from nianbao.importing.table_words import find_unit, is_caption


def number_tables(source: SourceText) -> SourceText:
    """Return the source with its rows of cells as tables: those that have no number yet, and those that were pasted.

    Lines with tabs are rows where a caption or a unit stands over them: tabs parted words before tables did.
    """
    last = max((paragraph.row.table for paragraph in source.paragraphs if paragraph.row), default=0)
    paragraphs: list[SourceParagraph] = []
    is_open = is_led = False
    for paragraph in source.paragraphs:
        row = paragraph.row
        if row is None and paragraph.origin is Origin.TEXT and "\t" in paragraph.text.strip() and (is_led or is_open):
            row = TableRow(0, tuple(paragraph.text.split("\t")))
        if row and row.table == 0:
            last += not is_open
            is_open, is_led = True, False
            paragraphs.append(replace(paragraph, origin=Origin.TABLE, row=replace(row, table=last)))
            continue
        paragraphs.append(paragraph)
        if paragraph.aside or not paragraph.text.strip():
            continue
        is_open = False
        is_led = paragraph.origin is Origin.TEXT and (
            is_caption(paragraph.text.strip()) or find_unit(paragraph.text) is not None
        )
    return replace(source, paragraphs=tuple(paragraphs))
