"""No number without its sentence: a figure against the text of its item, against itself, against its indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nianbao.model import Figure, Indicator
from nianbao.sources.choices import CHOICES
from nianbao.sources.near_miss import find_near_text
from nianbao.sources.wording import show_value
from nianbao.text.display import narrow_digits
from nianbao.text.doubtful_numbers import Doubt, find_doubt, find_run_start
from nianbao.text.numerals import Qualifier, Quantity, find_quantities
from nianbao.text.quantity_format import plain_decimal

# Units that count the same things; any other pair of units differs.
_ALIKE_RATIO = 0.6
_HYPHENS = ("-", "－")
WIDE_DIGIT = re.compile("[０-９]")
_READINGS = frozenset({"次", "人次"})
_SAME_UNITS = (frozenset({"名", "人", "位"}), frozenset({"场", "场次"}))


@dataclass(frozen=True, slots=True)
class FigureMistake:
    """What is wrong with one field of a figure."""

    field: str
    problem: str
    fix: str


def check_figures(text: str | None, figures: Sequence[Figure]) -> Iterator[tuple[int, FigureMistake]]:
    """Yield the mistakes of an item's figures, each with its figure's index.

    A quote must stand in the text, once, and hold one whole quantity of it; what is explicit must agree with it.
    Without a text (it could not be read) the figures are checked by themselves.
    """
    stated = find_quantities(text) if text is not None and figures else ()
    quoted: dict[int, str] = {}
    for index, figure in enumerate(figures):
        mistake = None if text is None else _check_quote(figure, text, stated)
        if text is not None and mistake is None and figure.quantity is not None:
            start = text.find(figure.quote) + figure.quantity.start
            if quoted.setdefault(start, figure.quote) != figure.quote:
                mistake = FigureMistake(
                    "quote",
                    f"{show_value(figure.quote)}和{show_value(quoted[start])}说的是正文里的同一个数",
                    "留下一条",
                )
        if mistake:
            yield index, mistake
        elif figure.quantity is None:
            yield index, explain_count(figure.quote)
        elif WIDE_DIGIT.search(figure.quote):
            yield index, explain_wide_digits(figure.quote)
        else:
            for disagreement in explain_disagreement(figure, figure.quantity):
                yield index, disagreement


def _check_quote(figure: Figure, text: str, stated: tuple[Quantity, ...]) -> FigureMistake | None:
    quote = figure.quote
    start = text.find(quote)
    if start < 0:
        return _explain_absent(quote, text, stated)
    if text.find(quote, start + 1) >= 0:
        return FigureMistake("quote", f"{show_value(quote)}在本条正文里出现了不止一次", _suggest_longer(quote, text))
    end = start + len(quote)
    met = [found for found in stated if found.start < end and start < found.end]
    for found in met:
        if found.start < start or end < found.end:
            whole = text[min(start, found.start) : max(end, found.end)]
            return FigureMistake("quote", f"{show_value(quote)}没有抄全", f"正文写的是{show_value(whole)}")
    if len(met) == 1:
        if _leans_on_words_before(quote, met[0]) and figure.quantity is None:
            problem = f"{show_value(quote)}单独看不出是多少什么，要看前面的字"
            longer = _find_longer(quote, text)
            return FigureMistake("quote", problem, f"连同前面的字抄下{f'：{longer}' if longer else ''}")
        # Any other quantity reads the same alone and in its sentence. Kept here, the quote need not be parsed again,
        # which is a fifth of the time of reading a report.
        figure.__dict__["quantity"] = _move(met[0], -start)
        return _explain_hyphen(quote, met[0].start - start)
    return (
        None if met or figure.quantity is None else _explain_no_quantity(quote, text[find_run_start(text, start) : end])
    )


def _leans_on_words_before(quote: str, quantity: Quantity) -> bool:
    """Return whether it may take the words before a quantity to read it: 捐资11.2万, 农民3 150人."""
    return (quantity.unit in ("", "元") and "元" not in quote) or len(quote.split()) > 1


def _explain_no_quantity(quote: str, run: str) -> FigureMistake:
    """Return the mistake of a quote that holds a quantity by itself and none in its text."""
    problem = f"{show_value(quote)}在正文里不是数量，而是日期、序数或名称的一部分"
    return _explain_doubt(run) or FigureMistake("quote", problem, "抄下真正的数量，或删去这一条")


def _explain_hyphen(quote: str, number_start: int) -> FigureMistake | None:
    """Return the mistake of a hyphen in quotes before a number that was read without it; None of other quotes."""
    if not quote.startswith(_HYPHENS) or not number_start or quote[1:number_start].strip():
        return None
    number = quote[number_start:]
    return FigureMistake(
        "quote",
        f"{show_value(quote)}前面的“{quote[0]}”说不准是负号还是连接号",
        f"是负数，正文和 quote 都改用减号：−{number}；不是，就从数字抄起：{number}",
    )


def explain_wide_digits(quote: str) -> FigureMistake:
    """Return the mistake of a quote in full-width digits: large, a number is shown in half-width ones, as is usual."""
    fix = f"正文和 quote 都改成半角：{narrow_digits(quote)}"
    return FigureMistake("quote", f"{show_value(quote)}用了全角数字，大字显示时却是半角", fix)


def _move(quantity: Quantity, offset: int) -> Quantity:
    return Quantity(
        quantity.value,
        quantity.upper,
        quantity.unit,
        quantity.qualifier,
        quantity.start + offset,
        quantity.end + offset,
    )


def check_indicator_unit(figure: Figure, indicator: Indicator) -> Iterator[FigureMistake]:
    """Yield a mistake when a figure counts in another unit than its indicator; 名, 人 and 位 are alike."""
    quantity = figure.quantity
    if quantity is None or _are_units_alike(quantity.unit, indicator.unit):
        return
    problem = (
        f"{show_value(figure.quote)}的单位是“{quantity.unit}”，"
        f"指标 {indicator.id}（{indicator.name}）的单位却是“{indicator.unit}”"
    )
    yield FigureMistake("indicator", problem, "说的不是一回事，就换一个指标，或不写 indicator")


def _are_units_alike(one: str, other: str) -> bool:
    if not one:
        return other in _READINGS  # 10万+, as WeChat counts them
    return one == other or any(one in units and other in units for units in _SAME_UNITS)


def _explain_absent(quote: str, text: str, stated: tuple[Quantity, ...]) -> FigureMistake:
    asked = find_quantities(quote)
    units = {quantity.unit for quantity in asked}
    ranked = sorted(
        (
            (found.unit in units, SequenceMatcher(None, quote, words).ratio(), words)
            for found in stated
            if (words := text[found.start : found.end])
        ),
        reverse=True,
    )
    if asked:
        near = next((words for alike, ratio, words in ranked if alike or ratio >= _ALIKE_RATIO), None)
    else:
        near = find_near_text(quote, text)
    fix = f"正文写的是{show_value(near)}" if near else "quote 要从本条正文里原样抄下来；正文里没有这个数就删去这一条"
    return FigureMistake("quote", f"{show_value(quote)}不在本条正文里", fix)


def _suggest_longer(quote: str, text: str) -> str:
    longer = _find_longer(quote, text)
    return f"多抄几个字，使它只出现一次{f'，如“{longer}”' if longer else ''}"


def _find_longer(quote: str, text: str) -> str:
    """Return the shortest stretch that ends in a quote's first occurrence, is unique and holds one quantity, or ""."""
    start = text.find(quote)
    for begin in range(start - 1, max(-1, start - 13), -1):
        longer = text[begin : start + len(quote)]
        if "\n" not in longer and text.count(longer) == 1 and len(find_quantities(longer)) == 1:
            return longer.strip()
    return ""


