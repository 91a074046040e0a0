"""From the paragraphs of a document to those of its report: cleaned, and with broken lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nianbao.importing.matter import is_frame
from nianbao.importing.noise import (
    CONTENTS,
    FOOTNOTE,
    PAGE_NUMBER,
    PROMOTION,
    REPEATED,
    WATERMARK,
    Noise,
    find_contents,
    find_related_links,
    find_repeated_addresses,
    find_repeated_heads,
    find_sample_titles,
    find_watermarks,
    is_report_title,
    name_line_noise,
    split_promotion,
    split_tokens,
)
from nianbao.importing.page_furniture import (
    FURNITURE,
    find_article,
    find_furniture_tables,
    find_page_foot,
    is_furniture,
    is_intrusion,
)
from nianbao.importing.roles import is_role_heading
from nianbao.importing.source_text import (
    LINE_LIMIT,
    Merged,
    Origin,
    Passage,
    SourceText,
    TableRow,
    UnreadableError,
    join_passages,
)
from nianbao.importing.widths import width_em
from nianbao.model import Role
from nianbao.text.display import narrow_digits
from nianbao.text.odd_characters import find_refused, is_unseen
from nianbao.text.outline import match_marker

_BLANKS = {code: " " for code in range(0x3001) if chr(code).isspace()} | dict.fromkeys(
    map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " "
)
_INNER_INDENT = re.compile(r"(?<=[^\s>＞])(?:[\u3000\u2003]{2,}|\s{4,})(?=\S)")
# 工 作 总 结: a title spaced out by hand.
_SPACED_OUT = re.compile(r"(?:[0-9０-９年]{1,5} *)?(?:[\u3400-\u9fff0-9] +){3,}[\u3400-\u9fff]")
# 报 告, 李 明: a short word or a name spaced out.
_SPACED_SHORT = re.compile(r"\s*(?:[\u3400-\u9fff]\s+){1,5}[\u3400-\u9fff]\s*")
_SPACED_WORD = re.compile(
    r"(?:工作)?(?:总结|报告|汇报|要点|计划|安排|打算|情况|回顾)|目录|通知|前言|说明|附件|文件|导语|函"
)
_SPACED_TAIL = re.compile(r"(?: [\u3400-\u9fff]){4,}$")
_TITLE_LIMIT = 60
# ★…★, ==…==: a title that is set off by signs.
_DECORATED = re.compile(
    r"(?P<signs>[★☆◆◇●■▲※*#=~～]{1,4})\s*(?P<text>[^★☆◆◇●■▲※*#=~～]{4,60}?)\s*[★☆◆◇●■▲※*#=~～]{1,4}"
)
_SITE_SUFFIX = re.compile(r"(?:总结|报告|汇报|情况|要点|计划|安排)\s?[-_—|–]{1,2}\s?[\u4e00-\u9fffA-Za-z.]{2,20}$")
_WORDS = re.compile(r"[^ ]+")
_MANY_BLANKS = re.compile(r" {2,}")
_ENDED = re.compile(r"[。！？!?；;：:…][”’」』）)】》\"']*$|[）)】》]$")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_ROW = "行"
_HEAD_LINES = 4
_FRAME_LINES = 16
# A sentence ends in the line, and another has begun.
_BROKEN = re.compile(r"[。；！？][^。；！？]*[^。；！？!?;：:…”’」』）)】》\s]$")
_ROUGH_NUMBER = re.compile(
    r"[一二三四五六七八九两]、[二三四五六七八九十](?:名|人|位|个|家|户|次|场|天|年|岁|倍|成|项|件|只|头|亩|里)"
)
_RAGGED_SHARE = 0.75
_WRAP_SLACK = 2.5
_WRAP_LINES = 3
_WRAP_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class CleanedLine:
    """A paragraph of the report.

    `is_indented` tells that blanks stood before it, `is_parted` an empty line, `is_run_on` another paragraph in the
    same line, `turn` the role that the text takes up here without a heading, `is_furniture` that it is the page's and
    not the report's. A row of the `table`th table has its `cells`.
    """

    passage: Passage
    origin: Origin = Origin.TEXT
    level: int = 0
    number: str = ""
    is_indented: bool = False
    is_parted: bool = False
    pictures: tuple[str, ...] = ()
    is_run_on: bool = False
    turn: Role | None = None
    is_furniture: bool = False
    is_centred: bool = False
    table: int = 0
    cells: tuple[Passage | Merged, ...] = ()

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs of a report in order, and what was set apart as noise."""

    lines: tuple[CleanedLine, ...]
    noise: tuple[Noise, ...]


