"""Word documents (.docx): headings, automatic numbers, tables, text boxes, footnotes, tracked changes as accepted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from lxml import etree

from nianbao.importing.docx_numbering import Numbering, W, read_numbering
from nianbao.importing.docx_styles import LEVELS, Styles, is_on, read_styles, read_value
from nianbao.importing.noise import CONTENTS
from nianbao.importing.pictures import PictureBox
from nianbao.importing.source_text import Merged, Origin, SourceParagraph, SourceText, TableRow, UnreadableError
from nianbao.importing.zip_package import BROKEN, open_package, parse_xml, refuse_entities

_LONG_CELL = 80
_MOST_CELLS = 64
_ONE_LINE = re.compile(r"[\t\n\r\v\f]+")
_R_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_RUNNING_HEAD = "页眉页脚"


@dataclass(slots=True)
class _Gathered:
    """What one paragraph holds beside its own text."""

    pieces: list[str] = field(default_factory=list)
    deleted: int = 0
    hidden: int = 0
    boxes: list[etree._Element] = field(default_factory=list)
    note_ids: list[tuple[str, str]] = field(default_factory=list)
    picture_ids: list[str] = field(default_factory=list)
    charts: int = 0


@dataclass(slots=True)
class _BodyReader:
    document: Document
    numbering: Numbering
    notes_by_id: dict[tuple[str, str], etree._Element]
    styles: Styles
    box: PictureBox = field(default_factory=PictureBox)
    charts: int = 0
    deleted: int = 0
    hidden: int = 0
    tables: int = 0

    def read_blocks(
        self, parent: etree._Element, *, origin: Origin = Origin.TEXT, in_contents: bool = False
    ) -> Iterator[SourceParagraph]:
        """Yield the paragraphs of a body, a cell, a text box or a note, in their order."""
        carried = ""
        for element in _iterate_blocks(parent):
            if element.tag == f"{W}tbl":
                yield from self._read_table(element, origin)
                continue
            is_contents = in_contents or _stands_in_contents(element)
            paragraphs = self._read_paragraph(element, origin, is_contents=is_contents, before=carried)
            carried = ""
            if _is_mark_deleted(element) and "\n" not in paragraphs[0].text:
                # With its mark deleted, a paragraph goes on in the next one.
                carried = paragraphs.pop(0).text
            yield from paragraphs
        if carried:
            yield SourceParagraph(carried, origin)

    def _read_paragraph(
        self, element: etree._Element, origin: Origin, *, is_contents: bool, before: str
    ) -> list[SourceParagraph]:
        """Return the lines of a paragraph, then its text boxes and its notes."""
        gathered = _Gathered()
        _gather(element, gathered, self.styles.hidden)
        text = before + "".join(gathered.pieces)
        style = _property(element, "pStyle")
        aside = CONTENTS if is_contents or style in self.styles.contents else ""
        level = self._find_level(element, style)
        number = self._find_number(element, style) if text.strip() else ""
        self.charts += gathered.charts
        self.deleted += gathered.deleted
        self.hidden += gathered.hidden
        first, *others = text.split("\n")
        pictures = tuple(self._save_pictures(gathered.picture_ids))
        is_centred = _property(element, "jc") == "center"
        read = [SourceParagraph(first, origin, level, number, aside, pictures, is_centred=is_centred)]
        read += [SourceParagraph(line, origin, level, "", aside, is_centred=is_centred) for line in others]
        for box in gathered.boxes:
            read += self.read_blocks(box, origin=Origin.TEXT_BOX)
        # A note is read once, and the notes of notes are not: Word has none, and they could go on for ever.
        for key in gathered.note_ids if origin is not Origin.FOOTNOTE else ():
            if key in self.notes_by_id:
                read += self.read_blocks(self.notes_by_id.pop(key), origin=Origin.FOOTNOTE)
        return read

    def _read_table(self, table: etree._Element, origin: Origin) -> Iterator[SourceParagraph]:
        """Yield a table's rows; a table that only lays text out, with paragraphs in its cells, as these paragraphs."""
        rows = [list(row.iterfind(f"{W}tc")) for row in table.iterfind(f"{W}tr")]
        cells = [[tuple(self.read_blocks(cell, origin=origin)) for cell in row] for row in rows]
        longest = max((len(p.text) for row in cells for cell in row for p in cell), default=0)
        if all(len(row) <= 1 for row in rows) or longest > _LONG_CELL:
            for row in cells:
                for cell in row:
                    yield from cell
            return
        self.tables += 1
        for elements, row in zip(rows, cells, strict=True):
            kept = [p for cell in row for p in cell if not p.aside]
            pictures = tuple(name for p in kept for name in p.pictures)
            spread = [part for cell, read in zip(elements, row, strict=True) for part in _spread_cell(cell, read)]
            table_row = TableRow(self.tables, tuple(spread[:_MOST_CELLS]))
            yield SourceParagraph(table_row.text, Origin.TABLE, pictures=pictures, row=table_row)
            yield from (p for cell in row for p in cell if p.aside)

    def _find_level(self, element: etree._Element, style: str) -> int:
        outline = _property(element, "outlineLvl")
        if outline in LEVELS:
            return int(outline) + 1
        return self.styles.heading_levels.get(style, 0)

    def _find_number(self, element: etree._Element, style: str) -> str:
        number = element.find(f"{W}pPr/{W}numPr")
        number_id, level = self.styles.numbers.get(style, ("", 0))
        if number is not None:
            number_id = read_value(number.find(f"{W}numId")) or number_id
            level_text = read_value(number.find(f"{W}ilvl"))
            level = int(level_text) if level_text in LEVELS else level
        return self.numbering.next_number(number_id, level) if number_id not in {"", "0"} else ""

    def _save_pictures(self, ids: list[str]) -> list[str]:
        names: list[str] = []
        for picture_id in ids:
            part = self.document.part.related_parts.get(picture_id)
            if part is None:
                continue
            name = self.box.add(part.blob, kind=str(part.partname).rpartition(".")[2].lower())
            if name and name not in names:
                names.append(name)
        return names


