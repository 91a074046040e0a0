"""The reportable quantities of an item's text: each with a quote that stands once, a label and maybe an indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from nianbao.importing.doubts import Doubt, Weight
from nianbao.importing.draft import DraftFigure
from nianbao.importing.labels import Label, find_label
from nianbao.model import Indicator
from nianbao.model.base import MOST_FIGURES
from nianbao.text.numerals import Qualifier, Quantity, find_quantities
from nianbao.text.sentences import split_sentences

_QUOTE_REACH = 24
_HOURS_A_DAY = 24
_SAME_UNITS = (frozenset({"名", "人", "位"}), frozenset({"场", "场次"}))
# What counts the points of an argument or the words of a slogan, and reports nothing.
_STRUCTURE = re.compile(
    r"(?:大|类|项|点|条)?(?:方面|维度|层面|环节|角度|坚持|结合|统一|转变|到位|聚焦|着力|原则|统筹|强化|突出(?!问题|贡献)|必须|导向"
    r"|关键(?!技术|核心)[点词字]?|字|抓手|切入点|着力点|落脚点|基本点|最[严大高]|确立|维护|意识|自信|务必|全面|代表(?![团队])|先锋(?![岗队站])|精准"
    r"|优先|同步|一律|不|真(?!空)|力(?!量)|度(?!假)|性(?!别)|化(?![粪工肥妆解])|心(?![理愿灵脏连])|观(?![景测光])|贯穿|融入|围绕|全覆盖|百分百|提升年)"
)
_DURATION_UNITS = frozenset(
    {"年", "个月", "月", "天", "日", "周", "星期", "岁", "周岁", "周年", "分钟", "届", "级", "号", "时", "点", "秒"}
)
_COUNTED_BEFORE = re.compile(
    r"(?:累计|共计|合计|总计|时长|工期|平均|达到?|缩短|压缩|开放|天数|出勤|无事故)[^，。；]{0,4}$"
)
# 集体经济收入50万元以上的村6个, 25人以上企业建会率: what only says which ones are meant.
_MEANT = (
    r"(?:[0-9０-９]|(?![参得获受用投成实通完开])[^，。；、！？0-9]{0,4}?(?:村|社区|企业|单位|项目|工会|户(?!均|籍)|家庭|学校|组织|基地|公司|合作社|农场|园区|活动|赛事|会议"
    r"|商户|楼宇|案件|工程|产业|品牌|贷款|[乡集城]镇|队伍|团队))"
)
_MEANT_AFTER = re.compile(f"的?{_MEANT}")
_MEANT_AFTER_MONEY = re.compile(f"的{_MEANT}")
_BOUNDS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.LESS_THAN, Qualifier.AT_MOST})
_SHARES = frozenset({"%", "‰", "个百分点"})
# 连续奋战72小时; 以96.5分位列第一.
_REFUSED_BEFORE = {
    "小时": re.compile(r"(?:连续|奋战|昼夜|鏖战|坚守|值守|全天候)[^，。；]{0,4}$"),
    "分": re.compile(r"以(?:[总均]分|平均分|综合得分|总成绩)?$"),
}
# 在全市20个县区中排名第5.
_FIELD = re.compile(r"[^，。；、]{1,5}中(?:排名?|[位名]列|位居|列|第)")


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
            label = find_label(
                text,
                quantity,
                previous_end=previous_end,
                next_start=next_start,
                previous=figures[-1].label if figures else "",
            )
            previous_end = quantity.end
            quote = make_quote(text, quantity, label)
            if not quote:
                continue
            indicator = self._find_indicator(text, quantity, label.text)
            notes = [_doubt_indicator(indicator, text, quantity)] if indicator else []
            if not label.is_sure:
                notes.append(_doubt_label(label, text, quantity))
            indicator_id = indicator.id if indicator else ""
            figures.append(DraftFigure(f"n{len(figures) + 1}", quote, label.text, quantity, indicator_id, tuple(notes)))
        return tuple(figures)

    def _find_indicator(self, text: str, quantity: Quantity, label: str) -> Indicator | None:
        if quantity.value is None:
            return None
        sentence = _clause(text, quantity)
        for alias, indicator in self._aliases:
            if indicator.id in self._used or not _are_units_alike(quantity.unit, indicator.unit):
                continue
            key = _key(alias)
            if key in _key(label) or (len(key) > 4 and sentence.endswith(key)):
                self._used.add(indicator.id)
                return indicator
        return None


def _doubt_indicator(indicator: Indicator, text: str, quantity: Quantity) -> Doubt:
    question = f"这个数就是可比指标“{indicator.name}”吗？"
    return Doubt(question, indicator.id, _find_sentence(text, quantity), "indicator")


def _doubt_label(label: Label, text: str, quantity: Quantity) -> Doubt:
    question = f"“{text[quantity.start : quantity.end]}”说的是什么？"
    return Doubt(question, label.text, _find_sentence(text, quantity), "label", Weight.FACT)


def _find_sentence(text: str, quantity: Quantity) -> str:
    return next(text[start:end] for start, end in split_sentences(text) if end > quantity.start).strip()


def count_figures(text: str) -> int:
    """Return how many reportable quantities a text holds."""
    return len(list_reportable(text))


@lru_cache(maxsize=512)
def list_reportable(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text that report something: no counts of arguments, no durations in passing."""
    return tuple(quantity for quantity in find_quantities(text) if _is_reportable(text, quantity))


def _is_reportable(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - 14) : quantity.start]
    after = text[quantity.end : quantity.end + 8]
    if quantity.unit in {"个", "大", "项", "条", "点", "种", "句"} and _STRUCTURE.match(after):
        return False
    if _is_threshold(text, quantity, after=after) or before.endswith("其余") or _FIELD.match(after):
        return False
    refused = _REFUSED_BEFORE.get(quantity.unit)
    if (refused and refused.search(before)) or (quantity.unit == "个工作日" and after[:1] == "内"):
        return False
    is_short = (
        quantity.unit == "小时" and quantity.qualifier is Qualifier.EXACT and (quantity.value or 0) <= _HOURS_A_DAY
    )
    if quantity.unit in _DURATION_UNITS or is_short:
        return bool(_COUNTED_BEFORE.search(before))
    return True


def _is_threshold(text: str, quantity: Quantity, *, after: str) -> bool:
    """Return whether it only says which ones the text is about: 600分以上127人 counts the people."""
    if quantity.qualifier not in _BOUNDS or quantity.unit in _SHARES:
        return False
    if text[quantity.end - 2 : quantity.end] in ("以上", "以下", "以内"):
        return quantity.unit == "分" or _MEANT_AFTER.match(after) is not None
    return quantity.unit == "元" and _MEANT_AFTER_MONEY.match(after) is not None


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
