"""The signs around a number that are not words: ¥ and a minus before it, a plus after it that stands for the unit."""

from __future__ import annotations

from nianbao.text.chinese_integers import CHINESE_NUMERALS
from nianbao.text.measure_words import NO_UNIT, YUAN, MeasureWord, find_measure_word
from nianbao.text.number_reader import SPACES, Number

_MONEY_SIGNS = frozenset("¥￥")
_HYPHENS = frozenset("-－")
_MINUS = "−"
MINUS_SIGNS = _HYPHENS | {_MINUS, "负"}
# What may stand next before a number that has a sign; looked at first, for most numbers have none.
SIGNS_BEFORE = MINUS_SIGNS | _MONEY_SIGNS | frozenset(SPACES)
_SIGNED_UNITS = frozenset(["%", "‰", "个百分点", YUAN.unit])
# 减负, 胜负, 正负 and their like end in the character, and make no number less than nothing.
_OTHER_BEFORE_FU = frozenset("减增胜担抱自正背肩欠亏辜")
_LEAST_WITHOUT_UNIT = 10**4


def skip_spaces_left(text: str, position: int) -> int:
    """Return the position after the last character before `position` that is no space."""
    while position and text[position - 1] in SPACES:
        position -= 1
    return position


def find_unit(text: str, number: Number) -> tuple[MeasureWord, int] | None:
    """Return the unit and where it ends: the word after the number, 元 where ¥ stands before it, none after 10万+."""
    measured = find_measure_word(text, number.end)
    start = number.start
    if start and text[start - 1] in SIGNS_BEFORE and _skip_money_sign(text, start) < start:
        return measured if measured is not None and measured[0].unit == YUAN.unit else (YUAN, number.last)
    return measured if measured is not None or not number.inner else _find_no_unit(text, number)


def _find_no_unit(text: str, number: Number) -> tuple[MeasureWord, int] | None:
    if number.value is None or number.factor < _LEAST_WITHOUT_UNIT or number.inner not in "+＋":
        return None
    following = text[number.last : number.last + 1]
    is_expression = following in CHINESE_NUMERALS or (following.isascii() and following.isalnum())
    return None if following and is_expression else (NO_UNIT, number.last)


def read_signs(text: str, start: int, *, unit: str) -> tuple[int, bool]:
    """Return where the signs before a number begin, and whether they make it less than nothing."""
    if unit == YUAN.unit:
        start = _skip_money_sign(text, start)
    left = skip_spaces_left(text, start)
    if left and text[left - 1] == _MINUS:  # is nothing but a minus; a hyphen with a space, or before a count, a dash
        start = left
    elif unit not in _SIGNED_UNITS:
        return start, False
    if start and _has_minus(text, start, is_money=unit == YUAN.unit):
        return start - 1, True
    return start, False


def _skip_money_sign(text: str, start: int) -> int:
    left = skip_spaces_left(text, start)
    return left - 1 if left and text[left - 1] in _MONEY_SIGNS else start


def _has_minus(text: str, start: int, *, is_money: bool) -> bool:
    """Return whether a minus sign, and no dash between two numbers or letters, stands before the digits.

    Before money a hyphen is more often a dash (一等奖-500元), so there only − and 负 count.
    """
    sign, earlier = text[start - 1], text[start - 2 : start - 1]
    if sign == "负":
        return earlier not in _OTHER_BEFORE_FU
    if sign != _MINUS and (sign not in _HYPHENS or is_money):
        return False
    return not (earlier.isascii() and earlier.isalnum()) and (not earlier or earlier not in "%％-－−—")
