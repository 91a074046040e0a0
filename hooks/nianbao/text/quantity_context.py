"""What stands around a number: the qualifiers that belong to it, and the words that make it no quantity."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.text.chinese_integers import CHINESE_NUMERALS
from nianbao.text.lazy_pattern import LazyPattern
from nianbao.text.longer_words import MANY_SIDED, NAMES_AFTER_MASK, PROGRAMMES
from nianbao.text.measure_words import MaskRule, MeasureWord
from nianbao.text.number_reader import CHINESE, MASK_SIGNS, MASKED, SPACES, Number
from nianbao.text.quantity_signs import skip_spaces_left


class Candidate(NamedTuple):
    """A number with its unit; `start` includes a qualifier before it, `unit_end` no qualifier after it."""

    number: Number
    word: MeasureWord
    start: int
    unit_end: int
    is_whole: bool  # the text is nothing else
    is_qualified: bool
    is_range: bool


_CHINESE_DIGITS = "一二两三四五六七八九十"
# By themselves: 一场 is an article and a noun more than a count.
NEVER_COUNTED = frozenset("一零〇")
_ORDINAL_OR_RATE = frozenset("第每隔#＃№")
_TYING_SIGNS = frozenset(".．,，")
_INDEFINITE = LazyPattern(r"(?:几|(?<![人户次总件个篇场票份])数)\Z")
_INDEFINITE_SCALES = frozenset("十百千万亿")
_BULLETS = frozenset("□■○")
_IDIOMS = frozenset(["四处"])
_TWO_MAY_COUNT = frozenset("名人位户例起")
_WEEKDAY_OR_SESSION = LazyPattern(r"(?:星期|礼拜|(?<!每)周|人大)\Z")
_NOT_RANKED = LazyPattern(r"[目日此会赛年之以课班提当先节岗灾事饭战空生汛考]前\Z")
_OPEN_QUOTE = LazyPattern(r"[“‘「『〈【〝][^”’」』〉】〞，。；！？,;!?\n]*\Z")
_CLOSE_QUOTE = LazyPattern(r"[^“‘「『〈【〝，。；！？,;!?\n]{0,14}[”’」』〉】〞]")
_SLOGAN_BEFORE = LazyPattern(rf"(?<![第统唯{CHINESE_NUMERALS}])[{_CHINESE_DIGITS}](?![月日])[\u4e00-\u9fff]\Z")
# 三支一扶 and 四个100 are programmes, 三名四星志愿者 and 两个五四红旗团支部 are counts.
_SLOGAN_AFTER = LazyPattern(rf"[{_CHINESE_DIGITS}](?![{CHINESE_NUMERALS}余多来好星级优有])")
_SLOGAN_AFTER_PIECE = LazyPattern(rf"[\d{MASK_SIGNS}一百千万]")
# 5年 is a while, 3届 a rank: a count only after words that say so.
_NEEDED_BEFORE = {
    "年": LazyPattern(r"(?:连续|为期|历时|长达|累计)\Z"),
    "届": LazyPattern(r"(?:连续|举办|承办|已办|参加)了?\Z"),
}
_LARGEST_SPAN = 100
_MOST_TIED_DIGITS = 4
_GROUP_LENGTH = 3
_REFUSED_BEFORE = {
    "页": LazyPattern(r"页[,，/ ]?共\Z"),
    "分": LazyPattern(r"[时点度]\Z"),
    "室": LazyPattern(r"[楼栋号元座层区]\Z"),
    "班": LazyPattern(r"[级一二三四五六]\Z"),
    "组": LazyPattern(r"[村组社]\Z"),
    "队": LazyPattern(r"村\Z"),
}
# 2024起, 2023期, 2022款 and 2023多元文化 name the year.
_NAMED_BY_YEAR = frozenset("起期批班款部集队组节元")
_FIRST_YEAR, _LAST_YEAR = 1950, 2050
_LASTS_A_DAY = LazyPattern(r"(?:时长|累计|共计|总计|长达|达到?|服务|学习)\Z")


def is_quantity(text: str, candidate: Candidate) -> bool:
    """Return whether number and unit are a count, and no name, rank, rate, date or slogan.

    A text that is nothing but the number and its unit has been chosen by somebody as a quantity, so what only doubtful
    surroundings would refuse is accepted there.
    """
    kind, left = candidate.number.kind, skip_spaces_left(text, candidate.start)
    return (
        (left == 0 or _may_follow(text, candidate, left=left))
        and (kind is not CHINESE or _is_chinese_count(text, candidate, left=left))
        and (kind is not MASKED or _is_masked_count(text, candidate))
        and _suits_unit(text, candidate, left=left)
        and (left == 0 or not _is_quoted_name(text, candidate))
    )


def _may_follow(text: str, candidate: Candidate, *, left: int) -> bool:
    before = text[left - 1]
    if before in _ORDINAL_OR_RATE:
        return False
    if before == "个" and left > 1 and text[left - 2] in _CHINESE_DIGITS:
        return False  # 三个100%
    if before == "前":
        return _NOT_RANKED.search(text, max(0, left - 2), left) is not None
    if before in _TYING_SIGNS:
        return not _is_tied(text, candidate, at=left - 1)
    if left < candidate.start:
        return not before.isdecimal() or not _is_tied(text, candidate, at=left)
    return not _is_joined(text, left)


def _is_joined(text: str, left: int) -> bool:
    """Return whether the character before makes it part of a code or an expression: A4, G20, 1+3; but not APP3个."""
    before, earlier = text[left - 1], text[left - 2 : left - 1]
    if before in "+＋":
        return earlier != "" and ((earlier.isascii() and earlier.isalnum()) or earlier in CHINESE_NUMERALS)
    if not before.isascii() or not before.isalnum():
        return False
    return before.isdecimal() or not (earlier.isascii() and earlier.isalpha())


def _is_tied(text: str, candidate: Candidate, *, at: int) -> bool:
    """Return whether the sign at `at` ties the number to digits before it: the tail of 1,2345, 3 . 5万 or 12 345.

    `3. 5名` at the head of a line is a list's third entry, and `12345热线，300人` or `2023,300人` are two numbers.
    """
    end = skip_spaces_left(text, at)
    begin = end
    while begin > max(0, end - _MOST_TIED_DIGITS - 1) and text[begin - 1].isdecimal():
        begin -= 1
    count, sign, digits = end - begin, text[at], candidate.number.digits
    if not count:
        return False
    if sign in ".．":
        is_whole = skip_spaces_left(text, begin) == 0 and candidate.unit_end == len(text)
        return is_whole or end < at or count > 2 or not is_at_head(text, begin)
    if sign in SPACES:
        return count < _MOST_TIED_DIGITS and len(digits) == _GROUP_LENGTH and text[begin] not in "0０"
    if count > _MOST_TIED_DIGITS or (count == _MOST_TIED_DIGITS and _FIRST_YEAR <= int(text[begin:end]) <= _LAST_YEAR):
        return False
    # The full-width comma is also the mark between two clauses.
    return sign != "，" or (at + 1 == candidate.start and end == at and len(digits) > _GROUP_LENGTH)


def is_at_head(text: str, position: int) -> bool:
    """Return whether nothing but spaces stands before the position in its line."""
    left = skip_spaces_left(text, position)
    return left == 0 or text[left - 1] == "\n"


def _suits_unit(text: str, candidate: Candidate, *, left: int) -> bool:
    """Return whether the words before a unit that is mostly none, or a date, make it one."""
    unit, value = candidate.word.unit, candidate.number.value
    needed = _NEEDED_BEFORE.get(unit)
    if needed is not None:
        if value is None or value >= _LARGEST_SPAN:
            return False
        return candidate.is_whole or needed.search(text, max(0, left - 4), left) is not None
    if unit in _NAMED_BY_YEAR and _is_named_by_year(text, candidate):
        return False
    if unit == "小时" and value == 24 and not (candidate.is_qualified or candidate.is_whole):
        # 24小时 is round the clock, unless the hours were added up.
        return _LASTS_A_DAY.search(text, max(0, left - 3), left) is not None
    refused = _REFUSED_BEFORE.get(unit)
    return refused is None or refused.search(text, max(0, left - 3), left) is None


def _is_named_by_year(text: str, candidate: Candidate) -> bool:
    value = candidate.number.value
    if candidate.is_whole or value is None or not _FIRST_YEAR <= value <= _LAST_YEAR:
        return False
    if candidate.word.unit == "元":
        return candidate.number.inner == "多" and MANY_SIDED.match(text, candidate.unit_end) is not None
    return not candidate.is_qualified


def _is_chinese_count(text: str, candidate: Candidate, *, left: int) -> bool:
    number = candidate.number
    before = text[left - 1] if left else ""
    if number.digits[0] in _INDEFINITE_SCALES and _INDEFINITE.search(text, max(0, left - 2), left):
        return False
    if before == "届" and candidate.word.unit == "次":
        return False  # 十四届七次全会 is the seventh.
    if number.is_bare_scale:
        # 上百人 and 近千名 count, 亿元以上项目 and 百人以上企业 are sizes.
        return candidate.is_qualified and (
            candidate.start < number.start or bool(number.inner) or candidate.word.says_more
        )
    return candidate.is_range or not number.is_lone_chinese_digit or _is_lone_count(text, candidate, left=left)


def _is_lone_count(text: str, candidate: Candidate, *, left: int) -> bool:
    """Return whether one Chinese numeral counts: 三场, but not 一场, 十分, 二期, 三支一扶, 八项规定."""
    digit, unit, end = candidate.number.digits, candidate.word.unit, candidate.unit_end
    if digit in NEVER_COUNTED or not candidate.word.after_chinese_digit or digit + unit in _IDIOMS:
        return False
    if digit == "二" and unit not in _TWO_MAY_COUNT:
        return False  # A count of two is 两; 二期, 二类, 二次 are the second.
    programme = PROGRAMMES.get(unit)
    return not (
        (programme is not None and programme.match(text, end))
        or (_SLOGAN_AFTER_PIECE if unit == "个" else _SLOGAN_AFTER).match(text, end)
        or _SLOGAN_BEFORE.search(text, max(0, left - 3), left)
        or _WEEKDAY_OR_SESSION.search(text, max(0, left - 2), left)
    )


def _is_masked_count(text: str, candidate: Candidate) -> bool:
    number, word = candidate.number, candidate.word
    before = text[candidate.start - 1] if candidate.start else ""
    if before.isascii() and before.isalnum():
        return False
    if number.end > number.last and before in ("", "\n") and not candidate.is_whole:
        return False  # `* 个人` is an entry of a list.
    signs = number.digits
    if len(signs) == 1 and signs in _BULLETS:
        return False
    if len(signs) == 1 or signs[0].isdecimal() or number.inner or number.factor != 1:
        return word.mask_rule is not MaskRule.NEVER
    name = NAMES_AFTER_MASK.get(word.unit)
    return word.mask_rule is MaskRule.ALWAYS and (name is None or not name.match(text, candidate.unit_end))


def _is_quoted_name(text: str, candidate: Candidate) -> bool:
    """Return whether it stands inside a short quotation without a clause mark: the name of an activity or a slogan."""
    start, end = candidate.start, candidate.unit_end
    if text[start - 1] == '"':
        # The straight sign opens where an odd number of them has come by.
        return text.count('"', 0, start) % 2 == 1 and text.find('"', end, end + 10) >= 0
    return _OPEN_QUOTE.search(text, max(0, start - 14), start) is not None and _CLOSE_QUOTE.match(text, end) is not None
