"""Lines of a paragraph: none too wide, none that begins or ends with a mark it may not, no single character last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from nianbao.text.break_rules import LINE_END_FORBIDDEN, LINE_START_FORBIDDEN, Break, find_breaks

_MARKS = LINE_START_FORBIDDEN | LINE_END_FORBIDDEN
_LEAST_LAST_LINE = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of each character within a line, and where it ends one (a closing mark takes half there)."""

    inner: Sequence[float]
    last: Sequence[float]


def break_lines(text: str, widths: Widths, width: float, *, breaks: Sequence[Break] | None = None) -> tuple[Span, ...]:
    """Return the [start, end) of each line; together they are the whole text, blanks at line ends included.

    A line is wider than `width` only where one character is. `breaks` is what `find_breaks` says where it is known.
    """
    if not text:
        return ()
    places = find_breaks(text) if breaks is None else breaks
    sums = [0.0, *accumulate(widths.inner)]
    lines: list[Span] = []
    start = 0
    while start < len(text):
        end = _end_line(text, start, places, sums, widths, width)
        lines.append((start, end))
        start = end
    return tuple(_pull_down(text, lines, places, sums, widths, width))


def measure_line(text: str, span: Span, widths: Widths) -> float:
    """Return the width of one line, the blanks at its end left out."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    return sum(widths.inner[start : end - 1]) + widths.last[end - 1] if end > start else 0.0


def _end_line(
    text: str, start: int, places: Sequence[Break], sums: Sequence[float], widths: Widths, width: float
) -> int:
    """Return where the line that begins at `start` ends: the last best place that fits."""
    best: dict[Break, int] = {}
    for end in range(start + 1, len(text) + 1):
        place = Break.REQUIRED if end == len(text) else places[end]
        if place is Break.NEVER:
            continue
        fits = _fits(text, start, end, sums, widths, width)
        if not fits and sums[end - 1] - sums[start] > width and not text[end - 1].isspace():
            break
        if fits:
            best[place] = end
            if place is Break.REQUIRED:
                return end
    for place in (Break.ALLOWED, Break.EMERGENCY, Break.LAST_RESORT):
        if place in best:
            return best[place]
    return next((end for end in range(start + 1, len(text)) if places[end] is not Break.NEVER), len(text))


def _fits(text: str, start: int, end: int, sums: Sequence[float], widths: Widths, width: float) -> bool:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end <= start or sums[end - 1] - sums[start] + widths.last[end - 1] <= width


def _pull_down(
    text: str, lines: list[Span], places: Sequence[Break], sums: Sequence[float], widths: Widths, width: float
) -> list[Span]:
    """Give each paragraph's last line, where it holds a single character, what it needs from the line before."""
    for index in range(1, len(lines)):
        (start, end), (last_start, last_end) = lines[index - 1], lines[index]
        is_last = index == len(lines) - 1 or text[last_end - 1] == "\n"
        if text[end - 1] == "\n" or not is_last or _weigh(text, last_start, last_end) >= _LEAST_LAST_LINE:
            continue
        for at in range(end - 1, start, -1):
            if (
                places[at] is Break.ALLOWED
                and _weigh(text, at, last_end) >= _LEAST_LAST_LINE
                and _weigh(text, start, at) >= _LEAST_LAST_LINE
            ):
                if _fits(text, at, last_end, sums, widths, width):
                    lines[index - 1], lines[index] = (start, at), (at, last_end)
                break
    return lines


def _weigh(text: str, start: int, end: int) -> int:
    return sum(not (character in _MARKS or character.isspace()) for character in text[start:end])
