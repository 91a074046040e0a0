"""A Word document as a package: what is refused before it is opened, and what its styles say of paragraphs."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from nianbao.sources.imports.docx_numbering import W
from nianbao.sources.imports.source_text import UnreadableError

UNPACKED_LIMIT_BYTES = 100_000_000
_TEXT_LIMIT_BYTES = 40_000_000
_PACKED_RATIO = 150
_RATIO_FROM_BYTES = 10_000_000
BROKEN = ("Word 文件已损坏，打不开", "用 Word 打开它，另存为一个新的 .docx，再导入")
ENTITIES = ("文件里有外部实体声明，为安全起见不读", "用 Word 打开，另存为新的 .docx，再导入")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"toc\b|目录", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """What paragraph styles mean, by their ids: the level of headings, the list and its level, tables of contents."""

    heading_levels: dict[str, int]
    numbers: dict[str, tuple[str, int]]
    contents: frozenset[str]


def check_package(content: bytes) -> None:
    """Refuse what unpacks to more than a report, and XML that declares a document type. Raises: UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            unpacked = sum(member.file_size for member in members)
            texts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
            text_bytes = sum(member.file_size for member in texts)
            packed = max(1, sum(member.compress_size for member in members))
            if (
                unpacked > UNPACKED_LIMIT_BYTES
                or text_bytes > _TEXT_LIMIT_BYTES
                or (unpacked > _RATIO_FROM_BYTES and unpacked / packed > _PACKED_RATIO)
            ):
                raise UnreadableError(
                    f"解压后有 {unpacked / 1_000_000:.0f} MB，不像一份报告（可能是压缩炸弹）",
                    "确认文件来源可靠，用 Word 打开，另存为新的 .docx，再导入",
                )
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableError("文件有密码", "用 Word 打开，取消密码，另存为 .docx，再导入")
            if "word/document.xml" not in package.namelist() and not any("document" in m.filename for m in texts):
                raise UnreadableError(*BROKEN)
            for member in texts:
                if re.search(rb"<!(?:DOCTYPE|ENTITY)", package.read(member)):
                    raise UnreadableError(*ENTITIES)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as failure:
        raise UnreadableError(*BROKEN) from failure


def read_styles(root: etree._Element) -> Styles:
    """Return what the styles of a document mean; a style means what the one it is based on does."""
    levels: dict[str, int] = {}
    numbers: dict[str, tuple[str, int]] = {}
    contents: set[str] = set()
    based_on: dict[str, str] = {}
    for style in root.iterfind(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        name = read_value(style.find(f"{W}name"))
        heading = _HEADING_NAME.match(name)
        outline = read_value(style.find(f"{W}pPr/{W}outlineLvl"))
        if heading:
            levels[style_id] = int(heading.group(1))
        elif outline.isdigit() and int(outline) < 9:
            levels[style_id] = int(outline) + 1
        if _CONTENTS_NAME.match(name):
            contents.add(style_id)
        based_on[style_id] = read_value(style.find(f"{W}basedOn"))
        number_id = read_value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        if number_id:
            depth = read_value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            numbers[style_id] = (number_id, int(depth) if depth.isdigit() else 0)
    for style_id in based_on:
        for base in _list_bases(style_id, based_on):
            if base in levels:
                levels.setdefault(style_id, levels[base])
            if base in numbers:
                numbers.setdefault(style_id, numbers[base])
    return Styles(levels, numbers, frozenset(contents))


def _list_bases(style_id: str, based_on: dict[str, str]) -> list[str]:
    """Return the styles that a style is based on, the nearest first."""
    bases: list[str] = []
    base = based_on.get(style_id, "")
    while base and base != style_id and base not in bases:
        bases.append(base)
        base = based_on.get(base, "")
    return bases


def read_value(element: etree._Element | None) -> str:
    """Return the w:val of an element; empty without it."""
    return str(element.get(f"{W}val", "")) if element is not None else ""
