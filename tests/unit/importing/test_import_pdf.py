"""PDF files: lines are paragraphs again, what runs along the pages is set apart, what holds no text is refused."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.import_documents import write

from nianbao.app.import_documents import import_document
from nianbao.importing.lines import clean_source
from nianbao.importing.pdf import read_pdf
from nianbao.importing.readers import read_source
from nianbao.importing.source_text import Origin, SourceText, UnreadableError

# Left, foot, size, text: in points.
Piece = tuple[float, float, float, str]
LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<00><00>]"


def make_pdf(pages: Sequence[Sequence[Piece]], *, trailer: bytes = b"", font: bytes = b"UniGB-UCS2-H") -> bytes:
    """Return a PDF of A4 pages in a Chinese font that is not embedded, as office programs wrote them for years."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[4 0 R]>>" % font,
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120"
        b"/ItalicAngle 0/CapHeight 700/StemV 80>>",
    ]  # fmt: skip
    for number, pieces in enumerate(pages):
        drawn = b"".join(
            b"BT /F %f Tf %f %f Td <%s> Tj ET\n" % (size, left, foot, text.encode("utf-16-be").hex().encode())
            for left, foot, size, text in pieces
        )
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (7 + 2 * number)
        )
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    made = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return (
        made
        + table
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, trailer, len(made))
    )


def set_page(lines: Sequence[str], *, number: int, head: str = "梅岭县残联文件") -> list[Piece]:
    """Return a page with 28 points from line to line, its head and its number; what > begins is indented."""
    pieces: list[Piece] = [(90, 790, 10, head)] if head else []
    for place, line in enumerate(lines):
        size = 22 if line.startswith("#") else 16
        text = line.lstrip("#>")
        pieces.append((90 + 32 * line.startswith(">"), 730 - 28 * place, size, text))
    return [*pieces, (280, 40, 12, f"- {number} -")]


FIRST = [
    "#梅岭县残疾人联合会二〇二三年工作总结及",
    "#下一步打算",
    ">一、康复托养",
    ">县残联把康复训练送到村里，第一批就去了十六个村，",
    "轮椅助行器当场调好，老人扶着墙走了几步，又走了几步，",
    "为８６０名残疾人提供康复训练，新建日间照料点６个，培",
]
SECOND = ["训家属９６０人次，人人满意，件件有回音。", ">二、就业增收", ">办班９期，培训４２０人次。"]


def read(content: bytes) -> SourceText:
    return read_pdf(content, name="样.pdf", sha256="0" * 64)


def test_lines_are_paragraphs_again_across_pages(tmp_path: Path) -> None:
    content = make_pdf([set_page(FIRST, number=1), set_page(SECOND, number=2)])
    imported = import_document(write(tmp_path, "总结.pdf", content), indicators={})
    assert (imported.draft.title.text, imported.draft.period) == (
        "梅岭县残疾人联合会二〇二三年工作总结及下一步打算",
        "2023",
    )
    assert [(item.title.text, item.text) for item in imported.draft.items] == [
        (
            "康复托养",
            "县残联把康复训练送到村里，第一批就去了十六个村，轮椅助行器当场调好，老人扶着墙走了几步，又走了几步，"
            "为860名残疾人提供康复训练，新建日间照料点6个，培训家属960人次，人人满意，件件有回音。",
        ),
        ("就业增收", "办班9期，培训420人次。"),
    ]
    assert imported.account.unplaced == ()
    assert {piece.reason for piece in imported.account.noise} == {"页眉页脚"}


@pytest.mark.parametrize("mark", [">", ""], ids=["indented", "even"])
def test_an_indent_begins_a_paragraph_after_a_full_line(mark: str) -> None:
    text = "县残联把康复训练送到村里第一批就去了十六个村轮椅助行器当场调好老人扶着墙走了几步又走了几步笑着说好"
    rows = iter(text[n : n + 23] for n in range(12))  # all full, none twice
    lines = [f">{next(rows)}", f"{next(rows)}一", f"{next(rows)}。"]
    lines += [
        f"{mark}{next(rows)}",
        f"{next(rows)}。",
        f">{next(rows)}",
        f"{next(rows)}。",
        f">{next(rows)}",
        "都办完了。",
    ]
    content = make_pdf([set_page(lines, number=1)])
    body = [line.text for line in clean_source(read(content)).lines if line.text != "梅岭县残联文件"]
    assert len(body) == (4 if mark else 3)


def test_what_runs_along_the_pages_is_set_apart() -> None:
    pages = [set_page([f"第{n}段说了一件事。", "又一件。", "再一件。"], number=n) for n in range(1, 4)]
    source = read(make_pdf(pages))
    apart = [p.text for p in source.paragraphs if p.origin is Origin.RUNNING_HEAD]
    assert apart == [text for n in range(1, 4) for text in ("梅岭县残联文件", f"- {n} -")]
    assert all(p.aside for p in source.paragraphs if p.origin is Origin.RUNNING_HEAD)
    assert len([p for p in source.paragraphs if not p.aside]) == 9


def test_a_line_of_the_text_at_the_edge_stays() -> None:
    lines = ["同样的一句话，到了页边。"] + ["一句话。"] * 24
    source = read(make_pdf([[(90, 800 - 28 * n, 16, line) for n, line in enumerate(lines)] for _ in range(3)]))
    assert sum(not p.aside for p in source.paragraphs) == 75


def test_a_radical_is_the_character_that_it_looks_like() -> None:
    source = read(make_pdf([set_page(["⼀、⼯作⻓效机制"], number=1)]))
    assert [p.text.strip() for p in source.paragraphs if not p.aside][-1] == "一、工作长效机制"
    assert "PDF 里有 3 个字写的是部首的编码，已换成普通的字" in source.notes


def test_a_page_without_text_among_others_is_told() -> None:
    source = read(make_pdf([set_page(["办班九期。"], number=1), []]))
    assert "PDF 第 2 页没有文字，可能是扫描的图，请照原文补上" in source.notes


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (make_pdf([[], []]), "PDF 里没有文字，是扫描的图"),
        (make_pdf([set_page(["办班九期。"], number=1)], trailer=LOCK), "PDF 有密码"),
        (b"%PDF-1.4\n", "PDF 已损坏，打不开"),
        (make_pdf([set_page(["\ue001\ue002\ue003\ue004" * 9], number=1)]), "PDF 里的字没有编码，复制出来是乱码"),
        (make_pdf([set_page(["xqzw" * 20], number=1, head="")]), "PDF 里的字没有编码，复制出来是乱码"),
        (make_pdf([set_page(["办班九期。"], number=1)] * 301), "PDF 有 301 页，不像一份报告"),
        (make_pdf([set_page(["办班九期，" * 900] * 9, number=1)] * 9), r"前 \d 页就有 \d+ 字，不像一份报告"),
    ],
    ids=["scan", "locked", "broken", "private", "latin", "pages", "long"],
)  # fmt: skip
def test_what_holds_no_report_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_source(content, name="样.pdf")
    assert re.fullmatch(problem, caught.value.problem)
    assert caught.value.fix


def test_a_damaged_pdf_is_read_or_refused() -> None:
    content = make_pdf([set_page(FIRST, number=1)])
    for place in range(0, len(content), 40):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        # Read, or refused with words: never another error.
        with contextlib.suppress(UnreadableError):
            assert read(bytes(damaged)).paragraphs
