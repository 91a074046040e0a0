"""Text that must fit: first the sizes, then the caller's next layout, then a cut between sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

import rjieba

from nianbao.text.break_rules import Break, find_breaks
from nianbao.text.sentences import CLAUSE_ENDS, SENTENCE_ENDS
from nianbao.text.unbroken import find_names

_Set = TypeVar("_Set")
_CLOSING = "”’》）】」』〉)"
_LONGEST_NAME = 24
# How far a piece may be from the even length for the sake of each kind of place, as a share of that length.
_REACHES = (0.3, 0.25, 0.25, 1.0, 1.0, 1.0)


def fit_sizes(sizes: Iterable[int], set_at: Callable[[int], _Set | None]) -> _Set | None:
    """Return the text set at the largest of `sizes` at which it fits; None when it fits at none.

    The largest is tried first, for most texts fit there, then the others by halves: what fits at one is taken to fit
    at all that follow it. `set_at` returns None where the text, set at that size, does not fit. Then the caller goes to
    its next layout.
    """
    steps = tuple(sizes)
    fitting = set_at(steps[0]) if steps else None
    if fitting is not None or len(steps) < 2:
        return fitting
    fitting = set_at(steps[-1])
    if fitting is None:
        return None
    low, high = 1, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        laid = set_at(steps[middle])
        if laid is None:
            low = middle + 1
        else:
            fitting, high = laid, middle
    return fitting


def cut_evenly(text: str, *, count: int) -> tuple[str, ...]:
    """Return `text` in `count` pieces of about the same length; together they are the text.

    Cut at the ends of paragraphs (after a line feed), then of sentences, then of clauses, then between words, where one
    is near. What `find_unbroken` finds and a word longer than a piece alone are cut, between characters.
    """
    kinds = _find_places(text)
    cuts = [0]
    for left in range(count, 1, -1):
        cuts.append(_choose_cut(kinds, start=cuts[-1], even=(len(text) - cuts[-1]) / left, end=len(text)))
    return tuple(text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))


def _choose_cut(kinds: tuple[list[int], ...], *, start: int, even: float, end: int) -> int:
    """The best place for the end of a piece that begins at `start`; `end` when there is none."""
    target = start + even
    for places, reach in zip(kinds, _REACHES, strict=True):
        first = bisect_right(places, max(start, target - reach * even))
        near = places[first : bisect_left(places, min(end, target + reach * even))]
        if near:
            return min(near, key=lambda at: abs(at - target))
    return end


@lru_cache(maxsize=16)
def _find_places(text: str) -> tuple[list[int], ...]:
    """The places for a cut by kind: after paragraphs, sentences, clauses and words, in names, between characters."""
    breaks = find_breaks(text)
    in_name = {at for start, end in find_names(text, longest=_LONGEST_NAME) for at in range(start + 1, end)}
    words = [at for at in accumulate(map(len, rjieba.cut(text))) if at < len(text) and breaks[at] >= Break.ALLOWED]
    free = [at for at in words if at not in in_name]
    return (
        [at for at in free if text[at - 1] == "\n"],
        [at for at in free if _is_end(text, at, SENTENCE_ENDS)],
        [at for at in free if _is_end(text, at, CLAUSE_ENDS + "、")],
        free,
        words,
        [at for at in range(1, len(text)) if breaks[at] is not Break.NEVER],
    )


def _is_end(text: str, at: int, marks: str) -> bool:
    """Whether one of the marks stands before, but for closing marks and blanks."""
    return text[max(0, at - 4) : at].rstrip().rstrip(_CLOSING)[-1:] in tuple(marks)
