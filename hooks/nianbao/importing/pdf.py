"""PDF files that hold text: their lines, without what runs at the head and the foot of the pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from nianbao.importing.source_text import CHARACTER_LIMIT, Origin, SourceParagraph, SourceText, UnreadableError
from nianbao.text.outline import match_marker

_PAGES_LIMIT = 300
_EDGE_SHARE = 0.12
_EDGE_GAP = 1.15
_RUNNING_SHARE = 0.4
_HEAD_SIZE = 1.15
_FULL_SHARE = 0.75
_COLUMN_GAP_EM = 0.8
_INDENT_EM = 1.5
_HAN = re.compile(r"[\u3400-\u9fff]")
_WIDE = re.compile(r"[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]")
_PAGE_NUMBER = re.compile(r"[-—–－~·\s]*第?\s*\d{1,4}\s*页?[\s,，/]*(?:共?\s*\d{1,4}\s*页?)?[-—–－~·\s]*")
_NO_TEXT = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_UNSEEN = re.compile("[\x00-\x1f\xad\ufffe\uffff]")
# Fonts draw 一 and its radical ⼀ with one glyph, and many files name the radical. Those of the second row have no
# decomposition in Unicode.
_CHARACTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | str.maketrans(
    "⺠⻄⻅⻆⻋⻉⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳", "民西见角车贝长门青页风飞食马鱼鸟麦黄齐齿龙龟"
)
_COPY = "有 Word 原稿就导入原稿；没有就用 Word 打开这份 PDF，另存为 .docx，看看字对不对，再导入"
_RUNNING_HEAD = "页眉页脚"
_SCAN = ("PDF 里没有文字，是扫描的图", "先做文字识别（Word、WPS 的“图片转文字”），存成 .docx，再导入")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; places in points from the left and the foot of its page."""

    text: str
    left: float
    right: float
    middle: float
    size: float
    is_edge: bool = False


def read_pdf(content: bytes, *, name: str, sha256: str) -> SourceText:
    """Return a PDF's lines as paragraphs, the first of a paragraph indented. Raises: UnreadableError."""
    try:
        with pdfium.PdfDocument(content) as document:
            if len(document) > _PAGES_LIMIT:
                raise UnreadableError(f"PDF 有 {len(document)} 页，不像一份报告", "只留报告本身的几页，再导入")
            pages, count = [], 0
            for page in document:
                pages.append(_mark_edges(list(_read_lines(page)), page.get_height()))
                count += sum(len(line.text) for line in pages[-1])
                if count > CHARACTER_LIMIT:
                    raise UnreadableError(
                        f"前 {len(pages)} 页就有 {count} 字，不像一份报告", "只留报告本身的几页，再导入"
                    )
            pictures = sum(1 for page in document for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    except pdfium.PdfiumError as failure:
        if failure.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("PDF 有密码", "打开它，去掉密码另存一份，或导入 Word 原稿") from failure
        raise UnreadableError("PDF 已损坏，打不开", _COPY) from failure
    _refuse_garbled("".join(line.text for lines in pages for line in lines))
    empty = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    radicals = sum(ord(mark) in _CHARACTERS for lines in pages for line in lines for mark in line.text)
    notes = ["PDF 里的换行、标题和表格是按版面猜的，请对照原文件通读一遍"]
    if empty:
        notes.append(f"PDF 第 {'、'.join(empty)} 页没有文字，可能是扫描的图，请照原文补上")
    if pictures:
        notes.append(f"PDF 里有 {pictures} 张图片，没有保存；图里若有字或数，请照原文补上")
    if radicals:
        notes.append(f"PDF 里有 {radicals} 个字写的是部首的编码，已换成普通的字")
    return SourceText(name, sha256, tuple(_make_paragraphs(pages)), notes=tuple(notes))


def _read_lines(page: pdfium.PdfPage) -> Iterator[_Line]:
    """Yield the lines of a page in the order of its text."""
    text_page = page.get_textpage()
    marks: list[tuple[str, bool, raw.FS_RECTF]] = []
    for place in range(raw.FPDFText_CountChars(text_page)):
        mark = chr(raw.FPDFText_GetUnicode(text_page, place))
        if mark in "\r\n":
            yield from _make_line(marks)
            marks = []
            continue
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text_page, place, box)
        marks.append((mark, raw.FPDFText_IsGenerated(text_page, place) == 1, box))
    yield from _make_line(marks)