def clean_source(source: SourceText) -> Cleaned:
    """Return the report's own paragraphs: no blanks at their ends, none empty, no line broken inside a sentence.

    Raises: UnreadableError when there are more lines than a report has.
    """
    noise: list[Noise] = []
    lines = _read_lines(source, noise)
    # A row of a report's table is none of the page's, whatever it holds.
    foot = find_page_foot([_ROW if line.table and not line.is_furniture else line.text for line in lines])
    noise.extend(Noise(line.passage, FURNITURE) for line in lines[foot:])
    lines = _drop_noisy_lines(lines[:foot], noise)
    lines = _drop_page_numbers(lines, noise)
    lines = _join_lines(lines)
    lines = _drop_promotion(lines, noise)
    repeated = find_repeated_heads([line.text for line in lines])
    repeated |= find_sample_titles([line.text for line in lines])
    links = find_related_links([line.text for line in lines])
    noise.extend(Noise(lines[place].passage, PROMOTION) for place in sorted(links))
    noise.extend(Noise(lines[place].passage, REPEATED) for place in sorted(repeated))
    lines = [line for place, line in enumerate(lines) if place not in repeated and place not in links]
    return Cleaned(tuple(lines), tuple(noise))


def _read_lines(source: SourceText, noise: list[Noise]) -> list[CleanedLine]:
    lines: list[CleanedLine] = []
    start = 0
    is_parted = False
    early_pictures: tuple[str, ...] = ()
    tables = find_furniture_tables((p.row.table, p.text) for p in source.paragraphs if p.row and not p.aside)
    addresses = find_repeated_addresses(paragraph.text for paragraph in source.paragraphs)
    texts = [" ".join(paragraph.text.split()) for paragraph in source.paragraphs]
    article = find_article([_ROW if p.row else text for p, text in zip(source.paragraphs, texts, strict=True)])
    for place, paragraph in enumerate(source.paragraphs):
        passage = _show(Passage(paragraph.text, range(start, start + len(paragraph.text))))
        row_start, start = start, start + len(paragraph.text) + 1
        if paragraph.aside:
            noise.append(Noise(passage, paragraph.aside))
            continue
        if paragraph.origin is Origin.FOOTNOTE:
            noise.append(Noise(passage.strip(), FOOTNOTE))
            continue
        is_page_line = is_intrusion if place in article else is_furniture
        is_page = paragraph.row.table in tables if paragraph.row else is_page_line(texts[place])
        if paragraph.origin in (Origin.TEXT, Origin.TABLE) and is_page:
            lines.append(CleanedLine(passage.strip(), paragraph.origin, is_furniture=True))
            continue
        is_whole = (
            paragraph.origin is Origin.TABLE
            or _SPACED_SHORT.fullmatch(passage.text)
            or (len(lines) < _FRAME_LINES and is_frame(passage.text.strip()))
        )
        pieces = [passage] if is_whole else _split_indents(passage)
        for piece in pieces:
            kept, marks = split_tokens(piece, addresses)
            noise.extend(marks)
            left = _close_up(join_passages(kept))
            if not left:
                is_parted = True
                continue
            is_indented = piece.text[:1].isspace() or piece is not pieces[0]
            line = CleanedLine(left, paragraph.origin, paragraph.level, paragraph.number, is_indented, is_parted)
            if paragraph.row:
                line = replace(line, table=paragraph.row.table, cells=_read_row(paragraph.row, row_start))
            if paragraph.is_centred:
                line = replace(line, is_centred=True)
            lines.append(line if piece is pieces[0] else replace(line, is_run_on=True))
            is_parted = False
        if len(lines) > LINE_LIMIT:
            raise UnreadableError(
                f"正文超过 {LINE_LIMIT} 行，不像一份报告", "确认文件没有选错；一份报告一个文件，再导入"
            )
        pictures = early_pictures + paragraph.pictures
        early_pictures = () if lines else pictures
        if pictures and lines:
            lines[-1] = replace(lines[-1], pictures=lines[-1].pictures + pictures)
    return lines


def _read_row(row: TableRow, start: int) -> tuple[Passage | Merged, ...]:
    """Return the cells of a row whose text stands at `start` of the source."""
    cells: list[Passage | Merged] = []
    for cell in row.cells:
        if isinstance(cell, Merged):
            cells.append(cell)
            start += 1
        else:
            kept, _ = split_tokens(_show(Passage(cell, range(start, start + len(cell)))))
            cells.append(_close_up(join_passages(kept)))
            start += len(cell) + 1
    return tuple(cells)


def find_left_out(text: str) -> tuple[str, ...]:
    """Return the characters of a text that are left out: unseen, they would part a quote from its sentence."""
    return tuple(c for c in find_refused(text) if len(c) == 1 and is_unseen(c) and ord(c) not in _BLANKS)


