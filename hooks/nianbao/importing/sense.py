"""Sense checks: what in a draft contradicts itself, as warnings with their place. The text is never changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from nianbao.importing.doubts import Doubt, Weight
from nianbao.importing.draft import Draft, DraftFigure, DraftItem, join_paragraphs
from nianbao.importing.figures import list_reportable
from nianbao.importing.roles import find_years
from nianbao.model import Role
from nianbao.text.numerals import Qualifier, Quantity
from nianbao.text.sentences import SENTENCE_ENDS, split_sentences

_EACH = re.compile(r"(?:每(?P<unit>[位名人户家个所村校对支间份件台套])|(?P<mean>[人户])均)[^，。；、]{0,10}$")
_TOTAL = re.compile(
    r"(?:共|合计|总计|共计|累计|总额|总共|筹集|筹款|募集|发放|投入|资助|资金|金额|价值|善款)[^，。；]{0,12}$"
)
_PERSONS = frozenset("名人位")
_SUM = re.compile(r"(?:共计?|合计|总计|总共)[^，。；、]{0,6}$")
_AMONG = re.compile(r"其中")
_SHARE = re.compile(r"率|占|比例|比重|覆盖|份额|达标|合格|满意")
_GROWTH = re.compile(r"增|升|提高|超|完成|涨|幅|同比|环比|翻|是.{0,8}的")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("【", "】"), ("「", "」"))
# Labels that name so common a thing that two counts of it are two things.
_COMMON = re.compile(
    r"(?:活动|志愿者|学习|培训|会议|团员|青年|大学生|学生|群众|职工|妇女|儿童|家庭|干部|服务|宣传|宣讲|个|名)$"
)
_LABEL_LENGTH = 5
_NEAR_COUNT = 120
_NEAR_TOTAL = 60
# With the quantities' own length.
_MOST_APART = 2 * _NEAR_TOTAL
# A sentence of more numbers is a list of something, and no sum.
_MOST_ADDED = 60


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that does not add up: the item's id (empty: the report as a whole), and what it is, in Chinese.

    `field` is the place of what it is about, where that is no item.
    """

    place: str
    problem: str
    field: str = ""


def check_sense(draft: Draft) -> tuple[Concern, ...]:
    """Return what does not add up, in the order of the text."""
    concerns: list[Concern] = []
    year = int(draft.period[:4]) if draft.period else None
    # What a half-year or a quarter plans for may still lie in its year.
    year_over = year is not None and "-" not in draft.period
    concerns += [Concern("", f"导语{problem}", "lead") for problem in _check_marks(join_paragraphs(draft.lead))]
    for number, part in enumerate(draft.parts):
        if year is not None:
            problems = _check_title_year(part.title.text, part.role, year)
            concerns += [Concern("", problem, f"parts[{number}].title") for problem in problems]
        for item in (item for section in part.sections for item in section.items):
            text = f"{item.title.text}\n{item.text}"
            found = [
                *_check_products(item.text),
                *_check_parts(item.text),
                *_check_shares(item),
                *_check_marks(text),
                *(_check_years(text, part.role, year, year_over=year_over) if year is not None else ()),
            ]
            concerns += [Concern(item.id, problem) for problem in found]
    return (*concerns, *_check_repeats(draft))


def add_concerns(draft: Draft, concerns: tuple[Concern, ...]) -> Draft:
    """Return the draft with the concerns of each place among its notes, as one doubt."""
    problems: dict[tuple[str, str], list[str]] = {}
    for concern in concerns:
        problems.setdefault((concern.place, concern.field), []).append(concern.problem.removesuffix("，请核对"))
    texts = {item.id: item.text for item in draft.items}
    by_place: dict[str, list[Doubt]] = {}
    for (place, key), of_place in problems.items():
        sources = dict.fromkeys(_find_sentence(texts.get(place, ""), problem) for problem in of_place)
        question = f"{'；'.join(of_place)}。原文就是这样吗？"
        doubt = Doubt(question, "", " …… ".join(filter(None, sources)), key, Weight.FACT)
        by_place.setdefault(place, []).append(doubt)
    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    items=tuple(
                        replace(item, notes=(*item.notes, *by_place.get(item.id, ()))) for item in section.items
                    ),
                )
                for section in part.sections
            ),
        )
        for part in draft.parts
    )
    return replace(draft, parts=parts, notes=(*draft.notes, *by_place.get("", ())))


