"""The account of a document: where each of its characters went. Nothing is dropped in silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.importing.recognise import Recognised
from nianbao.importing.source_text import Passage, SourceText
from nianbao.text.odd_characters import is_unseen

_UNPLACED, _PLACED, _MARK, _NOISE, _SIGNATURE = range(5)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of the source that did not reach the draft's text: the line it begins in, and why it is left out."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of the source by what became of them; together they are `total`, all of it.

    `placed` stand in the published text, `marks` are outline markers and the punctuation after titles, `signature`
    became publisher and date, `blanks` are spaces, line ends and what nobody sees.
    """

    total: int
    placed: int
    marks: int
    signature: int
    blanks: int
    noise: tuple[Leftover, ...]
    unplaced: tuple[Leftover, ...]

    @property
    def noise_characters(self) -> int:
        """How many characters were set apart as noise, blanks aside."""
        return sum(_count(piece.text) for piece in self.noise)

    @property
    def unplaced_characters(self) -> int:
        """How many characters found no place, blanks aside."""
        return sum(_count(piece.text) for piece in self.unplaced)


def account_for(source: SourceText, recognised: Recognised) -> Account:
    """Return the account of a document, taken from its draft and not from how it was made."""
    text = source.text
    states = bytearray(len(text))
    reasons: dict[int, str] = {}
    for piece in recognised.noise:
        _mark(states, [piece.passage], _NOISE)
        if piece.passage:
            reasons[piece.passage.at[0]] = piece.reason
    _mark(states, recognised.marks, _MARK)
    _mark(states, recognised.signature, _SIGNATURE)
    _mark(states, recognised.draft.list_passages(), _PLACED)
    line_starts = [0, *(place + 1 for place, mark in enumerate(text) if mark == "\n")]
    counts = [0] * 5
    blanks = 0
    for state, mark in zip(states, text, strict=True):
        if _is_blank(mark):
            blanks += 1
        else:
            counts[state] += 1
    noise = [
        Leftover(bisect_right(line_starts, piece.passage.at[0]), piece.passage.text, piece.reason)
        for piece in recognised.noise
        if piece.passage and _count(piece.passage.text)
    ]
    unplaced = [
        Leftover(bisect_right(line_starts, start), text[start:end].strip(), "没有找到位置")
        for start, end in _find_stretches(states, text)
    ]
    return Account(
        total=len(text),
        placed=counts[_PLACED],
        marks=counts[_MARK],
        signature=counts[_SIGNATURE],
        blanks=blanks,
        noise=tuple(sorted(noise, key=lambda piece: piece.line)),
        unplaced=tuple(unplaced),
    )


def _count(text: str) -> int:
    return sum(not _is_blank(mark) for mark in text)


def _is_blank(mark: str) -> bool:
    return mark.isspace() or not mark.isprintable() or is_unseen(mark)


def _mark(states: bytearray, passages: Iterable[Passage], state: int) -> None:
    for passage in passages:
        at = passage.at
        if isinstance(at, range) and at.step == 1:
            states[at.start : at.stop] = bytes([state]) * len(at)
            continue
        for place in at:
            states[place] = state


def _find_stretches(states: bytearray, text: str) -> list[tuple[int, int]]:
    """Return [start, end) of what is unplaced, blanks inside it included, one stretch a line."""
    stretches: list[tuple[int, int]] = []
    for place, mark in enumerate(text):
        if states[place] != _UNPLACED or _is_blank(mark):
            continue
        if stretches and not text[stretches[-1][1] : place].strip(" \u3000\t"):
            stretches[-1] = (stretches[-1][0], place + 1)
        else:
            stretches.append((place, place + 1))
    return stretches
