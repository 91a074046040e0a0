"""What a quantity is: a number with its unit and its qualifier, at its place in a text."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

FRACTION_UNIT_END = "分之一"


class Qualifier(StrEnum):
    """How the number stands to the truth, as the text says it."""

    EXACT = "exact"
    MORE_THAN = "more-than"  # 余 多 超 逾 突破
    AT_LEAST = "at-least"  # 以上 不少于 至少
    NEARLY = "nearly"  # 近 将近 接近
    ABOUT = "about"  # 约 左右
    LESS_THAN = "less-than"  # 不足 不到 低于 以下
    AT_MOST = "at-most"  # 以内 不超过 至多


def is_fraction_unit(unit: str) -> bool:
    """Return whether the unit is one part of some: 三分之一."""
    return unit.endswith(FRACTION_UNIT_END)


class Quantity(NamedTuple):
    """One quantity of a text.

    `value` is None where the digits are masked (*名, ×人); `upper` is the upper end of a range, else None.
    `unit` is normalised: 万 and 亿 are in the value (50万元 is 500000 元, so is ¥50万), a fraction counts in its own
    unit (三分之二 is 2 三分之一, which no decimal could say), and 10万+ alone, as WeChat writes it, has the empty unit,
    as have readings and counts whose unit nobody wrote (点赞1.7万). `start` and `end` are code point offsets of number,
    qualifier and unit as one unbroken run (近40000次, 514人次以上).
    """

    value: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: Qualifier
    start: int
    end: int