def _show(passage: Passage) -> Passage:
    """Return the passage without invisible characters."""
    left_out = find_left_out(passage.text)
    if not left_out:
        return passage
    pieces = []
    start = 0
    for found in re.finditer("|".join(map(re.escape, left_out)), passage.text):
        pieces.append(passage.cut(start, found.start()))
        start = found.end()
    return join_passages([*pieces, passage.cut(start)])


def _split_indents(passage: Passage) -> list[Passage]:
    """Return the paragraphs that a copied page ran together, parted at the indents between them."""
    pieces = []
    start = 0
    for found in _INNER_INDENT.finditer(passage.text):
        pieces.append(passage.cut(start, found.start()))
        start = found.start()
    return [*pieces, passage.cut(start)]


def _close_up(passage: Passage) -> Passage:
    """Return the passage with one space for each stretch of blanks, and none at the ends."""
    text = narrow_digits(passage.text.translate(_BLANKS))
    passage = Passage(text, passage.at).strip()
    framed = _DECORATED.fullmatch(passage.text)
    if framed:
        passage = passage.cut(*framed.span("text"))
    if _SPACED_OUT.fullmatch(passage.text) or _is_spaced_word(passage.text) or _is_partly_spaced(passage.text):
        return join_passages(passage.cut(found.start(), found.end()) for found in _WORDS.finditer(passage.text))
    if "  " not in passage.text:
        return passage
    pieces = []
    start = 0
    for found in _MANY_BLANKS.finditer(passage.text):
        pieces.append(passage.cut(start, found.start() + 1))
        start = found.end()
    return join_passages([*pieces, passage.cut(start)])


def _is_spaced_word(text: str) -> bool:
    """Return whether a line is a short word spaced out, 报 告 or 目 录, and no name: 李 明."""
    return bool(_SPACED_SHORT.fullmatch(text)) and bool(_SPACED_WORD.fullmatch(re.sub(r"\s", "", text)))


def _is_partly_spaced(text: str) -> bool:
    """Return whether a line is spaced out by hand in its last words: 县科协 2023 年 工 作 总 结."""
    return len(text) <= _TITLE_LIMIT and _SPACED_TAIL.search(text) is not None


def _drop_noisy_lines(lines: list[CleanedLine], noise: list[Noise]) -> list[CleanedLine]:
    watermarks = find_watermarks(line.text for line in lines if line.origin is Origin.TEXT)
    contents = find_contents([line.text for line in lines])
    kept = []
    for place, line in enumerate(lines):
        reason = "" if line.origin is Origin.TABLE else name_line_noise(line.text)
        # A title said three times at the head is still the title; the doubled ones before it are told elsewhere.
        if not reason and line.is_furniture:
            reason = FURNITURE
        if line.text in watermarks and not (place < _HEAD_LINES and is_report_title(line.text)):
            reason = WATERMARK
        if place in contents:
            reason = CONTENTS
        if reason:
            noise.append(Noise(line.passage, reason))
        else:
            kept.append(line)
    return kept


def _drop_page_numbers(lines: list[CleanedLine], noise: list[Noise]) -> list[CleanedLine]:
    """Drop a bare number on a line of its own, unless it counts on from 1 and a short line after it is its heading."""
    kept: list[CleanedLine] = []
    last = 0
    for place, line in enumerate(lines):
        if _BARE_NUMBER.fullmatch(line.text) and line.origin is Origin.TEXT:
            following = lines[place + 1].text if place + 1 < len(lines) else ""
            is_inside = bool(kept) and not _ENDED.search(kept[-1].text) and not is_heading_like(kept[-1].text)
            if is_inside or int(line.text) not in {1, last + 1} or not is_heading_like(following):
                noise.append(Noise(line.passage, PAGE_NUMBER))
                continue
            last = int(line.text)
        kept.append(line)
    return kept


def _drop_promotion(lines: list[CleanedLine], noise: list[Noise]) -> list[CleanedLine]:
    kept_lines = []
    for place, line in enumerate(lines):
        if place < _HEAD_LINES and len(line.text) <= _TITLE_LIMIT and _SITE_SUFFIX.search(line.text):
            kept_lines.append(line)  # …工作总结-某某网: what a site adds to a title is cut off there
            continue
        kept, found = split_promotion(line.passage, place=place, count=len(lines))
        if found:
            noise.extend(found)
            passage = join_passages(kept).strip()
            if passage:
                kept_lines.append(replace(line, passage=passage))
        else:
            kept_lines.append(line)
    return kept_lines


def is_heading_like(text: str) -> bool:
    """Return whether a paragraph may be a heading without a marker: short, Chinese, and no sentence."""
    return 2 <= len(text) <= 40 and not _ENDED.search(text.rstrip("：:")) and text[-1] not in "，,、" and bool(
        re.search(r"[\u3400-\u9fff]", text)
    )  # fmt: skip


