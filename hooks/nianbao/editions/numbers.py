"""Numbers as readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from nianbao.facts.comparison import Growth, Total
from nianbao.facts.summary import FigureFact
from nianbao.text.numerals import Qualifier, is_fraction_unit, plain_decimal, short_quantity

_SENSES = {
    Qualifier.EXACT: "确数",
    Qualifier.MORE_THAN: "实际比这个数多",
    Qualifier.AT_LEAST: "不少于这个数",
    Qualifier.NEARLY: "接近、略少于这个数",
    Qualifier.ABOUT: "约数",
    Qualifier.LESS_THAN: "不到这个数",
    Qualifier.AT_MOST: "不超过这个数",
}
WITHHELD_NUMBER = "未公布"


class ShownNumber(NamedTuple):
    """A number apart from its unit, so that they can be set in different sizes, and what it means exactly."""

    number: str
    unit: str
    sense: str
    machine_value: str  # the plain decimal for <data value>; "" when withheld, and of 三分之二, which has none
    withheld: bool


@dataclass(frozen=True, slots=True)
class ShownGrowth:
    """A change in words; `direction` is up, down or level."""

    text: str
    direction: str


def show_number(fact: FigureFact) -> ShownNumber:
    """Return a figure's number, its unit and its sense."""
    if fact.value is None:
        return ShownNumber(WITHHELD_NUMBER, "", "来源隐去了这个数字，本站不作推测", "", withheld=True)
    number, unit = short_quantity(fact.value, fact.unit, fact.qualifier, upper=fact.upper)
    sense = "范围" if fact.upper is not None else _SENSES[fact.qualifier]
    machine_value = "" if is_fraction_unit(fact.unit) else plain_decimal(fact.value)
    return ShownNumber(number, unit, sense, machine_value, withheld=False)


def show_total(total: Total) -> ShownNumber:
    """Return a sum's number; its sense says how it was made, and what keeps it from being the whole."""
    number, unit = short_quantity(total.value, total.indicator.unit, total.qualifier)
    sense = f"{len(total.parts)} 地年度报告相加"
    if any(fact.upper is not None for _, fact in total.parts):
        sense += "，范围按下限计"
    if total.left_out_count:
        sense += f"，另有 {total.left_out_count} 地的数字未公布或说不出下限，没有计入"
    if total.qualifier is not Qualifier.EXACT:
        sense += f"；{_SENSES[total.qualifier]}"
    return ShownNumber(number, unit, sense, plain_decimal(total.value), withheld=False)


def show_growth(growth: Growth | None) -> ShownGrowth | None:
    """Return a change against the year before: 增 12.5%, 约减 3%, 持平, 升 2 个百分点, 降 0.3 个千分点."""
    if growth is None:
        return None
    if growth.change == 0:
        return ShownGrowth("与上年持平" if growth.exact else "与上年大致持平", "level")
    up = growth.change > 0
    rounded = abs(growth.change).quantize(Decimal("0.1"), ROUND_HALF_UP)
    about = "" if growth.exact else "约"
    amount = f" {plain_decimal(rounded)}" if rounded else "不到 0.1"
    if growth.unit != "%":
        return ShownGrowth(f"比上年{about}{'升' if up else '降'}{amount} {growth.unit}", "up" if up else "down")
    return ShownGrowth(f"比上年{about}{'增' if up else '减'}{amount}%", "up" if up else "down")
