"""Word documents: what is drawn and not in the text, what is in the text and not drawn."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.import_documents import (
    W,
    add_list,
    add_part,
    alter,
    append_text_box,
    append_xml,
    draw_picture,
    empty_texts,
    make_staff_document,
    number,
    save,
    write,
)

from nianbao.app.import_documents import import_document
from nianbao.importing.docx import read_docx
from nianbao.importing.source_text import Origin, SourceParagraph, UnreadableError
from nianbao.importing.zip_package import UNPACKED_LIMIT_BYTES


def read(document: Any) -> list[SourceParagraph]:
    return [p for p in read_docx(save(document), name="样.docx", sha256="0" * 64).paragraphs if p.text]


def test_a_document_as_staff_write_it_imports_well(tmp_path: Path) -> None:
    imported = import_document(write(tmp_path, "总结.docx", make_staff_document()), indicators={})
    draft = imported.draft
    assert (draft.title.text, draft.period) == ("梅岭县残疾人联合会2023年工作总结", "2023")
    assert (draft.publisher, str(draft.published_on)) == ("梅岭县残疾人联合会", "2023-12-30")
    assert [(part.role.value, part.title.text) for part in draft.parts] == [
        ("results", "2023年主要工作"), ("problems", "存在问题"), ("plan", "2024年工作打算"),
    ]  # fmt: skip
    assert [section.title.text for section in draft.parts[0].sections] == ["", "就业增收"]
    assert [(item.title.text, item.text) for item in draft.items] == [
        ("康复托养", "为860名残疾人提供康复训练，新建日间照料点6个。"),
        ("技能培训", "办班9期，培训420人次。"),
        ("安置就业", "新增按比例就业75人。"),
        ("", "全年服务1200名残疾人。\n\n热线不停。\n\n接听2300个。"),
    ]
    assert [(p.name, p.content[:4]) for p in imported.pictures] == [("image-1.png", b"\x89PNG")]
    assert imported.account.unplaced == ()
    assert imported.account.noise == ()
    assert "原文有修订中删去的文字 4 字，没有写进来" in imported.yaml
    assert "1000" not in imported.yaml
    assert "                - [辅具适配, 530件, 增加12%]\n" in imported.yaml
    assert "quote: 120户, label: 无障碍改造, cell: [2, 2]" in imported.yaml
    assert "            photo: {file: '2023-image-1.png'}\n" in imported.yaml
    photos = [entry for entry in imported.review if entry.place.endswith(".photo")]
    assert [entry.question.split("（")[0] for entry in photos] == ["照片 image-1.png 要发布吗？要，就写上 alt"]


@pytest.mark.parametrize(
    ("form", "text", "markers"),
    [
        ("chineseCounting", "%1、", ["一、", "二、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）"]),
        ("decimal", "%1.", ["1.", "2."]),
        ("decimalZero", "%1", ["01", "02"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、"]),
        ("upperLetter", "%1.", ["A.", "B."]),
        ("bullet", "●", ["", ""]),
    ],
)
def test_automatic_numbers_are_read(form: str, text: str, markers: list[str]) -> None:
    document = docx.Document()
    add_list(document, [(form, text)])
    for words in ("读书", "看报"):
        number(document.add_paragraph(words), 0)
    assert [paragraph.number for paragraph in read(document)] == markers


def test_numbers_count_on_over_levels_and_start_again_below() -> None:
    document = docx.Document()
    add_list(document)
    for level in (0, 1, 2, 2, 1, 2, 0, 1):
        number(document.add_paragraph("读书"), level)
    assert [p.number for p in read(document)] == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_headings_are_known_by_style_and_by_what_it_is_based_on() -> None:
    document = docx.Document()
    styled = document.styles.add_style("自拟标题", 1)
    styled.base_style = document.styles["Heading 2"]
    document.add_heading("一级", 1)
    document.add_paragraph("二级", style="自拟标题")
    document.add_paragraph("正文")
    assert [paragraph.level for paragraph in read(document)] == [1, 2, 0]


def test_tracked_changes_are_taken_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("办班")
    append_xml(
        paragraph,
        '<w:moveFrom w:id="1"><w:r><w:t>旧处</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="2"><w:r><w:t>九期</w:t></w:r></w:ins>',
    )
    append_xml(
        paragraph,
        '<w:del w:id="3"><w:r><w:delText>八期</w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着</w:t></w:r>",
    )
    source = read_docx(save(document), name="样.docx", sha256="0" * 64)
    assert [(p.text, p.aside) for p in source.paragraphs if p.text] == [("办班九期", "")]
    assert source.notes == ("原文有修订中删去的文字 4 字，没有写进来", "原文有隐藏文字 2 字，没有写进来")


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    first = document.add_paragraph("办班九期，")
    append_xml(first, "")
    properties = first._p.get_or_add_pPr()
    properties.append(docx.oxml.parse_xml(f'<w:rPr {W}><w:del w:id="1" w:author="a"/></w:rPr>'))
    document.add_paragraph("都办完了。")
    assert [p.text for p in read(document)] == ["办班九期，都办完了。"]


def test_a_table_for_layout_is_text_and_one_with_cells_is_rows() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "一、办班"
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "办班", "9期"
    assert [(p.text, p.origin) for p in read(document)] == [("一、办班", Origin.TEXT), ("办班\t9期", Origin.TABLE)]


def test_text_boxes_stand_after_their_paragraph() -> None:
    document = docx.Document()
    append_text_box(document.add_paragraph("办班九期。"), "热线接听80个。")
    document.add_paragraph("完。")
    assert [(p.text, p.origin) for p in read(document)] == [
        ("办班九期。", Origin.TEXT), ("热线接听80个。", Origin.TEXT_BOX), ("完。", Origin.TEXT),
    ]  # fmt: skip


def test_footnotes_stand_after_their_paragraph() -> None:
    document = docx.Document()
    append_xml(document.add_paragraph("办班九期。"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>含线上班。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    content = add_part(save(document), kind="footnotes", xml=notes)
    source = read_docx(content, name="样.docx", sha256="0" * 64)
    assert [(p.text, p.origin) for p in source.paragraphs] == [
        ("办班九期。", Origin.TEXT),
        ("含线上班。", Origin.FOOTNOTE),
    ]


def test_running_heads_and_contents_are_set_apart() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("一、办班\t1", style="TOC 1")
    document.add_paragraph("一、办班")
    assert [(p.text, p.aside) for p in read(document)] == [
        ("一、办班\t1", "目录（与下文标题重复）"), ("一、办班", ""), ("内部资料", "页眉页脚"),
    ]  # fmt: skip


def declare_entity(name: str, member: bytes) -> bytes:
    declaration = b'?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return member.replace(b"?>", declaration, 1) if name == "word/document.xml" else member


def declare_entity_in_utf16(name: str, member: bytes) -> bytes:
    if name != "word/document.xml":
        return member
    body = member.decode().split("?>", 1)[1]
    return (
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>{body}'.encode(
            "utf-16"
        )
    )


def cut_document(name: str, member: bytes) -> bytes:
    return member[:300] if name == "word/document.xml" else member


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (declare_entity, "文件里有外部实体声明，为安全起见不读"),
        (declare_entity_in_utf16, "文件里有外部实体声明，为安全起见不读"),
        (cut_document, "文件已损坏，打不开"),
        (lambda name, member: None if name == "word/document.xml" else member, "文件已损坏，打不开"),
        (lambda name, member: re.sub(rb"<w:drawing>.*?</w:drawing>", b"", empty_texts(name, member)), "文件是空的"),
        (empty_texts, "文件里只有图片，没有文字"),
    ],
)
def test_a_harmful_or_broken_document_is_refused(change: Callable[[str, bytes], bytes | None], problem: str) -> None:
    document = docx.Document()
    document.add_paragraph("办班")
    document.add_picture(draw_picture())
    with pytest.raises(UnreadableError) as caught:
        read_docx(alter(save(document), change), name="样.docx", sha256="0" * 64)
    assert caught.value.problem == problem
    assert caught.value.fix


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (UNPACKED_LIMIT_BYTES + 1))
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read_docx(content.getvalue(), name="样.docx", sha256="0" * 64)


@pytest.mark.parametrize("content", [b"PK\x03\x04", make_staff_document()[:5000], b"hello"])
def test_half_a_package_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read_docx(content, name="样.docx", sha256="0" * 64)


def test_a_damaged_byte_is_refused_wherever_it_is() -> None:
    content = make_staff_document()
    for place in range(0, len(content), max(1, len(content) // 200)):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        # Read, or refused with words: never another error.
        with contextlib.suppress(UnreadableError):
            read_docx(bytes(damaged), name="样.docx", sha256="0" * 64)
