"""What in a Chinese text may not part, neither across a line nor across a card: numbers with what they count, dates,
times, codes and Latin words; and names in quotation marks, which a line may part and a card may not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nianbao.text.chinese_integers import CHINESE_NUMERALS
from nianbao.text.measure_words import WRITTEN_UNITS
from nianbao.text.number_reader import GROUP_SPACES, MASK_SIGNS, SPACES
from nianbao.text.qualifiers import QUALIFIERS_AFTER, QUALIFIERS_BEFORE
from nianbao.text.quantity_reader import find_quantities

Span = tuple[int, int]


def _group(words: Iterable[str]) -> dict[str, str]:
    """Patterns of what follows the first character of each word, the longest first, by that character."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return {re.escape(first): f"(?:{'|'.join(ends)})" for first, ends in rests.items()}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of one of the words; most characters begin none, which one look ahead tells."""
    groups = _group(words)
    return f"(?=[{''.join(groups)}])(?:{'|'.join(first + ends for first, ends in groups.items())})"


# D figures, C Chinese numerals, M signs that mask digits, S spaces.
_D, _C, _M, _S = "[0-9０-９]", f"[{CHINESE_NUMERALS}]", f"[{re.escape(MASK_SIGNS)}]", f"[{SPACES}]*"
_ANY = rf"(?:{_D}|{_C}|{_M})"
# 百分点 and 千米 are units; their first character is no scale.
_SCALE, _INNER = "(?:[万亿萬億]|百(?!分)|千(?![米克瓦]))", "[余多来餘來+＋]"
_BESIDE_UNITS = ("月份", "年度", "学年", "周年", "周岁", "年级", "年代", "世纪")
_UNIT = _any_of((*WRITTEN_UNITS, *_BESIDE_UNITS))
_AFTER = f"(?:{_S}{_any_of(QUALIFIERS_AFTER)})?"
_SIZE = rf"(?:{_S}{_SCALE}+(?:{_D}+(?:[.．]{_D}+)?{_SCALE}*)?)?(?:{_S}{_INNER}(?:{_S}{_SCALE}+)?)?"
# A word that is no unit of ours still stands with its number (12镇); not after five digits: 12345热线 is a name.
_WORD = rf"{_SCALE}*{_INNER}?{_SCALE}*(?:(?<!{_D}{{5}})(?![的和与及或等是在了])[\u3400-\u9fff]|[A-Za-z]+)?"

# All begin after their first character, which a look-behind names: a search that begins with one class of characters
# skips to the next of them at the speed of C.
_SEASON = "[上下]半年|第?[一二三四1-4]季度|[度底初末]|以来"
_DATE = (
    rf"(?<={_D})(?:{_D}{{1,3}}{_S}年(?:{_S}{_D}{{1,2}}{_S}月(?:{_S}{_D}{{1,2}}{_S}[日号]|份)?|{_SEASON})?"
    rf"|{_D}?{_S}月(?:{_S}{_D}{{1,2}}{_S}[日号]|份|[上中下]旬|[初底末])?|{_D}?[时点]{_D}{{1,2}}分?)"
    rf"|(?<={_C})(?:{_C}{{1,3}}年(?:{_C}{{1,2}}月(?:{_C}{{1,3}}[日号]|份)?|{_SEASON})?|{_C}?月(?:{_C}{{1,3}}[日号]|份))"
    rf"|(?<=[{MASK_SIGNS}0-9])(?:{_D}|{_M}){{0,3}}(?:年(?:{_M}{{1,2}}月(?:{_M}{{1,2}}日)?)?|月(?:{_M}{{1,2}}日|份))"
)
_SHARE = rf"(?<=[百千])分之(?:{_D}+(?:[.．]{_D}+)?|{_C}+(?:点{_C}+)?){_AFTER}"
_DIGITS = "|".join(
    (
        rf"(?<={_D}){_D}*(?:[,，{GROUP_SPACES}]{_D}{{3}}(?!{_D}))*(?:[.．:：∶·•・‧]{_D}+)*{_M}{{0,20}}",
        rf"(?<={_C}){_C}{{0,20}}(?:点{_C}+|[·•・‧.．]{_C}+)?",
        rf"(?<={_M}){_M}{{0,20}}+(?:[.．]{_M}{{1,20}}+)?",
        r"(?<=[A-Za-z])[A-Za-z0-9]*(?:[-.·+][A-Za-z0-9]+)*",
    )
)
_COUNTED = rf"(?<![A-WYZa-wyz]){_SIZE}{_S}(?:{_UNIT}{_AFTER}|{_any_of(QUALIFIERS_AFTER)})"
_JOINTS = "－–~～〜∼至到+＋×✕xX*＊/／"
_JOIN = rf"(?<![年月日号]){_S}(?:[-{_JOINTS}]|—(?!—)){_S}"


