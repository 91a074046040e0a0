"""Quantities in Chinese words, as an official text would write them."""

from __future__ import annotations

from decimal import Decimal

from nianbao.text.quantity import Qualifier

_SCALES = (("亿", 10**8), ("万", 10**4))
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
    """Return the quantity as running text: 20余场次, 2万余人, 近4万次, 137.05万元, 514人次以上, 3—5场, 10%—20%."""
    number = format_number(value) if unit not in _RATIOS else _plain(value)
    if upper is not None:
        number = _format_range(value, upper, unit)
    if qualifier is Qualifier.AT_LEAST:
        return f"{number}{unit}以上"
    if qualifier is Qualifier.MORE_THAN:
        is_round = upper is None and unit not in _RATIOS and (number[-1] in "万亿" or value % 10 == 0)
        return f"{number}余{unit}" if is_round and value else f"超{number}{unit}"
    return f"{_PREFIXES.get(qualifier, '')}{number}{unit}"


def short_quantity(value: Decimal, unit: str, qualifier: Qualifier, *, upper: Decimal | None = None) -> tuple[str, str]:
    """Return number and unit apart, for showing them in two sizes: (9400+, 人次), (近4万, 次), (50, 万元).

    Money carries 万 and 亿 in its unit. A plus sign says both 余 and 以上.
    """
    digits, scale = _split(value) if unit not in _RATIOS else (_plain(value), "")
    if upper is not None:
        number = _format_range(value, upper, unit)
        digits, scale = (number[:-1], number[-1]) if number[-1] in "万亿" else (number, "")
    if unit in _MONEY:
        unit, scale = scale + unit, ""
    number = digits + scale
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return f"{number}+", unit
    return f"{_PREFIXES.get(qualifier, '')}{number}", unit


def _format_range(lower: Decimal, upper: Decimal, unit: str) -> str:
    """Return both ends in the same scale; a percent sign stands at both (GB/T 15835-2011)."""
    if unit in ("%", "‰"):
        return f"{_plain(lower)}{unit}—{_plain(upper)}"
    (low, low_scale), (high, high_scale) = _split(lower), _split(upper)
    if low_scale == high_scale and unit not in _RATIOS:
        return f"{low}—{high}{high_scale}"
    return f"{_plain(lower)}—{_plain(upper)}"


def _split(value: Decimal) -> tuple[str, str]:
    for name, scale in _SCALES:
        if value >= scale and value % (scale // 100) == 0:
            return _plain(value / scale), name
    return _plain(value), ""


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
