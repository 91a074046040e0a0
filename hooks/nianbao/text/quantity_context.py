"""What stands around a number: the qualifiers that belong to it, and the words that make it no quantity."""

from __future__ import annotations

import re
from typing import NamedTuple

from nianbao.text.measure_words import NAME_AFTER_MASK, MaskRule, MeasureWord
from nianbao.text.number_reader import CHINESE_NUMERALS, MASK_SIGNS, SPACES, Kind, Number
from nianbao.text.quantity import Qualifier

INNER_QUALIFIERS = {
    "余": Qualifier.MORE_THAN, "多": Qualifier.MORE_THAN, "+": Qualifier.MORE_THAN, "＋": Qualifier.MORE_THAN,
    "来": Qualifier.ABOUT,
}  # fmt: skip
_BEFORE = {
    Qualifier.MORE_THAN: "超 超过 超出 逾 突破 多于 高于 大于 > ＞",
    Qualifier.AT_LEAST: "不少于 不低于 不小于 至少 最少 不下 不下于 ≥",
    Qualifier.NEARLY: "近 将近 接近",
    Qualifier.ABOUT: "约 大约 大概 约为",
    Qualifier.LESS_THAN: "不足 不到 不满 低于 少于 小于 < ＜",
    Qualifier.AT_MOST: "不超过 不超 不多于 不高于 不大于 至多 最多 ≤",
}
_AFTER = {
    "及以上": Qualifier.AT_LEAST, "以上": Qualifier.AT_LEAST, "及以下": Qualifier.AT_MOST, "以下": Qualifier.LESS_THAN,
    "以内": Qualifier.AT_MOST, "左右": Qualifier.ABOUT, "上下": Qualifier.ABOUT,
}  # fmt: skip
_AFTER_FIRST = frozenset(word[0] for word in _AFTER)
# 节约, 签约, 附近, 赶超 end in the characters of a qualifier.
_NOT_QUALIFIER_AFTER = {
    "约": frozenset("节签预邀集合制违相特条公契履续解婚誓隐失赴简俭"),
    "近": frozenset("附最就临邻亲贴靠走新远切晋逼"),
    "超": frozenset("赶反"),
}
_BARE_PREFIX = "上"
_NOT_REACHING = frozenset("线网以路会台村街身船天地早晚马加车场岗桌纸本基总手楼山海")


def _build_before_table() -> dict[str, tuple[tuple[str, Qualifier], ...]]:
    table: dict[str, list[tuple[str, Qualifier]]] = {}
    for qualifier, words in _BEFORE.items():
        for word in words.split():
            table.setdefault(word[-1], []).append((word, qualifier))
    return {last: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for last, words in table.items()}


_BEFORE_BY_LAST = _build_before_table()


def skip_spaces_left(text: str, position: int) -> int:
    """Return the position after the last character before `position` that is no space."""
    while position and text[position - 1] in SPACES:
        position -= 1
    return position


def find_qualifier_before(text: str, position: int, *, is_bare_scale: bool) -> tuple[Qualifier, int] | None:
    """Return the qualifier that ends at the position, and where it begins."""
    end = skip_spaces_left(text, position)
    if not end:
        return None
    last = text[end - 1]
    for word, qualifier in _BEFORE_BY_LAST.get(last, ()):
        start = end - len(word)
        if start >= 0 and text.startswith(word, start):
            if start and word == last and text[start - 1] in _NOT_QUALIFIER_AFTER.get(last, ()):
                return None
            return qualifier, start
    if last == _BARE_PREFIX and is_bare_scale and (end < 2 or text[end - 2] not in _NOT_REACHING):
        # 上百人 says that a hundred is reached, and maybe passed.
        return None if text.startswith(("成千", "成百"), max(0, end - 3)) else (Qualifier.AT_LEAST, end - 1)
    return None


def find_qualifier_after(text: str, position: int) -> tuple[Qualifier, int] | None:
    """Return the qualifier that begins at the position, and where it ends."""
    if text[position : position + 1] not in _AFTER_FIRST:
        return None
    for word, qualifier in _AFTER.items():
        if text.startswith(word, position):
            return qualifier, position + len(word)
    return None


class Surroundings(NamedTuple):
    """Where a number and its unit stand: `start` includes a qualifier before, `unit_end` no qualifier after."""

    start: int
    unit_end: int
    is_whole: bool  # the text is nothing else
    is_qualified: bool
    is_range: bool


_ORDINAL_OR_RATE = frozenset("第每隔#＃№")
_CHINESE_DIGITS = "一二两三四五六七八九十"
_INDEFINITE_BEFORE = frozenset("数几")
_SCALES = frozenset("十百千万亿")
_LABEL_BEFORE_CHINESE = re.compile(r"(?:星期|礼拜|(?<!每)周|[初高大]|第)\Z")
_RANKED = re.compile(r"(?:^|[^\u4e00-\u9fff]|[全省市县区国居列进入排名获位])前\Z")
_OPEN_QUOTE = re.compile(r"[“‘「『〈【〝][^”’」』〉】〞，。；！？,;!?\n]*\Z")
_CLOSE_QUOTE = re.compile(r"[^“‘「『〈【〝，。；！？,;!?\n]{0,14}[”’」』〉】〞]")
_SLOGAN_AFTER = re.compile(rf"(?:[^\W\d_])?[{_CHINESE_DIGITS}](?![{CHINESE_NUMERALS}余多来])")
_SLOGAN_BEFORE = re.compile(rf"(?<![第统唯{CHINESE_NUMERALS}])[{_CHINESE_DIGITS}][\u4e00-\u9fff]\Z")
_DUTY_AFTER_DIGIT = {
    "项": re.compile("规定|机制|制度|纪律|要求|原则|职能|职责|权利|建设|任务|重点|行动|工程|工作|本领|能力|改革|措施(?!.{0,4}落)"),
    "期": re.compile("工程|项目|建设|改造|规划|厂|用地"),
    "句": re.compile("话"),
    "条": re.compile("规定|禁令|要求|纪律|铁律"),
}  # fmt: skip
_BULLETS = frozenset("□■○")
_IDIOMS = frozenset(["四处"])
_TWO_MAY_COUNT = frozenset("名人位户例起")
_NEEDS_BEFORE = {
    "年": re.compile(r"(?:连续|为期|历时|长达|累计)\Z"),
    "届": re.compile(r"(?:连续|举办|承办|已办|参加)了?\Z"),
}
_REFUSED_BEFORE = {"页": re.compile(r"页[,，/ ]?共\Z"), "分": re.compile(r"[时点度]\Z")}
_LASTS_A_DAY = re.compile(r"(?:时长|累计|共计|总计|长达|达到?|服务|学习)\Z")


