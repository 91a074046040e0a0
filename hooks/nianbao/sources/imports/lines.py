"""From the paragraphs of a document to those of its report: cleaned, and with broken lines joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nianbao.sources.imports.noise import (
    CONTENTS,
    PAGE_NUMBER,
    PROMOTION,
    REPEATED,
    WATERMARK,
    Noise,
    find_contents,
    find_related_links,
    find_repeated_heads,
    find_sample_titles,
    find_watermarks,
    is_report_title,
    name_line_noise,
    part_promotion,
    part_tokens,
)
from nianbao.sources.imports.source_text import Place, Run, SourceText, join_runs
from nianbao.text.outline import match_marker

# What nobody sees and the store refuses: it would part a quote from its text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff\ufff9-\uffff]+"
)
_BLANKS = {code: " " for code in range(0x3001) if chr(code).isspace()}
_INNER_INDENT = re.compile(r"(?<=[^\s>＞])(?:[\u3000\u2003]{2,}|\s{4,})(?=\S)")
# 工 作 总 结: a title spaced out by hand.
_SPACED_OUT = re.compile(r"(?:[0-9０-９年]{1,5} *)?(?:[\u3400-\u9fff0-9] +){3,}[\u3400-\u9fff]")
_WORDS = re.compile(r"[^ ]+")
_MANY_BLANKS = re.compile(r" {2,}")
_ENDED = re.compile(r"[。！？!?；;：:…][”’」』）)】》\"']*$|[）)】》]$")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_HEAD_LINES = 4
_WRAP_SLACK = 2.5
_WRAP_LINES = 3
_WRAP_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the report.

    `is_indented` tells that blanks stood before it, `is_parted` an empty line, `is_run_on` another paragraph in the
    same line.
    """

    run: Run
    place: Place = Place.TEXT
    level: int = 0
    number: str = ""
    is_indented: bool = False
    is_parted: bool = False
    pictures: tuple[str, ...] = ()
    is_run_on: bool = False

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.run.text


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs of a report in order, and what was set apart as noise."""

    lines: tuple[Line, ...]
    noise: tuple[Noise, ...]


def clean_source(source: SourceText) -> Cleaned:
    """Return the report's own paragraphs: no blanks at their ends, none empty, no line broken inside a sentence."""
    noise: list[Noise] = []
    lines = _read_lines(source, noise)
    lines = _drop_noisy_lines(lines, noise)
    lines = _drop_page_numbers(lines, noise)
    lines = _join_lines(lines)
    lines = _drop_promotion(lines, noise)
    repeated = find_repeated_heads([line.text for line in lines])
    repeated |= find_sample_titles([line.text for line in lines])
    links = find_related_links([line.text for line in lines])
    noise.extend(Noise(lines[place].run, PROMOTION) for place in sorted(links))
    noise.extend(Noise(lines[place].run, REPEATED) for place in sorted(repeated))
    lines = [line for place, line in enumerate(lines) if place not in repeated and place not in links]
    return Cleaned(tuple(lines), tuple(noise))


def _read_lines(source: SourceText, noise: list[Noise]) -> list[Line]:
    lines: list[Line] = []
    start = 0
    is_parted = False
    early_pictures: tuple[str, ...] = ()
    for paragraph in source.paragraphs:
        run = _show(Run(paragraph.text, range(start, start + len(paragraph.text))))
        start += len(paragraph.text) + 1
        if paragraph.aside:
            noise.append(Noise(run, paragraph.aside))
            continue
        pieces = [run] if paragraph.place is Place.TABLE else _split_indents(run)
        for piece in pieces:
            kept, marks = part_tokens(piece)
            noise.extend(marks)
            left = _close_up(join_runs(kept))
            if not left:
                is_parted = True
                continue
            is_indented = piece.text[:1].isspace() or piece is not pieces[0]
            is_run_on = piece is not pieces[0]
            line = Line(left, paragraph.place, paragraph.level, paragraph.number, is_indented, is_parted)
            lines.append(replace(line, is_run_on=True) if is_run_on else line)
            is_parted = False
        pictures = early_pictures + paragraph.pictures
        early_pictures = () if lines else pictures
        if pictures and lines:
            lines[-1] = replace(lines[-1], pictures=lines[-1].pictures + pictures)
    return lines


def _show(run: Run) -> Run:
    """Return the run without invisible characters."""
    if not _INVISIBLE.search(run.text):
        return run
    pieces = []
    start = 0
    for found in _INVISIBLE.finditer(run.text):
        pieces.append(run.cut(start, found.start()))
        start = found.end()
    return join_runs([*pieces, run.cut(start)])


