"""Lines of a paragraph: none too wide, none that begins or ends with a mark it may not, no single character last.

Lines are filled one after the other. Where that leaves a gap, since a number and its unit went to the next line or
characters were pulled down to the last, the lines before share the gap (after Knuth and Plass, for lines of one width).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from nianbao.text.break_rules import LINE_END_FORBIDDEN, LINE_START_FORBIDDEN, Break, find_breaks

_MARKS = LINE_START_FORBIDDEN | LINE_END_FORBIDDEN
_LEAST_LAST_LINE = 2
_GOOD_LAST_LINE = 4
_SHORT_LAST_COST = 0.8  # for each character less, in squared em of gaps
_WIDEST_GAP = 1.0  # em: one character more or less; narrower gaps nobody sees
_REACH = 12  # how far, in characters, lines may end before those that are filled

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of each character within a line, and where it ends one (a closing mark takes half there), in em."""

    inner: Sequence[float]
    last: Sequence[float]


def break_lines(text: str, widths: Widths, width: float, *, breaks: Sequence[Break] | None = None) -> tuple[Span, ...]:
    """Return the [start, end) of each line; together they are the whole text, blanks at line ends included.

    A line is wider than `width`, in em, only where one character is. `breaks` is what `find_breaks` says where it is
    known.
    """
    if not text:
        return ()
    places = find_breaks(text) if breaks is None else breaks
    return _Breaker(text, places, (0.0, *accumulate(widths.inner)), widths.last, width).break_lines()


def measure_line(text: str, span: Span, widths: Widths) -> float:
    """Return the width of one line, the blanks at its end left out."""
    start, end = trim_line(text, span)
    return sum(widths.inner[start : end - 1]) + widths.last[end - 1] if end > start else 0.0


def trim_line(text: str, span: Span) -> Span:
    """Return the line without the blanks at its end."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Breaker:
    """A text with all that breaking it needs; `sums` are the widths from its beginning."""

    text: str
    places: Sequence[Break]
    sums: Sequence[float]
    last: Sequence[float]
    width: float

    def break_lines(self) -> tuple[Span, ...]:
        lines: list[Span] = []
        start = 0
        while start < len(self.text):
            end = self._end_line(start)
            lines.append((start, end))
            start = end
        lines = self._pull_down(lines)
        return tuple(self._share_gaps(lines) or lines)

    def _end_line(self, start: int) -> int:
        """Where the line that begins at `start` ends: the last best place that fits."""
        text, length = self.text, len(self.text)
        # From the first character that is beyond the width, blanks apart, back to a good place: it is near.
        beyond = max(start, bisect_right(self.sums, self.sums[start] + self.width, start, length) - 1)
        while beyond < length and (self.sums[beyond] - self.sums[start] <= self.width or text[beyond].isspace()):
            beyond += 1
        line_feed = text.find("\n", start, beyond)
        if line_feed >= 0:
            return line_feed + 1
        best = dict[Break, int]()
        for end in range(beyond, start, -1):
            place = Break.REQUIRED if end == length else self.places[end]
            if place is not Break.NEVER and place not in best and self._fits(start, end):
                if place >= Break.ALLOWED:
                    return end
                best[place] = end
        for place in (Break.EMERGENCY, Break.LAST_RESORT):
            if place in best:
                return best[place]
        return next((end for end in range(start + 1, length) if self.places[end] is not Break.NEVER), length)

    def _fits(self, start: int, end: int) -> bool:
        return self._gap(start, end) >= 0

    def _pull_down(self, lines: list[Span]) -> list[Span]:
        """Give a last line that holds a single character what it needs from the line before."""
        for index in range(1, len(lines)):
            (start, end), (last_start, last_end) = lines[index - 1], lines[index]
            is_last = index == len(lines) - 1 or self.text[last_end - 1] == "\n"
            if self.text[end - 1] == "\n" or not is_last or self._weigh(last_start, last_end) >= _LEAST_LAST_LINE:
                continue
            for at in range(end - 1, start, -1):
                if self.places[at] is Break.ALLOWED and self._weigh(at, last_end) >= _LEAST_LAST_LINE:
                    if self._weigh(start, at) >= _LEAST_LAST_LINE and self._fits(at, last_end):
                        lines[index - 1], lines[index] = (start, at), (at, last_end)
                    break
        return lines

    def _share_gaps(self, lines: list[Span]) -> list[Span] | None:
        """As many lines with the least sum of squared gaps; None where there is no wide one, or nothing better."""
        widest = max((self._gap(*line) for line in lines[:-1]), default=0.0)
        if widest <= _WIDEST_GAP or "\n" in self.text:
            return None
        paths: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
        for _, latest in lines[:-1]:
            following: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, path) in paths.items():
                for end in range(latest, max(start, latest - _REACH), -1):
                    if self.places[end] is not Break.ALLOWED:
                        continue
                    gap = self._gap(start, end)
                    if gap < 0:
                        continue
                    if gap > widest:
                        break
                    option = (cost + gap * gap, (*path, end))
                    following[end] = min(option, following.get(end, option))
            paths = following
        last = [
            (cost + self._cost_last(start), path)
            for start, (cost, path) in paths.items()
            if self._fits(start, len(self.text))
        ]
        if not last:
            return None
        _, ends = min(last)
        return list(pairwise((*ends, len(self.text))))

    def _gap(self, start: int, end: int) -> float:
        """What the line leaves of the width; less than nothing where it is too wide."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.width - (self.sums[end - 1] - self.sums[start] + self.last[end - 1]) if end > start else 0.0

    def _cost_last(self, start: int) -> float:
        return max(0, _GOOD_LAST_LINE - self._weigh(start, len(self.text))) * _SHORT_LAST_COST

    def _weigh(self, start: int, end: int) -> int:
        """How many characters stand there, marks and blanks apart."""
        return sum(not (character in _MARKS or character.isspace()) for character in self.text[start:end])
