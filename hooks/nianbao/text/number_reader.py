"""Numbers as a text writes them: Arabic, Chinese or masked digits, with 万 and 亿 and an inner qualifier (2万余)."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from nianbao.text.chinese_integers import CHINESE_NUMERALS, DIGITS, parse_chinese_integer
from nianbao.text.lazy_pattern import LazyPattern

SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
MASK_SIGNS = "*＊×✕XxＸｘ□■○"
# A circle is a mask by itself and a zero beside Chinese numerals: ○○名, 二○二三年.
_DIGITS = "0-9０-９"
# Between the groups of three of 3 150 (GB/T 15835-2011); the first two of them part words as well.
_WORD_SPACES = " \u00a0"
GROUP_SPACES = f"{_WORD_SPACES}\u2005\u2006\u2008\u2009\u202f"
_SPACE = f"[{SPACES}]*"
# 千米, 千克, 千瓦 and 百分点 are units; their first character is no scale.
_SCALE = "(?:百(?!分)|千(?![米克瓦]))?[万萬]?[亿億]?(?<=[百千万亿萬億])"

# Every token begins with one character class, so that the search skips to it at the speed of C; the look-behinds then
# say which kind it is. A number is taken whole even when it is none of ours (1+100, 3·15, 7×24, 8:30, 1.2.3): otherwise
# its tail would be read as a number.
NUMBER = LazyPattern(
    rf"""[{_DIGITS}{CHINESE_NUMERALS}{MASK_SIGNS}《]
    (?:(?<=《)(?P<title>(?:[^》\n]{{0,80}}》)?)
      |(?<=[{_DIGITS}])
       (?P<arabic>(?:[{_DIGITS}]{{0,2}}(?:[,，{GROUP_SPACES}][{_DIGITS}]{{3}}(?![{_DIGITS}]))+|[{_DIGITS}]*)(?:[.．][{_DIGITS}]+)?)
       (?P<joined>(?:[.．:：∶+＋×✕xX*＊/／·•・‧][{_DIGITS}]+)+)?
       (?P<partly_masked>[{MASK_SIGNS}]+)?
      |(?<=[{CHINESE_NUMERALS}])
       (?P<chinese>(?:[零〇○一二两三四五六七八九十百万亿廿卅]|千(?![米克瓦]))*)
       (?:点(?P<fraction>[零〇一二三四五六七八九]+)|(?P<dotted>[·•・‧.．][{CHINESE_NUMERALS}]+))?
      |(?<=[{MASK_SIGNS}])
       (?P<masked>[{MASK_SIGNS}]*(?:[.．][{MASK_SIGNS}]+)?)(?![{_DIGITS}])
    )
    (?:{_SPACE}(?P<scale>{_SCALE}))?
    (?:(?<=[百千万亿萬億])(?P<more_digits>[{_DIGITS}]+(?:[.．][{_DIGITS}]+)?)(?P<more_scale>{_SCALE})?)?
    (?:{_SPACE}(?P<inner>[余多来餘來+＋])(?:{_SPACE}(?P<late_scale>{_SCALE}))?)?
    (?P<spaces>{_SPACE})""",
    re.VERBOSE,
)
_HALF_WIDTH = str.maketrans(f"０１２３４５６７８９．，{GROUP_SPACES}", f"0123456789.,{' ' * len(GROUP_SPACES)}")
_MOST_DIGITS = 20
_FACTORS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12, "百万亿": 10**14, "千万亿": 10**15,
}  # fmt: skip
_FACTORS |= {scale.replace("万", "萬").replace("亿", "億"): factor for scale, factor in _FACTORS.items()}
_GROUPING_SIGNS = frozenset(f",，{GROUP_SPACES}")
# 图3 150人 and 第3 150人 are two numbers.
_MAY_BE_GROUPED_AFTER = LazyPattern("(?![第表图件号期年月日])[\u3400-\u9fff]")


class DigitKind(Enum):
    """What the digits are."""

    ARABIC = auto()
    CHINESE = auto()
    MASKED = auto()


# Reading a member of an enumeration from its class costs as much as a look-up in a table; these names are free.
ARABIC, CHINESE, MASKED = DigitKind.ARABIC, DigitKind.CHINESE, DigitKind.MASKED


class Number(NamedTuple):
    """A number of the text; `value` is None where it is masked, `factor` is the scale that was multiplied in.

    `digits` is what was written before scale and qualifier, `inner` the qualifier between number and unit (余 多 来 +).
    `last` is the end of the number itself, `end` that of the spaces after it, where a unit may begin.
    """

    kind: DigitKind
    value: Decimal | None
    digits: str
    factor: int
    inner: str
    start: int
    last: int
    end: int

    @property
    def trailing_factor(self) -> int:
        """The scale at the end, which a range's lower end may share: 10000 of 五万 and of 5万."""
        if self.kind is CHINESE and self.factor == 1:
            return _FACTORS.get(self.digits[-1], 1)
        return self.factor

    @property
    def is_lone_chinese_digit(self) -> bool:
        """Whether it is one Chinese numeral up to 十, by itself: the stuff of slogans and idioms."""
        return self.kind is CHINESE and len(self.digits) == 1 and self.factor == 1 and not self.inner

    @property
    def is_bare_scale(self) -> bool:
        """Whether it is 百, 千, 万 and their like with no digit, which name a size and not a count (百家企业)."""
        return self.kind is CHINESE and self.digits[0] in "百千万亿"