def _split_indents(run: Run) -> list[Run]:
    """Return the paragraphs that a copied page ran together, parted at the indents between them."""
    pieces = []
    start = 0
    for found in _INNER_INDENT.finditer(run.text):
        pieces.append(run.cut(start, found.start()))
        start = found.start()
    return [*pieces, run.cut(start)]


def _close_up(run: Run) -> Run:
    """Return the run with one space for each stretch of blanks, and none at the ends."""
    text = run.text.translate(_BLANKS)
    run = Run(text, run.at).strip()
    if _SPACED_OUT.fullmatch(run.text):
        return join_runs(run.cut(found.start(), found.end()) for found in _WORDS.finditer(run.text))
    if "  " not in run.text:
        return run
    pieces = []
    start = 0
    for found in _MANY_BLANKS.finditer(run.text):
        pieces.append(run.cut(start, found.start() + 1))
        start = found.end()
    return join_runs([*pieces, run.cut(start)])


def _drop_noisy_lines(lines: list[Line], noise: list[Noise]) -> list[Line]:
    watermarks = find_watermarks(line.text for line in lines if line.place is Place.TEXT)
    contents = find_contents([line.text for line in lines])
    kept = []
    for place, line in enumerate(lines):
        reason = "" if line.place is Place.TABLE else name_line_noise(line.text)
        # A title said three times at the head is still the title; the doubled ones before it are told elsewhere.
        if line.text in watermarks and not (place < _HEAD_LINES and is_report_title(line.text)):
            reason = WATERMARK
        if place in contents:
            reason = CONTENTS
        if reason:
            noise.append(Noise(line.run, reason))
        else:
            kept.append(line)
    return kept


def _drop_page_numbers(lines: list[Line], noise: list[Noise]) -> list[Line]:
    """Drop a bare number on a line of its own, unless it counts on from 1 and a short line after it is its heading."""
    kept: list[Line] = []
    last = 0
    for place, line in enumerate(lines):
        if _BARE_NUMBER.fullmatch(line.text) and line.place is Place.TEXT:
            following = lines[place + 1].text if place + 1 < len(lines) else ""
            is_inside = bool(kept) and not _ENDED.search(kept[-1].text) and not is_heading_like(kept[-1].text)
            if is_inside or int(line.text) not in {1, last + 1} or not is_heading_like(following):
                noise.append(Noise(line.run, PAGE_NUMBER))
                continue
            last = int(line.text)
        kept.append(line)
    return kept


def _drop_promotion(lines: list[Line], noise: list[Noise]) -> list[Line]:
    kept_lines = []
    for place, line in enumerate(lines):
        kept, found = part_promotion(line.run, place=place, count=len(lines))
        if found:
            noise.extend(found)
            run = join_runs(kept).strip()
            if run:
                kept_lines.append(replace(line, run=run))
        else:
            kept_lines.append(line)
    return kept_lines


def is_heading_like(text: str) -> bool:
    """Return whether a paragraph may be a heading without a marker: short, Chinese, and no sentence."""
    return 2 <= len(text) <= 40 and not _ENDED.search(text.rstrip("：:")) and text[-1] not in "，,、" and bool(
        re.search(r"[\u3400-\u9fff]", text)
    )  # fmt: skip


def width_em(text: str) -> float:
    """Return the width of a line in ems: 1 for a Chinese character, 0.5 for a Latin one."""
    if text.isascii():
        return len(text) / 2
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _join_lines(lines: list[Line]) -> list[Line]:
    wraps = (_find_wrap(lines, width_em), _find_wrap(lines, len))
    is_indenting = sum(line.is_indented for line in lines) > 2
    joined: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and _goes_on(group[-1], line, wraps=wraps, is_indenting=is_indenting):
            group.append(line)
            continue
        if group:
            joined.append(_join(group))
        group = [line]
    if group:
        joined.append(_join(group))
    return joined


def _join(group: Sequence[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    pictures = tuple(name for line in group for name in line.pictures)
    return replace(group[0], run=join_runs(line.run for line in group), pictures=pictures)


def _goes_on(line: Line, following: Line, *, wraps: tuple[float, float], is_indenting: bool) -> bool:
    is_heading = bool(line.level or following.level or following.number)
    is_set_off = following.is_parted and following.is_indented
    is_apart = line.place is not following.place or line.place is Place.TABLE or is_heading or is_set_off
    if is_apart or match_marker(following.text):
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


def _find_wrap(lines: Sequence[Line], measure: Callable[[str], float]) -> float:
    """Return the length at which the text was broken by hand or by a program, as `measure` tells it; 0 when it was not.

    Broken lines are those that end inside a sentence, and they end at one length: of so many ems, or characters.
    """
    open_lengths = [
        round(measure(line.text) + 2 * line.is_indented)
        for line in lines
        if line.place is Place.TEXT and not _ENDED.search(line.text) and not line.level
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