def _find_sentence(text: str, problem: str) -> str:
    """Return the sentence that a problem quotes: the one that shares the longest words with it; "" for none."""

    def weigh(sentence: str) -> int:
        return SequenceMatcher(None, sentence, problem, autojunk=False).find_longest_match().size

    sentences = [text[start:end].strip() for start, end in split_sentences(text)]
    found = max(sentences, key=weigh, default="")
    return found if weigh(found) > 1 else ""


def _check_products(text: str) -> Iterator[str]:
    """Yield sums of money that are not the number of receivers times what each got."""
    quantities = list_reportable(text)
    each = {q: _find_receiver(text, q) for q in quantities if q.unit == "元"}
    totals = [
        q for q in quantities if q.unit == "元" and not each[q] and _TOTAL.search(text[max(0, q.start - 18) : q.start])
    ]
    for amount, receiver in each.items():
        if not receiver:
            continue
        near_counts = [
            q
            for q in _list_between(quantities, amount.start - _NEAR_COUNT, amount.start + _NEAR_COUNT + 1)
            if (q.unit == receiver or {q.unit, receiver} <= _PERSONS) and abs(q.start - amount.start) <= _NEAR_COUNT
        ]
        if not near_counts:
            continue
        around = _list_between(totals, amount.start - _MOST_APART, amount.start + _MOST_APART)
        near_totals = [q for q in around if _stand_together(text, q, amount)]
        if not near_totals:
            continue
        if any(_agree(_times(count, amount), total) for count in near_counts for total in near_totals):
            continue
        count, total = _nearest(near_counts, amount), _nearest(near_totals, amount)
        product = _times(count, amount)
        if product is not None and total.value is not None:
            yield f"{_say(text, count)} × {_say(text, amount)} 是 {_plain(product)} 元，正文却说{_say(text, total)}"


def _list_between(quantities: Sequence[Quantity], start: int, end: int) -> Sequence[Quantity]:
    """Return those of a text's quantities that begin in [start, end)."""
    return quantities[bisect_left(quantities, start, key=_start) : bisect_left(quantities, end, key=_start)]


def _start(quantity: Quantity) -> int:
    return quantity.start


