"""Quantities in Chinese words, as an official text would write them."""

from __future__ import annotations

from decimal import Decimal

from nianbao.text.chinese_integers import write_chinese_integer
from nianbao.text.quantity import Qualifier, is_fraction_unit

_SCALES = (("亿", 10**8), ("万", 10**4))
_LEAST_SCALE = 10**4
_RATIOS = frozenset(["%", "‰", "个百分点"])
_MONEY = frozenset(["元", "美元", "欧元", "港元", "日元", "英镑"])
_PREFIXES = {
    Qualifier.NEARLY: "近",
    Qualifier.ABOUT: "约",
    Qualifier.LESS_THAN: "不足",
    Qualifier.AT_MOST: "不超过",
}


def format_number(value: Decimal) -> str:
    """Return the number ungrouped, in 亿 or 万 where it is 10000 or more and two decimals of them say it exactly."""
    digits, scale = _split(value)
    return digits + scale


def format_quantity(value: Decimal, unit: str, qualifier: Qualifier, *, upper: Decimal | None = None) -> str:
    """Return the quantity as running text: 20余场次, 2万余人, 近4万次, 137.05万元, 514人次以上, 3—5场, 10%—20%.

    余 follows only a round number; of others and of ratios it is 超: 超98.6%, 超7名. Without a unit it is 10万+.
    """
    if not unit:
        return "".join(short_quantity(value, unit, qualifier, upper=upper))
    if is_fraction_unit(unit):
        number, unit, scale = _write_fraction(value, unit), "", ""
    else:
        digits, scale = _express(value, unit, upper=upper)
        number = digits + scale
    if qualifier is Qualifier.AT_LEAST:
        return f"{number}{unit}以上"
    if qualifier is Qualifier.MORE_THAN:
        takes_yu = unit and upper is None and unit not in _RATIOS and value > 0 and (scale != "" or value % 10 == 0)
        return f"{number}余{unit}" if takes_yu else f"超{number}{unit}"
    return f"{_PREFIXES.get(qualifier, '')}{number}{unit}"


def short_quantity(value: Decimal, unit: str, qualifier: Qualifier, *, upper: Decimal | None = None) -> tuple[str, str]:
    """Return number and unit apart, for showing them in two sizes: (9400+, 人次), (近4万, 次), (50, 万元).

    Money carries 万 and 亿 in its unit. A plus sign says both 余 and 以上. A fraction is one number: (近三分之二, "").
    """
    if is_fraction_unit(unit):
        return format_quantity(value, unit, qualifier), ""
    digits, scale = _express(value, unit, upper=upper)
    if unit in _MONEY:
        unit, scale = scale + unit, ""
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return f"{digits}{scale}+", unit
    return f"{_PREFIXES.get(qualifier, '')}{digits}{scale}", unit


def _express(value: Decimal, unit: str, *, upper: Decimal | None) -> tuple[str, str]:
    """Return the digits, of both ends where there are two, and the scale they share.

    A percent sign stands at both ends (GB/T 15835-2011).
    """
    if upper is None:
        return _split(value) if unit not in _RATIOS else (plain_decimal(value), "")
    if unit in _RATIOS:
        sign = unit if unit in "%‰" else ""
        return f"{plain_decimal(value)}{sign}—{plain_decimal(upper)}", ""
    (lower_digits, lower_scale), (upper_digits, upper_scale) = _split(value), _split(upper)
    if lower_scale == upper_scale:
        return f"{lower_digits}—{upper_digits}", upper_scale
    return f"{plain_decimal(value)}—{plain_decimal(upper)}", ""


def _write_fraction(value: Decimal, unit: str) -> str:
    """Return 三分之二 of 2 三分之一."""
    return unit.removesuffix("一") + write_chinese_integer(int(value))


def _split(value: Decimal) -> tuple[str, str]:
    size = abs(value)
    if size >= _LEAST_SCALE:
        for name, scale in _SCALES:
            if size >= scale and value % (scale // 100) == 0:
                return plain_decimal(value / scale), name
    return plain_decimal(value), ""


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without exponent and trailing zeros: 1370500, 0.5."""
    text = str(value)
    if text.isdecimal():
        return text
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
