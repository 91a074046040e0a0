"""Characters that no text may hold: those that nobody sees, that turn the direction of reading, or that stand for none.

They part a quote from its sentence, or let a page show other words than its file. Sources: Unicode's
DerivedCoreProperties (Default_Ignorable_Code_Point) and General_Category, and the letters that have no ink.
"""

from __future__ import annotations

import re
import unicodedata

# What reports are written with; all of it is in the fonts of the cards. One pass over a text finds everything else.
_PLAIN = "\n\r\t -~·×—‘’“”…\u3000-\u3011\u4e00-\u9fa5！-～"
_PLAIN_TEXT = re.compile(f"[{_PLAIN}]*")
_UNCOMMON = re.compile(f"[^{_PLAIN}]")
_LOST = "\ufffd"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Letters, marks and symbols by their category, though they have no ink.
_WITHOUT_INK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U00013441-\U00013446\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)
_SPACES = frozenset(" \u00a0\u3000\n\r\t")
# Kept for Chinese characters: an older Python does not know the newest of them.
_LATER_HAN = re.compile("[\U00020000-\U0003fffd]")
_DELETE = "删去它；VS Code 会用黄框标出"
# By category; what is not here is unseen like Cf.
_DESCRIPTIONS = {
    "Bidi": ("有看不见的字符 {}，它会把文字倒过来显示", _DELETE),
    "Cc": ("有不能用的控制字符 {}", "删去它"),
    "Cf": ("有看不见的字符 {}", _DELETE),
    "Zs": ("有特殊的空格 {}", "换成普通的空格，或删去"),
    "Co": ("有自造的字 {}，别的电脑上显示不出来", "换成标准的字"),
    "Cn": ("{} 不是字符，显示不出来", "对照原文补上正确的字"),
}
_MOST_MARKS = 4
_PILES = re.compile(f"[^{_PLAIN}]{{{_MOST_MARKS + 1},}}")


def is_plain(text: str) -> bool:
    """Return whether a text has common Chinese characters, ASCII and punctuation alone; the card fonts have all."""
    return _PLAIN_TEXT.fullmatch(text) is not None


def find_refused(text: str) -> tuple[str, ...]:
    """Return the characters that no text may hold, each once, and the marks piled on one letter."""
    if is_plain(text):
        return ()
    uncommon = dict.fromkeys(_UNCOMMON.findall(text))
    refused = [character for character in uncommon if _is_refused(character)]
    if any(is_combining(character) for character in uncommon):
        refused += dict.fromkeys(_find_piles(text))
    return tuple(refused)


def describe_refused(found: str) -> tuple[str, str]:
    """Return what is wrong with what `find_refused` found, and what to do, in Chinese."""
    if len(found) > 1:
        return f"一个字上叠了 {len(found)} 个附加符号", f"只留正文要的，最多 {_MOST_MARKS} 个"
    if found == _LOST:
        return f"有“{_LOST}”：原来的字在转码时丢了", "对照原文补上这个字"
    kind = "Bidi" if _BIDI.match(found) else "Cf" if found == "\x85" else unicodedata.category(found)
    problem, fix = _DESCRIPTIONS.get(kind, _DESCRIPTIONS["Cf"])
    return problem.format(f"U+{ord(found):04X}"), fix


def is_unseen(character: str) -> bool:
    """Return whether a refused character shows nothing, so that a text says the same without it."""
    return bool(_WITHOUT_INK.match(character)) or unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


def is_combining(character: str) -> bool:
    """Return whether a character stands on the letter before it."""
    return unicodedata.category(character)[0] == "M"


def _is_refused(character: str) -> bool:
    category = unicodedata.category(character)
    if category in {"Cn", "Zs"}:
        return character not in _SPACES and not _LATER_HAN.match(character)
    return category in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} or character == _LOST or bool(_WITHOUT_INK.match(character))


def _find_piles(text: str) -> list[str]:
    piles = []
    for stretch in _PILES.findall(text):
        marks = ""
        for character in f"{stretch}\n":
            if is_combining(character):
                marks += character
                continue
            if len(marks) > _MOST_MARKS:
                piles.append(marks)
            marks = ""
    return piles