def read_number(match: re.Match[str]) -> Number | None:
    """Return the number of a match of NUMBER; None when it is a title, an expression, or no definite number."""
    start, end = match.span()
    whole = match[0]
    if whole.isdecimal() and whole[0] not in "0０" and len(whole) <= _MOST_DIGITS:
        # Most numbers are figures and nothing else.
        return Number(ARABIC, Decimal(whole), whole, 1, "", start, end, end)
    (
        title, arabic, joined, partly_masked, chinese, fraction, dotted, masked,
        scale, more_digits, more_scale, inner, late_scale, spaces,
    ) = match.groups()  # fmt: skip
    if title is not None or joined is not None or dotted is not None:
        return None
    factor = _FACTORS[scale] if scale else 1
    if late_scale:
        factor *= _FACTORS[late_scale]
    value: Decimal | None
    if arabic is not None:
        kind, digits = ARABIC, match.string[start : start + 1 + len(arabic)]
        is_plain = digits.isascii() and " " not in digits
        value = _parse_arabic(digits) if is_plain else _read_spaced(match.string, start, digits)
        if partly_masked is not None:
            kind, value = MASKED, None
        elif value is None:
            return None
    elif chinese is not None:
        kind, digits = CHINESE, match.string[start : start + 1 + len(chinese)]
        value = _parse_chinese(digits, fraction or "")
        if value is None:
            return None
    else:
        kind, digits, value = MASKED, match.string[start : start + 1 + len(masked or "")], None
    if value is not None and factor != 1:
        value = scale_value(value, factor)
    if more_digits:
        value = _add_lower_part(
            value, more_digits, factor=factor, lower_factor=_FACTORS[more_scale] if more_scale else 1
        )
        if value is None:
            return None
    return Number(kind, value, digits, factor, inner or "", start, end - len(spaces), end)


def _read_spaced(text: str, start: int, digits: str) -> Decimal | None:
    """Return the number; spaces may only group its digits: surely thin ones, others directly after a Chinese word."""
    grouping = _GROUPING_SIGNS.intersection(digits)
    is_doubtful = not grouping.isdisjoint(_WORD_SPACES) and not _MAY_BE_GROUPED_AFTER.match(text, max(0, start - 1))
    return None if is_doubtful or len(grouping) > 1 else _parse_arabic(digits)


def _parse_arabic(digits: str) -> Decimal | None:
    plain = digits if digits.isascii() else digits.translate(_HALF_WIDTH)
    if "," in plain:
        plain = plain.replace(",", "")
    if " " in plain:
        plain = plain.replace(" ", "")
    if (plain[0] == "0" and len(plain) > 1 and plain[1] != ".") or len(plain) > _MOST_DIGITS:
        return None  # 01 is a heading, 0931 a dialling code.
    return Decimal(plain)


def _parse_chinese(digits: str, fraction: str) -> Decimal | None:
    integer = parse_chinese_integer(digits.replace("○", "〇"))
    if integer is None:
        return None
    return Decimal(f"{integer}.{''.join(str(DIGITS[digit]) for digit in fraction)}") if fraction else Decimal(integer)


def scale_value(value: Decimal, factor: int) -> Decimal:
    """Return the product, without the decimals that 1.50万 would leave behind."""
    product = value * factor
    whole = product.to_integral_value()
    return whole if whole == product else product


def _add_lower_part(value: Decimal | None, digits: str, *, factor: int, lower_factor: int) -> Decimal | None:
    """Return 1亿2000万 in one; None when the second part is not the smaller one, so that they are two numbers."""
    lower = _parse_arabic(digits)
    if value is None or lower is None or lower * lower_factor >= factor:
        return None
    return value + scale_value(lower, lower_factor)