def _join_lines(lines: list[CleanedLine]) -> list[CleanedLine]:
    wraps = (_find_wrap(lines, width_em), _find_wrap(lines, len))
    ragged = _find_ragged_wrap(lines)
    indents = sum(line.is_indented for line in lines)
    is_indenting = indents > 2
    # Where lines that go on have none, an indent begins a paragraph.
    is_telling = is_indenting and indents * 4 < len(lines) * 3
    joined: list[CleanedLine] = []
    group: list[CleanedLine] = []
    for line in lines:
        if group and (
            _goes_on(group[-1], line, wraps=wraps, is_indenting=is_indenting)
            or (
                ragged
                and not (is_telling and line.is_indented)
                and _runs_on(group[-1], line, is_inside=len(group) > 1, wrap=ragged)
            )
        ):
            group.append(line)
            continue
        if group:
            joined.append(_join(group))
        group = [line]
    if group:
        joined.append(_join(group))
    return joined


def _join(group: Sequence[CleanedLine]) -> CleanedLine:
    if len(group) == 1:
        return group[0]
    pictures = tuple(name for line in group for name in line.pictures)
    return replace(group[0], passage=join_passages(line.passage for line in group), pictures=pictures)


def _goes_on(line: CleanedLine, following: CleanedLine, *, wraps: tuple[float, float], is_indenting: bool) -> bool:
    is_heading = bool(line.level or following.level or following.number)
    is_set_off = following.is_parted and following.is_indented
    is_apart = line.origin is not following.origin or line.origin is Origin.TABLE or is_heading or is_set_off
    if is_apart or (match_marker(following.text) and not _continues_number(line, following)):
        return False
    if line.text[-1] in "，,、（《“‘(" or following.text[0] in "，、。；：！？）》”’)":
        return True
    is_full = any(
        wrap > 0 and measure(line.text) + 2 * line.is_indented >= wrap - _WRAP_SLACK
        for wrap, measure in zip(wraps, (width_em, len), strict=True)
    )
    if not is_full or following.is_parted:
        return False
    if _ENDED.search(line.text):
        return is_indenting and not following.is_indented
    return not (following.is_indented and is_indenting)


def _continues_number(line: CleanedLine, following: CleanedLine) -> bool:
    """Return whether what looks like a marker is a rough number that goes on with a sentence: …合作社｜三、四名骨干."""
    return bool(_ROUGH_NUMBER.match(following.text)) and not _ENDED.search(line.text) and not is_heading_like(line.text)


def _find_ragged_wrap(lines: Sequence[CleanedLine]) -> float:
    """Return about how long the lines are where a text was broken at no one length; 0 where it was not broken.

    Lines that hold the end of a sentence and end within another tell it.
    """
    broken = sorted(width_em(line.text) for line in lines if _is_broken(line))
    return broken[len(broken) // 2] if len(broken) >= _WRAP_LINES and len(broken) * 8 >= len(lines) else 0


def _is_broken(line: CleanedLine) -> bool:
    return line.origin is Origin.TEXT and not line.level and bool(_BROKEN.search(line.text))


def _runs_on(line: CleanedLine, following: CleanedLine, *, is_inside: bool, wrap: float) -> bool:
    """Return whether a line of a text broken at no one length ends within a sentence that the next one ends."""
    is_apart = following.is_parted or following.level or following.number or line.level or line.number
    if is_apart or line.origin is not following.origin or line.origin is Origin.TABLE:
        return False
    if match_marker(following.text) and not _continues_number(line, following):
        return False
    if _ENDED.search(line.text) or is_role_heading(following.text):
        return False
    marker = None if is_inside else match_marker(line.text)
    heading = line.text[marker.end :] if marker else line.text
    if is_role_heading(heading) or (marker and is_heading_like(heading) and width_em(line.text) < wrap):
        return False
    return is_inside or _is_broken(line) or width_em(line.text) >= _RAGGED_SHARE * wrap


def _find_wrap(lines: Sequence[CleanedLine], measure: Callable[[str], float]) -> float:
    """Return the length at which the text was broken by hand or by a program, as `measure` tells it; 0 when it was not.

    Broken lines are those that end inside a sentence, and they end at one length: of so many ems, or characters.
    """
    open_lengths = [
        round(measure(line.text) + 2 * line.is_indented)
        for line in lines
        if line.origin is Origin.TEXT and not _ENDED.search(line.text) and not line.level
    ]
    counts = Counter(length for length in open_lengths if length >= _WRAP_SHORTEST)
    if not counts:
        return 0
    best = max(counts, key=lambda length: (counts[length] + counts[length - 1] + counts[length - 2], length))
    times = counts[best] + counts[best - 1] + counts[best - 2]
    longest = max(measure(line.text) for line in lines)
    # Paragraphs that run on past the length show that lines were not broken there.
    if times < max(_WRAP_LINES, len(lines) // 5) or longest > best + 6:
        return 0
    return best
