"""How source text is shown: punctuation between Chinese characters full-width, what a source withheld found.

Every character keeps its place, so offsets into the source hold for the shown text.
"""

from __future__ import annotations

from nianbao.text.chinese_integers import CHINESE_NUMERALS
from nianbao.text.lazy_pattern import LazyPattern

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LEFT = f"{_HAN}”’》）】」』"
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_WIDE_NUMBER = LazyPattern("[０-９]+(?:[．，][０-９]+)*")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
# The mark comes first: a search for one of a few characters skips to it at the speed of C.
_MARK = LazyPattern(rf"[,;:!?](?<=[{_LEFT}].)")
_BRACKETS = LazyPattern(rf"(?<=[{_LEFT}])\(([^()]*)\)|\(([^()]*[{_HAN}][^()]*)\)")
# Masks as the sources print them: XX, **, ×××. Letters or digits beside them make a name (XXL, 2×3).
_ANY_MASK = LazyPattern("[XxＸｘ*＊×✕□■○〇]")
# A circle beside Chinese numerals is a zero (二〇〇三年), and 〇〇后 are those born since 2000.
_ZERO_BESIDE = f"[○〇{CHINESE_NUMERALS}]"
_WITHHELD = LazyPattern(
    r"(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])|[*＊]+|(?<![\d ])[×✕]+(?![\d ])|[□■]{2,}"
    rf"|(?<!{_ZERO_BESIDE})[○〇]{{2,}}(?!{_ZERO_BESIDE}|后)"
)


def widen_punctuation(text: str) -> str:
    """Return `text` with half-width punctuation after Chinese characters full-width; same length."""
    if text.isascii():
        return text
    if "(" in text:
        text = _BRACKETS.sub(lambda match: f"（{match.group(1) or match.group(2) or ''}）", text)
    return _MARK.sub(lambda match: _WIDE[match.group()], text)


def narrow_digits(text: str) -> str:
    """Return `text` with half-width digits, points and commas in its full-width numbers; same length."""
    return _WIDE_NUMBER.sub(lambda match: match[0].translate(_NARROW), text)


def find_withheld(text: str) -> tuple[tuple[int, int], ...]:
    """Return the [start, end) of each placeholder that a source put where it withheld something, in order."""
    if not _ANY_MASK.search(text):
        return ()
    return tuple(match.span() for match in _WITHHELD.finditer(text))
