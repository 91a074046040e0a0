"""Why a text that looks like a number of something is none: for the one who must be told."""

from __future__ import annotations

import re
from enum import Enum, auto


class Doubt(Enum):
    """What keeps a number from being one number."""

    TORN = auto()  # 1,2345人, 3 . 5万人, 12 345人
    ROUGH = auto()  # 三、四名, 十五、六名


_ONES = "一二两三四五六七八九十"
_MARKS = "、，,.． \u3000"


def find_doubt(text: str) -> Doubt | None:
    """Return what makes the numbers of a text, which `find_quantities` did not take, doubtful; None where nothing does.

    Only for wording: it says nothing about texts in which a quantity was found.
    """
    if re.search(rf"[{_ONES}]\s*[、，,]\s*[{_ONES}]|(?<!\d)\d\s*、\s*\d(?!\d)", text):
        return Doubt.ROUGH
    return Doubt.TORN if re.search(r"\d\s*[,，.．]\s*\d|\d\s+\d", text) else None


def find_run_start(text: str, end: int) -> int:
    """Return where the digits, and the marks and blanks between them, begin that reach up to `end`."""
    start = end
    while start and (text[start - 1].isdecimal() or text[start - 1] in _ONES or text[start - 1] in _MARKS):
        start -= 1
    while start < end and text[start] in _MARKS:
        start += 1
    return start