def _make_line(marks: Sequence[tuple[str, bool, raw.FS_RECTF]]) -> Iterator[_Line]:
    """Yield the line that characters make, if they make any; each with whether PDFium set it, and its box."""
    drawn = [box for mark, _, box in marks if not mark.isspace()]
    if not drawn:
        return
    size = median(box.top - box.bottom for box in drawn)
    pieces = []
    for place, (mark, is_generated, _) in enumerate(marks):
        if is_generated and mark == " " and 0 < place < len(marks) - 1:
            before, after = marks[place - 1], marks[place + 1]
            # Between Chinese and Latin letters typesetters leave a gap that is no space.
            is_narrow = after[2].left - before[2].right < _COLUMN_GAP_EM * size
            if is_narrow and (_WIDE.match(before[0]) or _WIDE.match(after[0])):
                continue
        pieces.append(_UNSEEN.sub("", mark))
    # Characters past U+FFFF come in halves.
    text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    middle = median((box.top + box.bottom) / 2 for box in drawn)
    if text:
        yield _Line(text, drawn[0].left, drawn[-1].right, middle, size)


def _mark_edges(lines: Sequence[_Line], height: float) -> list[_Line]:
    """Return a page's lines; those near its head or foot, with a gap between them and the rest, are at its edge."""
    middles = sorted({line.middle for line in lines}, reverse=True)
    gaps = [upper - lower for upper, lower in pairwise(middles)]
    usual = median(gaps) if gaps else 0.0
    wide = [place for place, gap in enumerate(gaps) if gap > _EDGE_GAP * usual]
    heads = [middles[place] for place in wide if middles[place] > (1 - _EDGE_SHARE) * height]
    feet = [middles[place + 1] for place in wide if middles[place + 1] < _EDGE_SHARE * height]
    lowest_head, highest_foot = min(heads, default=height), max(feet, default=0.0)
    return [replace(line, is_edge=line.middle >= lowest_head or line.middle <= highest_foot) for line in lines]


def _refuse_garbled(text: str) -> None:
    """Refuse a file without text, or whose fonts do not say what their glyphs are. Raises: UnreadableError."""
    count = len(text)
    if not count:
        raise UnreadableError(*_SCAN)
    if len(_NO_TEXT.findall(text)) > count / 20 or (count > 50 and len(_HAN.findall(text)) < count / 20):
        raise UnreadableError("PDF 里的字没有编码，复制出来是乱码", _COPY)


def _make_paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[SourceParagraph]:
    running = _find_running(pages)
    body = [line for lines in pages for line in lines if _key(line) not in running]
    if not body:
        return
    size = median(line.size for line in body)
    left, right = min(line.left for line in body), max(line.right for line in body)
    for lines in pages:
        kept = []
        for line in lines:
            if line.is_edge and (_key(line) in running or _PAGE_NUMBER.fullmatch(line.text)):
                yield SourceParagraph(line.text.translate(_CHARACTERS), Origin.RUNNING_HEAD, aside=_RUNNING_HEAD)
            else:
                kept.append(line)
        for line in _join_heads(kept, size=size, width=right - left):
            is_indented = line.size < _HEAD_SIZE * size and _INDENT_EM * size < line.left - left < 4 * size
            yield SourceParagraph(("　　" if is_indented else "") + line.text.translate(_CHARACTERS))


def _find_running(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """Return what stands at the head or the foot of many pages, but for its numbers."""
    counts = Counter(key for lines in pages for key in {_key(line) for line in lines if line.is_edge})
    return frozenset(key for key, count in counts.items() if count >= max(2, _RUNNING_SHARE * len(pages)))


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text)) if line.is_edge else ""


def _join_heads(lines: Sequence[_Line], *, size: float, width: float) -> Iterator[_Line]:
    """Yield the lines; those of a heading that fills one line and goes on in the next are one."""
    waiting: _Line | None = None
    for line in lines:
        if waiting and _goes_on(waiting, line, size=size, width=width):
            waiting = replace(line, text=waiting.text + line.text)
            continue
        if waiting:
            yield waiting
        waiting = line
    if waiting:
        yield waiting


def _goes_on(line: _Line, following: _Line, *, size: float, width: float) -> bool:
    is_large = line.size > _HEAD_SIZE * size and abs(line.size - following.size) < 0.05 * line.size
    is_near = 0 < line.middle - following.middle < 2 * line.size
    return is_large and is_near and line.right - line.left > _FULL_SHARE * width and not match_marker(following.text)
