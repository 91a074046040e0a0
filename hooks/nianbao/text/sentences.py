"""Where sentences and clauses end, outside quotation marks and brackets."""

from __future__ import annotations

from nianbao.text.lazy_pattern import LazyPattern

_OPEN = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "「": "」", "『": "』", "〈": "〉"}
_CLOSE = frozenset(_OPEN.values())
_HAN = LazyPattern(r"[\u3400-\u9fff]")
# A mark that is opened and not closed within so many characters was a slip of the pen, and hides no sentence end.
_SPAN_LIMIT = 60

SENTENCE_ENDS = "。！？!?；;"
CLAUSE_ENDS = SENTENCE_ENDS + "，,：:"


def find_end(text: str, start: int, *, ends: str, limit: int | None = None) -> int | None:
    """Return the place of the first character of `ends` outside quotation marks and brackets; None without one.

    A half-width full stop counts as 。 between Chinese characters; a colon between digits is a time of day.
    `limit` bounds the search, exclusive.
    """
    stop = len(text) if limit is None else min(limit, len(text))
    at = start
    while at < stop:
        mark = text[at]
        if mark in _OPEN:
            closed = text.find(_OPEN[mark], at + 1, at + 1 + _SPAN_LIMIT)
            if closed > at:
                at = closed + 1
                continue
        elif (mark in ends and not (mark in ":：," and _is_in_number(text, at))) or (
            mark == "." and "。" in ends and _is_full_stop(text, at)
        ):
            return at
        at += 1
    return None


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the [start, end) of each sentence with its closing marks, in order; together they are the whole text."""
    spans = []
    start = 0
    while start < len(text):
        end = find_end(text, start, ends=SENTENCE_ENDS)
        stop = len(text) if end is None else end + 1
        while stop < len(text) and (text[stop] in _CLOSE or text[stop] in "。！？!?；;\"'"):
            stop += 1
        spans.append((start, stop))
        start = stop
    return tuple(spans)


def _is_in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _is_full_stop(text: str, at: int) -> bool:
    before = at > 0 and _HAN.match(text[at - 1])
    return bool(before) and (at + 1 == len(text) or bool(_HAN.match(text[at + 1])))