def is_quantity(text: str, number: Number, word: MeasureWord, around: Surroundings) -> bool:
    """Return whether number and unit are a count, and no name, rank, rate, date or slogan.

    A text that is nothing but the number and its unit has been chosen by somebody as a quantity, so what only doubtful
    surroundings would refuse is accepted there.
    """
    left = skip_spaces_left(text, around.start)
    before = text[left - 1] if left else ""
    if before and (before in _ORDINAL_OR_RATE or _is_joined(text, left)):
        return False
    if before == "前" and _RANKED.search(text, max(0, left - 2), left):
        return False
    if number.kind is Kind.CHINESE and not _is_chinese_count(text, number, word, around, left=left):
        return False
    if number.kind is Kind.MASKED and not _is_masked_count(text, number, word, around):
        return False
    if word.unit in _NEEDS_BEFORE:
        if number.value is None or number.value >= 100:
            return False
        if not around.is_whole and not _NEEDS_BEFORE[word.unit].search(text, max(0, left - 4), left):
            return False
    if word.unit == "小时" and number.value == 24 and not (around.is_qualified or around.is_whole):
        return _LASTS_A_DAY.search(text, max(0, left - 3), left) is not None
    refused = _REFUSED_BEFORE.get(word.unit)
    if refused is not None and refused.search(text, max(0, left - 3), left):
        return False
    return not _is_quoted_name(text, around)


def _is_joined(text: str, left: int) -> bool:
    """Return whether the character before makes it part of a code or an expression: A4, G20, 1+3; but not APP3个."""
    before, earlier = text[left - 1], text[left - 2 : left - 1]
    if before in "+＋":
        return earlier.isascii() and earlier.isalnum() or earlier in CHINESE_NUMERALS
    if not before.isascii() or not before.isalnum():
        return False
    return before.isdecimal() or not (earlier.isascii() and earlier.isalpha())


def _is_chinese_count(text: str, number: Number, word: MeasureWord, around: Surroundings, *, left: int) -> bool:
    digits = number.digits
    if left and text[left - 1] in _INDEFINITE_BEFORE and digits[0] in _SCALES:
        return False
    if word.unit in "次届" and left and text[left - 1] == "届":
        return False  # 十四届七次全会 is the seventh.
    if number.is_bare_scale:
        return around.is_qualified
    if around.is_range or not number.is_lone_chinese_digit:
        return True
    if digits in "一零〇" or not word.after_chinese_digit or digits + word.unit in _IDIOMS:
        return False
    if digits == "二" and word.unit not in _TWO_MAY_COUNT:
        return False  # A count of two is 两; 二期, 二类, 二次 are the second.
    end = around.unit_end
    duty = _DUTY_AFTER_DIGIT.get(word.unit)
    return not (
        (duty is not None and duty.match(text, end))
        or _SLOGAN_AFTER.match(text, end)
        or (word.unit == "个" and (text[end : end + 1].isdecimal() or text[end : end + 1] in MASK_SIGNS))
        or _SLOGAN_BEFORE.search(text, max(0, left - 3), left)
        or _LABEL_BEFORE_CHINESE.search(text, max(0, left - 2), left)
    )


def _is_masked_count(text: str, number: Number, word: MeasureWord, around: Surroundings) -> bool:
    if around.start and text[around.start - 1].isascii() and text[around.start - 1].isalnum():
        return False
    if number.end > number.last and (number.start == 0 or text[number.start - 1] == "\n"):
        return False  # A bullet.
    if len(number.digits) == 1 and number.digits in _BULLETS:
        return False
    if number.digits[0].isdecimal() or number.inner or number.factor != 1 or len(number.digits) == 1:
        return word.mask_rule is not MaskRule.NEVER
    name = NAME_AFTER_MASK.get(word.unit)
    return word.mask_rule is MaskRule.ALWAYS and (name is None or not name.match(text, around.unit_end))


def _is_quoted_name(text: str, around: Surroundings) -> bool:
    """Return whether it stands inside a short quotation without a clause mark: the name of an activity or a slogan."""
    start, end = around.start, around.unit_end
    if start and text[start - 1] == '"':
        # The straight sign opens where an odd number of them has come by.
        return text.count('"', 0, start) % 2 == 1 and text.find('"', end, end + 10) >= 0
    return (
        _OPEN_QUOTE.search(text, max(0, start - 14), start) is not None and _CLOSE_QUOTE.match(text, end) is not None
    )