def explain_count(quote: str) -> FigureMistake:
    """Return the mistake of a quote that does not hold one quantity."""
    found = find_quantities(quote)
    if found:
        parts = "、".join(f"“{quote[quantity.start : quantity.end]}”" for quantity in found)
        return FigureMistake("quote", f"{show_value(quote)}里有 {len(found)} 个数：{parts}", "一个数写一条，各抄各的")
    doubtful = _explain_doubt(quote)
    if doubtful:
        return doubtful
    fix = "抄下数和单位，如 5270名；日期、序数、名称里的数字不算"
    return FigureMistake("quote", f"{show_value(quote)}里没有数量", fix)


def _explain_doubt(stretch: str) -> FigureMistake | None:
    """Return the mistake of a stretch of text whose number is torn or only rough; None of others."""
    match find_doubt(stretch):
        case Doubt.TORN:
            problem = f"{show_value(stretch)}里的数断开了，或千分位不对，说不准是多少"
            return FigureMistake("quote", problem, "对照原文件改好正文和 quote，如 12345人、12,345人、3.5万人")
        case Doubt.ROUGH:
            problem = f"{show_value(stretch)}是约数，说不准是几"
            return FigureMistake("quote", problem, "约数不能单列，删去这一条，正文照旧")
    return None


def explain_disagreement(figure: Figure, quantity: Quantity) -> Iterator[FigureMistake]:
    """Yield what is explicit in a figure and not as its quantity."""
    quote = figure.quote
    if figure.value is not None and quantity.value is None:
        yield FigureMistake("value", f"{show_value(quote)}的数字隐去了，不能有 value", "删去 value：隐去的数不猜")
    elif figure.value is not None and figure.value != quantity.value:
        written = plain_decimal(quantity.value) if quantity.value is not None else ""
        yield FigureMistake(
            "value",
            f"写的是 {plain_decimal(figure.value)}，{show_value(quote)}却是 {written}",
            f"改成 {written}，或删去 value",
        )
    if figure.unit is not None and figure.unit != quantity.unit:
        yield FigureMistake(
            "unit",
            f"写的是“{figure.unit}”，{show_value(quote)}却是“{quantity.unit}”",
            f"改成 {quantity.unit}，或删去 unit",
        )
    if figure.qualifier is not None and figure.qualifier != quantity.qualifier:
        yield FigureMistake(
            "qualifier",
            f"写的是 {_say(figure.qualifier)}，{show_value(quote)}却是 {_say(quantity.qualifier)}",
            f"改成 {quantity.qualifier}，或删去 qualifier",
        )


def _say(qualifier: Qualifier) -> str:
    return f"{qualifier}（{CHOICES['qualifier'][qualifier]}）"
