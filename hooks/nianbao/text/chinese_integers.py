"""Integers written in Chinese numerals."""

from __future__ import annotations

from nianbao.text.lazy_pattern import LazyPattern

CHINESE_NUMERALS = "零〇一二两三四五六七八九十百千万亿廿卅"
_DIGITS_BY_VALUE = "零一二三四五六七八九"
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_BARE_SCALES = {"百": 100, "千": 1000}
_ZEROS = "零〇"
_LONGEST = 40
_GROUP = LazyPattern(
    r"(?:([一二两三四五六七八九])千)?"
    r"(?:(?<=千)([零〇]))?(?:([一二两三四五六七八九])百)?"
    r"(?:(?<=百)([零〇]))?(?:([一二三四五六七八九]?)十|([廿卅]))?"
    r"([一二三四五六七八九])?"
)


def parse_chinese_integer(text: str) -> int | None:
    """Return the integer that Chinese numerals write; None when they write none, or no definite one.

    A bare scale counts one of itself: 百 is 100, 千万 is 10000000. Refused are neighbouring digits (三五, 二〇二三),
    the spoken short form (一百五, 一万二) and idioms (千百, 亿万): none is a definite number before a measure word.
    """
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    if len(text) > _LONGEST:
        return None
    head, yi, rest = text.rpartition("亿")
    if not yi:
        return _parse_below_yi(text)
    # 万亿 is a scale of its own, so what precedes 亿 may itself hold 万.
    high = _parse_below_yi(head) if head else 1
    low = _parse_remainder(rest)
    return high * 10**8 + low if high and low is not None else None


def write_chinese_integer(number: int) -> str:
    """Return 0–99 in Chinese numerals: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS_BY_VALUE[ones]
    head = "十" if tens == 1 else f"{_DIGITS_BY_VALUE[tens]}十"
    return head + (_DIGITS_BY_VALUE[ones] if ones else "")


def _parse_below_yi(text: str) -> int | None:
    head, wan, rest = text.partition("万")
    if not wan:
        return _BARE_SCALES.get(text) or _parse_group(text)
    high = (_BARE_SCALES.get(head) or _parse_group(head)) if head else 1
    low = _parse_remainder(rest)
    return high * 10**4 + low if high and low is not None and low < 10**4 else None


def _parse_remainder(text: str) -> int | None:
    """Return the number that follows 万 or 亿, 0 when nothing does; 零 may lead it, and must lead a lone digit."""
    if not text:
        return 0
    if text[0] in _ZEROS:
        text = text[1:]
    elif len(text) == 1 and text != "十":
        return None
    head, wan, rest = text.partition("万")
    if not wan:
        return _parse_group(text)
    high = _parse_group(head)
    low = _parse_remainder(rest)
    return high * 10**4 + low if high and low is not None and low < 10**4 else None


def _parse_group(text: str) -> int | None:
    """Return the number of a group of up to four places, at least 1."""
    if text == "两":
        return 2
    match = _GROUP.fullmatch(text)
    if match is None or not text or text[-1] in _ZEROS:
        return None
    thousands, zero_hundreds, hundreds, zero_tens, tens, short_tens, ones = match.groups()
    if (
        ones
        and (thousands or hundreds)
        and tens is None
        and not (short_tens or (zero_tens if hundreds else zero_hundreds))
    ):
        return None  # 一百五 is the spoken short form of 150.
    total = 1000 * DIGITS[thousands] if thousands else 0
    total += 100 * DIGITS[hundreds] if hundreds else 0
    if tens is not None:
        total += 10 * DIGITS[tens] if tens else 10
    if short_tens:
        total += 20 if short_tens == "廿" else 30
    return total + (DIGITS[ones] if ones else 0)
