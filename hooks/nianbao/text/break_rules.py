"""Where a Chinese text may be broken into lines: UAX #14, and what GB/T 15834-2011 asks beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from uniseg.graphemecluster import grapheme_cluster_breakables  # type: ignore[import-untyped]
from uniseg.linebreak import line_break_breakables  # type: ignore[import-untyped]

from nianbao.text.unbroken import find_unbroken

LINE_START_FORBIDDEN = frozenset("，。、；：！？）》”’】」』〉〕…—·％%‰℃,.;:!?)]}")
LINE_END_FORBIDDEN = frozenset("（《“‘【「『〈〔([{")

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")
# In Chinese these open and close; UAX #14 takes them for ambiguous quotation marks.
_AS_BRACKETS = str.maketrans("“”‘’", "「」「」")
# All characters of a class behave alike, so that a few hundred shapes stand for all texts.
_SHAPES = ((re.compile(rf"[{_HAN}]"), "一"), (re.compile("[0-9]"), "0"), (re.compile("[A-Za-z]"), "a"))
_RUN = re.compile(r"([0a])\1+")
_LONGEST_SHAPE = 64


class Break(IntEnum):
    """How good a place is for a line to end; a better one is taken first."""

    NEVER = 0  # inside a character as people see it
    LAST_RESORT = 1  # a mark would stand where none may
    EMERGENCY = 2  # inside a number, a word or an address that is wider than the line
    ALLOWED = 3
    REQUIRED = 4  # after a line feed


def find_breaks(text: str, *, unbroken: Iterable[tuple[int, int]] = ()) -> tuple[Break, ...]:
    """Return, for each character, how good a line break before it is; the first is NEVER.

    What `find_unbroken` finds holds together, and so does every [start, end) of `unbroken`.
    """
    breaks = [Break.ALLOWED if allowed else Break.EMERGENCY for allowed in _find_uax14(text)]
    for start, end in (*find_unbroken(text), *unbroken):
        for at in range(start + 1, end):
            breaks[at] = Break.EMERGENCY
    for at in range(1, len(text)):
        if text[at - 1] == "\n":
            breaks[at] = Break.REQUIRED
        elif text[at] in LINE_START_FORBIDDEN or text[at - 1] in LINE_END_FORBIDDEN or text[at].isspace():
            breaks[at] = min(breaks[at], Break.LAST_RESORT)
    if not text.isascii() or "\r" in text:
        for at, is_boundary in enumerate(_find_clusters(text)):
            if not is_boundary:
                breaks[at] = Break.NEVER
    if breaks:
        breaks[0] = Break.NEVER
    return tuple(breaks)


def _find_uax14(text: str) -> list[bool]:
    """UAX #14 by pieces: a break between two ideographs is always allowed, and nothing reaches across it."""
    result: list[bool] = []
    for piece in _BETWEEN_HAN.split(text):
        result += [False] if len(piece) == 1 else _find_in_piece(piece)
        if piece:
            result[-len(piece)] = bool(result[: -len(piece)])
    return result


def _find_in_piece(piece: str) -> Iterable[bool]:
    shape = piece.translate(_AS_BRACKETS)
    for pattern, one in _SHAPES:
        shape = pattern.sub(one, shape)
    if len(shape) > _LONGEST_SHAPE:
        return map(bool, line_break_breakables(shape))
    # Nothing breaks between two digits or two letters, so that one stands for a run of them.
    found = iter(_find_in_shape(_RUN.sub(r"\1", shape)))
    return [
        not (at and character in "0a" and character == shape[at - 1]) and next(found)
        for at, character in enumerate(shape)
    ]


@lru_cache(maxsize=4096)
def _find_in_shape(shape: str) -> tuple[bool, ...]:
    return tuple(map(bool, line_break_breakables(shape)))


_PLAIN = re.compile(rf"[{_HAN}\u3001-\u3011\uff01-\uff5e\u2010-\u2026\u00b7 -~\n]*")


def _find_clusters(text: str) -> Iterable[bool]:
    if _PLAIN.fullmatch(text):
        return [True] * len(text)
    return map(bool, grapheme_cluster_breakables(text))
