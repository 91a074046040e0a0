"""Text files: encodings, broken lines, what is refused."""

from __future__ import annotations

import codecs

import pytest

from nianbao.importing.lines import clean_source
from nianbao.importing.markdown import read_markdown
from nianbao.importing.recognise import recognise_report
from nianbao.importing.source_text import CHARACTER_LIMIT, Origin, SourceParagraph, SourceText, UnreadableError
from nianbao.importing.text import decode_bytes, read_plain_text

TEXT = "临溪县妇联2023年工作总结\n一、学习\n办班3期，“姐妹课堂”开讲。\n"
LONE_SURROGATE = "总".encode("utf-16-le") + b"\x00\xd8" + "好".encode("utf-16-le")
PLAIN = "姐妹课堂开讲了，四邻八乡都来听。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_office_programs_are_read(encoding: str) -> None:
    assert decode_bytes(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_and_without_ascii_is_read(encoding: str) -> None:
    assert decode_bytes(PLAIN.encode(encoding)) == PLAIN


def test_a_mark_of_utf16_is_no_text() -> None:
    assert decode_bytes(codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be")) == PLAIN


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "文件是空的"),
        (codecs.BOM_UTF8, "文件是空的"),
        (" \n　\n".encode(), "文件是空的"),
        ("总结".encode() + b"\xed\xa0\x80", "认不出文件的编码，或文件已损坏"),
        (codecs.BOM_UTF16_LE + LONE_SURROGATE, "认不出文件的编码，或文件已损坏"),
        (LONE_SURROGATE, "认不出文件的编码，或文件已损坏"),
        (bytes(range(256)) * 8, "认不出文件的编码，或文件已损坏"),
        (b"\x00\x01\x02abc" * 9, "文件里有不成文字的内容（乱码或二进制）"),
        ("办班。".encode() * CHARACTER_LIMIT, "文件有 2.7 MB，不像一份报告"),
        (b"a" * (CHARACTER_LIMIT + 1), "正文有 300001 字，不像一份报告"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_advice(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_bytes(content)
    assert caught.value.problem == problem
    assert caught.value.fix


def read(*lines: str) -> list[str]:
    source = SourceText("样.txt", "0" * 64, tuple(SourceParagraph(line) for line in lines))
    return [line.text for line in clean_source(source).lines]


def test_lines_broken_inside_a_sentence_are_joined() -> None:
    assert read(
        "　　县残联把康复训练送到村里，第一批就",
        "去了十六个村，轮椅、助行器当场调好，老",
        "人扶着墙走了几步，又走了几步，笑着说再",
        "练上一个月就能自己去赶集了。",
        "　　第二批要等到开春，路化了冻再走。",
    ) == [
        "县残联把康复训练送到村里，第一批就去了十六个村，轮椅、助行器当场调好，老人扶着墙走了几步，又走了几步，笑着说再练上一个月就能自己去赶集了。",
        "第二批要等到开春，路化了冻再走。",
    ]


def test_a_heading_is_not_joined_to_its_text() -> None:
    assert read("一、康复进村", "第一批去了十六个村，", "轮椅当场调好。") == [
        "一、康复进村",
        "第一批去了十六个村，轮椅当场调好。",
    ]


def test_paragraphs_run_together_by_a_copy_are_parted_at_their_indents() -> None:
    assert read("工作总结　　第一段。　　第二段。") == ["工作总结", "第一段。", "第二段。"]


def test_blanks_and_what_nobody_sees_are_left_out() -> None:
    assert read("办\u200b班\u00a0 3\ufeff期\t完") == ["办班 3期 完"]
    assert read("办\ufe0f班\u2062 3\U000e0041期\u3164完\u2800") == ["办班 3期 完"]
    # Of these something would be lost: the check names them.
    assert read("办\ue000班\ufffd") == ["办\ue000班\ufffd"]


def test_full_width_digits_become_half_width_ones() -> None:
    assert read("覆盖５，２７０名，１．加强") == ["覆盖5,270名，1．加强"]


def test_what_is_written_otherwise_than_in_the_source_is_told() -> None:
    source = SourceText("样.txt", "0" * 64, (SourceParagraph("办\u200b班，覆盖５２\u200b７０名。"),))
    notes = recognise_report(source, indicators={}).draft.notes
    assert "去掉了看不见的字符 U+200B（2 处）" in notes
    assert "全角数字改成了半角，如 ５２ 改成 52" in notes


def test_a_page_number_inside_a_sentence_is_set_apart() -> None:
    source = SourceText("样.txt", "0" * 64, tuple(map(SourceParagraph, ["康复训练送到，", "12", "十六个村。"])))
    cleaned = clean_source(source)
    assert [line.text for line in cleaned.lines] == ["康复训练送到，十六个村。"]
    assert [(noise.reason, noise.passage.text) for noise in cleaned.noise] == [("页码", "12")]


def test_a_number_before_a_heading_is_its_marker() -> None:
    assert read("1", "康复进村", "第一批去了十六个村，轮椅当场调好，人人满意。")[0] == "1"


@pytest.mark.parametrize(
    ("lines", "noise"),
    [
        (
            ["目 录", "一、康复", "二、就业", "引言。", "一、康复", "练。", "二、就业", "办班。"],
            ["目录", "一、康复", "二、就业"],
        ),
        (["康复训练………………3", "正文。"], ["康复训练………………3"]),
        (["内部资料", "第一段。", "内部资料", "第二段。", "内部资料"], ["内部资料"] * 3),
        (["梅岭县残联工作总结", "梅岭县残联工作总结", "第一段。"], ["梅岭县残联工作总结"]),
        (["残联工作总结 康复进了村…", "残联工作总结", "康复进了村，出了门。"], ["残联工作总结 康复进了村…"]),
    ],
)  # fmt: skip
def test_contents_watermarks_and_doubled_heads_are_set_apart(lines: list[str], noise: list[str]) -> None:
    source = SourceText("样.txt", "0" * 64, tuple(map(SourceParagraph, lines)))
    cleaned = clean_source(source)
    assert [piece.passage.text for piece in cleaned.noise] == noise
    assert len(cleaned.lines) == len(lines) - len(noise)


def test_plain_text_keeps_asterisks_that_mask_names() -> None:
    source = read_plain_text("**区妇联".encode(), name="样.txt", sha256="0" * 64)
    assert [paragraph.text for paragraph in source.paragraphs] == ["**区妇联"]


def test_markdown_headings_and_tables_are_known() -> None:
    content = "# 总结\n\n| 项目 | 数 |\n|---|---|\n| 办班 | 3期 |\n\n* 一条\n".encode()
    source = read_markdown(content, name="样.md", sha256="0" * 64)
    assert [(p.text, p.level, p.origin) for p in source.paragraphs if not p.aside and p.text] == [
        ("总结", 1, Origin.TEXT),
        ("项目\t数", 0, Origin.TABLE),
        ("办班\t3期", 0, Origin.TABLE),
        ("一条", 0, Origin.TEXT),
    ]
