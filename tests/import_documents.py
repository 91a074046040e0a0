"""Word documents of the sorts that staff make, built by code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from PIL import Image

from nianbao.importing.source_text import SourceParagraph, SourceText
from nianbao.importing.zip_package import open_package

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICIAL_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def add_list(document: Any, levels: Sequence[tuple[str, str]] = OFFICIAL_LEVELS) -> None:
    """Add list 77 to a document: for each level its format and its text."""
    rows = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{rows}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def number(paragraph: Any, level: int) -> Any:
    """Put a paragraph into list 77."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
    )
    return paragraph


def append_xml(paragraph: Any, xml: str) -> Any:
    """Append runs, given as XML without its namespace, to a paragraph."""
    for element in parse_xml(f"<w:p {W}>{xml}</w:p>"):
        paragraph._p.append(element)
    return paragraph


def append_text_box(paragraph: Any, text: str) -> Any:
    """Append a text box."""
    return append_xml(
        paragraph,
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )


def draw_picture(shade: int = 0) -> io.BytesIO:
    """Return a small PNG, another for each shade."""
    content = io.BytesIO()
    Image.new("RGB", (4, 4), (255, shade, 0)).save(content, "PNG")
    content.seek(0)
    return content


def save(document: Any) -> bytes:
    """Return a document's bytes."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def make_staff_document() -> bytes:
    """Return a report as staff write it: heading styles, automatic numbers, a table, a tracked change, a picture."""
    document = docx.Document()
    add_list(document)
    document.add_heading("梅岭县残疾人联合会2023年工作总结", 0)
    document.add_paragraph("2023年，县残联把服务送到家门口。")
    number(document.add_heading("2023年主要工作", 1), 0)
    number(document.add_heading("康复托养", 2), 1)
    document.add_paragraph("为860名残疾人提供康复训练，新建日间照料点6个。")
    number(document.add_heading("就业增收", 2), 1)
    number(document.add_paragraph("技能培训。办班9期，培训420人次。"), 2)
    number(document.add_paragraph("安置就业。新增按比例就业75人。"), 2)
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows,
        [("项目", "数量", "比上年"), ("辅具适配", "530件", "增加12%"), ("无障碍改造", "120户", "持平")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    number(document.add_heading("存在问题", 1), 0)
    document.add_paragraph("专业人才少，村一级力量薄弱。")
    number(document.add_heading("2024年工作打算", 1), 0)
    changed = append_xml(
        document.add_paragraph("全年服务"),
        '<w:del w:id="1" w:author="a"><w:r><w:delText>1000</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>1200</w:t></w:r></w:ins>',
    )
    changed.add_run("名残疾人。")
    append_text_box(document.add_paragraph("热线不停。"), "接听2300个。")
    document.add_picture(draw_picture())
    document.add_paragraph("梅岭县残疾人联合会")
    document.add_paragraph("2023年12月30日")
    return save(document)


def add_part(content: bytes, *, kind: str, xml: str) -> bytes:
    """Return a Word document with one more part: footnotes, comments and the like, by their kind."""
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    part_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"

    def change(name: str, member: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            entry = f'<Relationship Id="rId-{kind}" Type="{relation}" Target="{kind}.xml"/></Relationships>'
            return member.replace(b"</Relationships>", entry.encode())
        if name == "[Content_Types].xml":
            entry = f'<Override PartName="/word/{kind}.xml" ContentType="{part_type}"/></Types>'
            return member.replace(b"</Types>", entry.encode())
        return member

    made = io.BytesIO(alter(content, change))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(f"word/{kind}.xml", xml)
    return made.getvalue()


def add_styles(content: bytes, styles: str) -> bytes:
    """Return a Word document with more styles, given as XML."""
    return alter(
        content,
        lambda name, member: (
            member.replace(b"</w:styles>", f"{styles}</w:styles>".encode()) if name == "word/styles.xml" else member
        ),
    )


def alter(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with its members changed; None leaves one out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = change(name, old.read(name))
            if member is not None:
                new.writestr(name, member)
    return made.getvalue()


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name, member)
    return content.getvalue()


def read_toy(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Read a toy format as a reader does: a ZIP file with the report in content.txt."""
    with open_package(content) as package:
        text = package.read("content.txt").decode()
    return SourceText(name, sha256, tuple(SourceParagraph(line) for line in text.split("\n")))


def empty_texts(name: str, member: bytes) -> bytes:
    """Take the text out of a document's body."""
    return re.sub(rb"<w:t[ >].*?</w:t>", b"", member) if name == "word/document.xml" else member


def write(folder: Path, name: str, content: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