_QUALIFIERS = _group(QUALIFIERS_BEFORE)
_DIGIT_SIGNS = f"0-9０-９{CHINESE_NUMERALS}{MASK_SIGNS}"
_FIRSTS = f"{_DIGIT_SIGNS}{''.join(_QUALIFIERS)}第上－−\\-A-Za-z"
# What begins a qualifier begins another word more often (不, 多, 大, 上): the character that follows tells.
_SECONDS = "".join(sorted({word[1] for word in QUALIFIERS_BEFORE if len(word) > 1}))
_GOES_ON = f"(?:(?<=[{_DIGIT_SIGNS}A-Za-z])|(?=[{_DIGIT_SIGNS}{SPACES}{_SECONDS}{_JOINTS}—-]))"
_BEFORE = "|".join(f"(?<={first}){ends}" for first, ends in _QUALIFIERS.items())
_BARE = rf"(?<={_D}){_WORD}|(?<={_C}{{2}})|(?<={_C}[·•・‧.．]{_C})|(?<=[A-Za-z])"
_NUMBER = rf"(?:{_DATE}|{_SHARE}|(?:{_DIGITS})(?:{_COUNTED}|{_BARE}))"

# To be used with `sub` where speed matters and RARE is nowhere in the text; `find_unbroken` minds what that finds.
UNBROKEN = re.compile(
    rf"[{_FIRSTS}]{_GOES_ON}(?:(?<=[{''.join(_QUALIFIERS)}第上－−-])(?:{_BEFORE}|(?<=第)|(?<=上)(?=[百千万亿])|(?<=[-－−])(?={_D})){_S}{_ANY})?"
    rf"(?:(?:{_JOIN}(?:{_ANY}|[A-Z]))?{_NUMBER})+"
)
# These may not begin a line, and UAX #14 lets them.
_MARKS = "·+＋"
_BEFORE_MARK = re.compile(rf"[\u3400-\u9fff”’][{_MARKS}]")
# Signs that make a number another one: few texts have them, and the parser of quantities knows what they belong to.
# The 分 is that of 分之: a search for one of a few characters skips to the next of them.
_OF_FRACTION = "(?:(?<!分)|之)"
_SIGNS = re.compile(f"[负−－¥￥○分]{_OF_FRACTION}")
RARE = re.compile(f"[{_MARKS}负−－¥￥○分]{_OF_FRACTION}")
_NAME = re.compile("《[^《》\\n]{1,30}》|“[^“”\\n]{1,30}”|‘[^‘’\\n]{1,30}’|「[^「」\\n]{1,30}」")


def find_unbroken(text: str) -> tuple[Span, ...]:
    """Return the [start, end) of each number, date, time, code and Latin word, in order and disjoint."""
    spans = [match.span() for match in UNBROKEN.finditer(text)]
    if not RARE.search(text):
        return tuple(spans)
    spans += [match.span() for match in _BEFORE_MARK.finditer(text)]
    if _SIGNS.search(text):
        spans += [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    return merge_spans(spans)


def find_names(text: str, *, longest: int) -> tuple[Span, ...]:
    """Return the [start, end) of what stands in quotation marks, these included, up to `longest` characters inside."""
    return tuple(match.span() for match in _NAME.finditer(text) if match.end() - match.start() <= longest + 2)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
