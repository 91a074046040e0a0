"""Titles in lines of even length, broken between phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from nianbao.text.break_rules import LINE_START_FORBIDDEN, Break, find_breaks
from nianbao.text.line_breaking import Span, Widths, break_lines, measure_line

_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_BALANCED = 80
# What a break costs, in units of a line's squared slack: cheap after a pause, dear inside a word.
_AFTER_PAUSE, _AFTER_SPACE, _BETWEEN_PHRASES, _BESIDE_PARTICLE, _IN_WORD = -0.10, -0.08, 0.0, 0.25, 1.0
_CLINGS_LEFT = frozenset(["u", "ud", "ug", "uj", "ul", "uv", "uz", "y", "f"])
_CLINGS_RIGHT = frozenset(["p", "c", "m", "d", "q"])
_POINTING = frozenset("这那每各某本")


@dataclass(frozen=True, slots=True)
class TitleBreaks:
    """Where a title may be broken, and what each place costs."""

    places: tuple[Break, ...]
    costs: tuple[float, ...]


@lru_cache(maxsize=1024)
def find_title_breaks(text: str) -> TitleBreaks:
    """Return the places of `find_breaks` with their costs by word segmentation (jieba's dictionary)."""
    places = find_breaks(text)
    costs = [_IN_WORD] * len(text)
    at, before, word_before = 0, "", ""
    for word, tag in rjieba.tag(text):
        if 0 < at < len(text):
            clings = (
                tag in _CLINGS_LEFT
                or before in _CLINGS_RIGHT
                or word_before in _POINTING
                or (len(word) == 1 and at + 1 == len(text))
            )
            costs[at] = _BESIDE_PARTICLE if clings else _BETWEEN_PHRASES
            if text[at - 1] in LINE_START_FORBIDDEN:
                costs[at] = _AFTER_PAUSE
            elif text[at - 1].isspace():
                costs[at] = _AFTER_SPACE
        at, before, word_before = at + len(word), tag, word
    return TitleBreaks(places, tuple(costs))


def break_title(text: str, widths: Widths, width: float) -> tuple[Span, ...]:
    """Return the lines of a title: as few as can be, then broken between phrases, then of even length."""
    breaks = find_title_breaks(text)
    greedy = break_lines(text, widths, width, breaks=breaks.places)
    if len(greedy) < 2 or len(text) > _LONGEST_BALANCED:
        return greedy
    return _balance(text, widths, width, breaks, count=len(greedy)) or greedy


def _balance(text: str, widths: Widths, width: float, breaks: TitleBreaks, *, count: int) -> tuple[Span, ...] | None:
    """The cheapest way to set the title in `count` lines; None where there is none."""
    ends = [at for at in range(1, len(text)) if breaks.places[at] >= Break.ALLOWED] + [len(text)]
    even = measure_line(text, (0, len(text)), widths) / count
    best: dict[tuple[int, int], tuple[float, tuple[Span, ...]]] = {(0, 0): (0.0, ())}
    for number in range(1, count + 1):
        for end in ends:
            if (number == count) != (end == len(text)):
                continue
            options: list[tuple[float, tuple[Span, ...]]] = []
            for (lines, start), (cost, spans) in best.items():
                if lines != number - 1 or start >= end:
                    continue
                if any(breaks.places[at] is Break.REQUIRED for at in range(start + 1, end)):
                    continue
                line_width = measure_line(text, (start, end), widths)
                if line_width > width or (number > 1 and len(_HAN.findall(text[start:end])) == 1):
                    continue
                slack = ((line_width - even) / width) ** 2
                step = slack + (0.0 if end == len(text) else breaks.costs[end])
                options.append((cost + step, (*spans, (start, end))))
            if options:
                best[(number, end)] = min(options)
    found = best.get((count, len(text)))
    return found[1] if found else None
