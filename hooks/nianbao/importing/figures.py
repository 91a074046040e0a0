"""The reportable quantities of an item's text: each with a quote that stands once, a label and maybe an indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from nianbao.importing.draft import DraftFigure
from nianbao.importing.labels import Label, find_label
from nianbao.model import Indicator
from nianbao.model.base import MOST_FIGURES
from nianbao.text.numerals import Qualifier, Quantity, find_quantities

_QUOTE_REACH = 24
_HOURS_A_DAY = 24
_SAME_UNITS = (frozenset({"名", "人", "位"}), frozenset({"场", "场次"}))
# What counts the points of an argument or the words of a slogan, and reports nothing.
_STRUCTURE = re.compile(
    r"(?:大|类|项|点|条)?(?:方面|维度|层面|环节|角度|坚持|结合|统一|转变|到位|聚焦|着力|原则|统筹|强化|突出|必须|导向|关键[点词字]?|字|抓手|切入点|着力点|落脚点"
    r"|确立|维护|意识|自信|务必|全面|代表|先锋|精准|优先|同步|一律|不|真|力|度|性|化|心|观|贯穿|融入|围绕|全覆盖|百分百|提升年)"
)
_DURATION_UNITS = frozenset(
    {"年", "个月", "月", "天", "日", "周", "星期", "岁", "周岁", "周年", "分钟", "届", "级", "号", "时", "点", "秒"}
)
_COUNTED_BEFORE = re.compile(r"(?:累计|共计|合计|总计|时长|工期|平均|达到?|缩短|压缩)[^，。；]{0,4}$")


class FigureFinder:
    """Finds figures, item after item in the order of the text, as many as a report may have.

    An indicator is given out once a report. `left_out` counts the numbers past the limit.
    """

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self._aliases = sorted(
            ((alias, indicator) for indicator in indicators.values() for alias in {indicator.name, *indicator.aliases}),
            key=lambda pair: (-len(pair[0]), pair[1].id, pair[0]),
        )
        self._used: set[str] = set()
        self._room = MOST_FIGURES
        self.left_out = 0

    def find(self, text: str) -> tuple[DraftFigure, ...]:
        """Return the figures of an item's text, in its order: n1, n2 …"""
        figures: list[DraftFigure] = []
        previous_end = 0
        quantities = list_reportable(text)[: self._room]
        self._room -= len(quantities)
        self.left_out += len(list_reportable(text)) - len(quantities)
        starts = [*(quantity.start for quantity in quantities[1:]), len(text)]
        for quantity, next_start in zip(quantities, starts, strict=False):
            label = find_label(text, quantity, previous_end=previous_end, next_start=next_start)
            if label.text == text[quantity.start : quantity.end] and figures:
                label = replace(label, text=figures[-1].label)
            previous_end = quantity.end
            quote = make_quote(text, quantity, label)
            if not quote:
                continue
            indicator = self._find_indicator(text, quantity, label.text)
            notes = (f"指标 {indicator} 由别名认出，请核对",) if indicator else ()
            figures.append(DraftFigure(f"n{len(figures) + 1}", quote, label.text, quantity, indicator, notes))
        return tuple(figures)

    def _find_indicator(self, text: str, quantity: Quantity, label: str) -> str:
        if quantity.value is None:
            return ""
        sentence = _clause(text, quantity)
        for alias, indicator in self._aliases:
            if indicator.id in self._used or not _are_units_alike(quantity.unit, indicator.unit):
                continue
            key = _key(alias)
            if key in _key(label) or (len(key) > 4 and sentence.endswith(key)):
                self._used.add(indicator.id)
                return indicator.id
        return ""


def count_figures(text: str) -> int:
    """Return how many reportable quantities a text holds."""
    return len(list_reportable(text))


@lru_cache(maxsize=512)
def list_reportable(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text that report something: no counts of arguments, no durations in passing."""
    return tuple(quantity for quantity in find_quantities(text) if _is_reportable(text, quantity))


def _is_reportable(text: str, quantity: Quantity) -> bool:
    after = text[quantity.end : quantity.end + 8]
    if quantity.unit in {"个", "大", "项", "条", "点", "种", "句"} and _STRUCTURE.match(after):
        return False
    if quantity.unit == "分" and quantity.qualifier is Qualifier.AT_LEAST:
        return False  # 600分以上127人 counts the people.
    is_short = (
        quantity.unit == "小时" and quantity.qualifier is Qualifier.EXACT and (quantity.value or 0) <= _HOURS_A_DAY
    )
    if quantity.unit in _DURATION_UNITS or is_short:
        return bool(_COUNTED_BEFORE.search(text[max(0, quantity.start - 14) : quantity.start]))
    return True


def make_quote(text: str, quantity: Quantity, label: Label) -> str:
    """Return a stretch around a quantity that stands once in its text and holds no other; empty without one.

    It is the quantity alone where that will do, then with the words of its label, then with as many as it takes.
    """
    start, end = quantity.start, quantity.end
    spans = [(start, end), (label.start, label.end)]
    spans += [(begin, end) for begin in range(start - 2, max(-1, start - _QUOTE_REACH), -1)]
    spans += [(start, stop) for stop in range(end + 2, min(len(text), end + _QUOTE_REACH) + 1)]
    for begin, stop in spans:
        quote = text[begin:stop]
        if "\n" in quote or quote != quote.strip(" 、，。；"):
            continue
        if _stands_once(quote, text, quantity):
            return quote
    return ""


def _stands_once(quote: str, text: str, quantity: Quantity) -> bool:
    first = text.find(quote)
    if text.find(quote, first + 1) >= 0:
        return False
    found = find_quantities(quote)
    return len(found) == 1 and (found[0].value, found[0].unit) == (quantity.value, quantity.unit)


def _are_units_alike(one: str, other: str) -> bool:
    return one == other or any(one in units and other in units for units in _SAME_UNITS)


def _key(text: str) -> str:
    return re.sub(r"[“”‘’\s的]", "", text)


def _clause(text: str, quantity: Quantity) -> str:
    """Return the words before a quantity in its clause, without marks."""
    before = text[max(0, quantity.start - 40) : quantity.start]
    return _key(re.split(r"[，。；！？,;\n]", before)[-1])