def read_docx(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return a Word document's paragraphs. Raises: UnreadableError."""
    with open_package(content):
        try:
            document = docx.Document(io.BytesIO(content))
            refuse_entities(document.element)
            reader = _make_reader(document)
            paragraphs = [
                *reader.read_blocks(document.element.body),
                *_read_running_heads(document, reader.styles.hidden),
            ]
        except (OpcError, AttributeError) as failure:
            raise UnreadableError(*BROKEN) from failure
    has_pictures = bool(reader.box.pictures or reader.box.tell())
    if not any(paragraph.text.strip() and not paragraph.aside for paragraph in paragraphs):
        fix = (
            "图片里的字要先打成文字（Word 或输入法的“图片转文字”），再导入"
            if has_pictures
            else "打开文件看看有没有文字，保存后再导入"
        )
        raise UnreadableError("文件里只有图片，没有文字" if has_pictures else "文件是空的", fix)
    notes = [
        note
        for count, note in (
            (reader.charts, "原文有 {} 个图表（不是图片）读不了，图表里的数请照原文件补上"),
            (reader.deleted, "原文有修订中删去的文字 {} 字，没有写进来"),
            (reader.hidden, "原文有隐藏文字 {} 字，没有写进来"),
            (_count_comments(document), "原文有批注 {} 条，没有写进来"),
        )
        for note in ([note.format(count)] if count else [])
    ]
    return SourceText(name, sha256, tuple(paragraphs), tuple(reader.box.pictures), (*notes, *reader.box.tell()))


def _make_reader(document: Document) -> _BodyReader:
    numbering_part = _find_part(document, "numbering")
    numbering = read_numbering(parse_xml(numbering_part.blob) if numbering_part is not None else None)
    return _BodyReader(document, numbering, _read_notes(document), read_styles(document.styles.element))


def _find_part(document: Document, kind: str) -> Part | None:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            part: Part = relation.target_part
            return part
    return None


def _read_notes(document: Document) -> dict[tuple[str, str], etree._Element]:
    notes: dict[tuple[str, str], etree._Element] = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        part = _find_part(document, kind)
        if part is None:
            continue
        for element in parse_xml(part.blob).iterfind(f"{W}{tag}"):
            notes[tag, element.get(f"{W}id", "")] = element
    return notes


def _count_comments(document: Document) -> int:
    part = _find_part(document, "comments")
    return sum(1 for _ in parse_xml(part.blob).iterfind(f"{W}comment")) if part is not None else 0


def _read_running_heads(document: Document, hidden_styles: frozenset[str]) -> Iterator[SourceParagraph]:
    seen: set[str] = set()
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/header", "/footer")):
            continue
        for element in parse_xml(relation.target_part.blob).iter(f"{W}p"):
            gathered = _Gathered()
            _gather(element, gathered, hidden_styles)
            text = "".join(gathered.pieces).replace("\n", " ")
            if text.strip() and text not in seen:
                seen.add(text)
                yield SourceParagraph(text, Origin.RUNNING_HEAD, aside=_RUNNING_HEAD)


def _spread_cell(cell: etree._Element, paragraphs: Sequence[SourceParagraph]) -> list[str | Merged]:
    """Return what a cell gives its row: its text, and for each column more that it covers that it does."""
    words = " ".join(p.text.strip() for p in paragraphs if not p.aside and p.text.strip())
    span = read_value(cell.find(f"{W}tcPr/{W}gridSpan"))
    width = min(int(span), _MOST_CELLS) if span.isdigit() and int(span) else 1
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merge is not None and read_value(merge) != "restart" and not words
    return [Merged.UP] * width if goes_on else [_ONE_LINE.sub(" ", words), *[Merged.LEFT] * (width - 1)]


def _iterate_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also from inside content controls and accepted insertions."""
    todo = list(reversed(parent))
    while todo:
        element = todo.pop()
        if element.tag in {f"{W}p", f"{W}tbl"}:
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}:
            todo.extend(reversed(element))


def _stands_in_contents(element: etree._Element) -> bool:
    for above in element.iterancestors(f"{W}sdt"):
        gallery = above.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if read_value(gallery) == "Table of Contents":
            return True
    return False


def _is_mark_deleted(element: etree._Element) -> bool:
    return element.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _gather(paragraph: etree._Element, gathered: _Gathered, hidden_styles: frozenset[str]) -> None:
    """Walk through a paragraph in the order of its text; of what was deleted or is hidden only the length is told."""
    is_paragraph_hidden = _property(paragraph, "pStyle") in hidden_styles
    todo: list[tuple[etree._Element, bool, bool]] = [(e, False, is_paragraph_hidden) for e in reversed(paragraph)]
    while todo:
        element, is_deleted, is_hidden = todo.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in {_FALLBACK, f"{W}pPr", f"{W}rt", f"{W}instrText"}:
            continue
        if tag == f"{W}r":
            is_hidden = _is_hidden(element, hidden_styles, is_hidden)
        is_deleted = is_deleted or tag in {f"{W}del", f"{W}moveFrom", f"{W}delText"}
        if is_deleted or is_hidden:
            length = len((element.text or "").strip()) if tag in {f"{W}t", f"{W}delText"} else 0
            gathered.deleted += length if is_deleted else 0
            gathered.hidden += 0 if is_deleted else length
            todo.extend((child, is_deleted, is_hidden) for child in reversed(element))
            continue
        if tag == f"{W}txbxContent":
            gathered.boxes.append(element)
            continue
        gathered.pieces.append(_read_text(element))
        if tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
            gathered.note_ids.append((kind, element.get(f"{W}id", "")))
        elif tag == _BLIP and element.get(_R_EMBED):
            gathered.picture_ids.append(str(element.get(_R_EMBED)))
        elif tag == _IMAGE_DATA and element.get(_R_ID):
            gathered.picture_ids.append(str(element.get(_R_ID)))
        elif tag == _CHART:
            gathered.charts += 1
        todo.extend((child, False, False) for child in reversed(element))


def _read_text(element: etree._Element) -> str:
    """Return what an element of a run is in the text; empty for one that is none."""
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in {f"{W}br", f"{W}cr"}:
        return "" if element.get(f"{W}type") in {"page", "column"} else "\n"
    return {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}.get(str(element.tag), "")


def _is_hidden(run: etree._Element, hidden_styles: frozenset[str], is_hidden: bool) -> bool:
    """Return whether a run is hidden: by itself, by its style, or with its paragraph."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return is_hidden
    vanish = properties.find(f"{W}vanish")
    if vanish is not None:
        return is_on(vanish)
    return is_hidden or read_value(properties.find(f"{W}rStyle")) in hidden_styles


def _property(paragraph: etree._Element, name: str) -> str:
    return read_value(paragraph.find(f"{W}pPr/{W}{name}"))
