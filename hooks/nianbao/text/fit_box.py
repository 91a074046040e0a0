"""Text that must fit: first the sizes, then the caller's next layout, then a cut between sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from nianbao.text.sentences import CLAUSE_ENDS, SENTENCE_ENDS

_Set = TypeVar("_Set")
_CLOSING = frozenset("”’》）】」』。！？!?；;")


def fit_sizes(sizes: Iterable[int], set_at: Callable[[int], _Set | None]) -> _Set | None:
    """Return the text set at the largest of `sizes` at which it fits; None when it fits at none.

    `sizes` are tried by halves: what fits at one is taken to fit at all that follow it. `set_at` returns None where
    the text, set at that size, does not fit. Then the caller goes to its next layout.
    """
    steps = tuple(sizes)
    fitting = set_at(steps[-1]) if steps else None
    if fitting is None:
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        laid = set_at(steps[middle])
        if laid is None:
            low = middle + 1
        else:
            fitting, high = laid, middle
    return fitting


def cut_evenly(text: str, *, count: int) -> tuple[str, ...]:
    """Return `text` in `count` pieces of about the same length, cut at the ends of sentences where they are near.

    Together the pieces are the text. Where there are too few ends, pieces are cut after a clause, or anywhere.
    """
    cuts: list[int] = []
    sentences = _ends(text, SENTENCE_ENDS)
    clauses = _ends(text, CLAUSE_ENDS + "、")
    for number in range(1, count):
        target = len(text) * number // count
        reach = max(1, len(text) // (count * 4))
        for places in (sentences, clauses):
            near = [at for at in places if abs(at - target) <= reach]
            if near:
                target = min(near, key=lambda at: abs(at - target))
                break
        if cuts and target <= cuts[-1]:
            target = min(len(text), cuts[-1] + 1)
        cuts.append(target)
    return tuple(text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))


def _ends(text: str, marks: str) -> list[int]:
    ends = []
    for at, character in enumerate(text[:-1]):
        if (
            character in marks
            and not (text[at + 1] in _CLOSING or (text[at - 1 : at].isdigit() and text[at + 1].isdigit()))
        ) or (character in _CLOSING and at and text[at - 1] in marks and text[at + 1] not in _CLOSING):
            ends.append(at + 1)
    return ends