def _stand_together(text: str, one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities stand in one sentence, near each other."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return end - start <= _NEAR_TOTAL and not any(mark in text[start:end] for mark in SENTENCE_ENDS)


def _find_receiver(text: str, amount: Quantity) -> str:
    """Return the unit of those who each got an amount (每位学生5000元 → 位); empty when it is no such amount."""
    found = _EACH.search(text[max(0, amount.start - 14) : amount.start])
    return (found.group("unit") or found.group("mean")) if found else ""


def _nearest(quantities: list[Quantity], to: Quantity) -> Quantity:
    return min(quantities, key=lambda q: abs(q.start - to.start))


def _times(one: Quantity, other: Quantity) -> Decimal | None:
    return None if one.value is None or other.value is None else one.value * other.value


def _agree(value: Decimal | None, total: Quantity) -> bool:
    if value is None or total.value is None:
        return True
    if total.qualifier is Qualifier.EXACT:
        return value == total.value
    return abs(value - total.value) * 5 <= total.value


def _check_parts(text: str) -> Iterator[str]:
    """Yield totals that their parts exceed, or do not make up."""
    quantities = list_reportable(text)
    for start, end in split_sentences(text):
        inside = [q for q in _list_between(quantities, start, end) if q.end <= end and q.value is not None]
        if len(inside) > _MOST_ADDED:
            continue
        among = _AMONG.search(text, start, end)
        if among:
            yield from _check_among(text, inside, among.start())
        yield from _check_sum(text, inside)


def _check_among(text: str, inside: list[Quantity], at: int) -> Iterator[str]:
    before = [q for q in inside if q.end <= at]
    if not before:
        return
    total = before[-1]
    parts = [q for q in inside if q.start > at and q.unit == total.unit]
    largest = max((q.value or Decimal(0) for q in parts), default=Decimal(0))
    if total.value is None or total.qualifier is not Qualifier.EXACT or not parts:
        return
    if largest > total.value:
        yield f"“其中”的数（{_plain(largest)}{total.unit}）大过总数{_say(text, total)}"


def _check_sum(text: str, inside: list[Quantity]) -> Iterator[str]:
    for place, total in enumerate(inside):
        if not _SUM.search(text[max(0, total.start - 10) : total.start]) or total.qualifier is not Qualifier.EXACT:
            continue
        parts = [q for q in inside[:place] if q.unit == total.unit]
        if len(parts) < 2 or any(q.qualifier is not Qualifier.EXACT for q in parts):
            continue
        added = sum((q.value or Decimal(0) for q in parts), Decimal(0))
        if added != total.value:
            terms = " + ".join(_plain(q.value or Decimal(0)) for q in parts)
            yield f"{terms} 是 {_plain(added)}，正文却说共{_say(text, total)}"


def _check_shares(item: DraftItem) -> Iterator[str]:
    for figure in item.figures:
        quantity = figure.quantity
        if quantity.unit != "%" or quantity.value is None or quantity.value <= 100:
            continue
        around = item.text[max(0, quantity.start - 14) : quantity.start]
        if _SHARE.search(around) and not _GROWTH.search(around):
            yield f"比率超过 100%：{around[-8:]}{item.text[quantity.start : quantity.end]}"


def _check_marks(text: str) -> Iterator[str]:
    """Yield quotation marks and brackets that are opened and not closed, or the other way round."""
    for paragraph in text.split("\n"):
        for opening, closing in _PAIRS:
            depth, bad = 0, -1
            for at, mark in enumerate(paragraph):
                if mark == opening:
                    depth, bad = (1, at) if depth == 0 else (depth + 1, bad)
                elif mark == closing:
                    depth -= 1
                    if depth < 0:
                        bad = at
                        break
            if depth:
                yield f"{opening}{closing} 没有成对：……{paragraph[max(0, bad - 8) : bad + 9]}……"
        if paragraph.count('"') % 2:
            yield '引号 " 没有成对'


def _check_years(text: str, role: Role, year: int, *, year_over: bool) -> Iterator[str]:
    for named in sorted({int(y) for y in find_years(text)}):
        if (
            role is Role.PLAN
            and (named < year or (named == year and year_over))
            and re.search(rf"{named}\s*年(?!.{{0,4}}(?:以来|度?工作基础|成立|印发))", text)
        ):
            yield f"安排里写的是 {named} 年，报告讲的却是 {year} 年，安排应在那以后，请核对"
        elif role is not Role.PLAN and named > year:
            yield f"写的是 {named} 年，报告说的是 {year} 年，请核对"


def _check_title_year(title: str, role: Role, year: int) -> Iterator[str]:
    years = [int(y) for y in find_years(title)]
    if role is Role.RESULTS and years and year not in years:
        yield f"“{title}”的年份与报告的时段 {year} 不符，请核对"
    if role is Role.PLAN and years and max(years) < year:
        yield f"“{title}”的年份早于报告的时段 {year}，请核对"


def _check_repeats(draft: Draft) -> tuple[Concern, ...]:
    """Return figures that are told twice, in different items, with different values."""
    first: dict[tuple[str, str], tuple[DraftItem, DraftFigure]] = {}
    values: dict[tuple[str, str], set[Decimal]] = {}
    found: list[tuple[tuple[str, str], Concern]] = []
    for item in (i for p in draft.parts if p.role is Role.RESULTS for s in p.sections for i in s.items):
        for figure in item.figures:
            value = figure.quantity.value
            if value is None or len(figure.label) < _LABEL_LENGTH or _COMMON.search(figure.label):
                continue
            key = (figure.label, figure.quantity.unit)
            values.setdefault(key, set()).add(value)
            other_item, other = first.setdefault(key, (item, figure))
            if other_item is not item and other.quantity.value != value:
                problem = f"“{figure.label}”说了两次：这里是{figure.quote}，{other_item.id} 里是{other.quote}，请核对"
                found.append((key, Concern(item.id, problem)))
    return tuple(concern for key, concern in found if len(values[key]) == 2)


def _say(text: str, quantity: Quantity) -> str:
    return text[quantity.start : quantity.end]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
