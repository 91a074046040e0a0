"""The words around a number that say how exact it is: 近 约 超过 before it, 余 多 in it, 以上 左右 after it."""

from __future__ import annotations

from nianbao.text.lazy_pattern import LazyPattern
from nianbao.text.number_reader import SPACES, Number
from nianbao.text.quantity import Qualifier

INNER_QUALIFIERS = {
    "余": Qualifier.MORE_THAN, "餘": Qualifier.MORE_THAN, "多": Qualifier.MORE_THAN, "+": Qualifier.MORE_THAN,
    "＋": Qualifier.MORE_THAN,
    "来": Qualifier.ABOUT, "來": Qualifier.ABOUT,
}  # fmt: skip
_BEFORE = {
    Qualifier.MORE_THAN: "超 超过 超過 超出 逾 突破 破 多于 高于 大于 > ＞",
    Qualifier.AT_LEAST: "不少于 不低于 不小于 至少 最少 不下 不下于 ≥",
    Qualifier.NEARLY: "近 将近 接近",
    Qualifier.ABOUT: "约 約 大约 大概 约为",
    Qualifier.LESS_THAN: "不足 不到 不满 低于 少于 小于 < ＜",
    Qualifier.AT_MOST: "不超过 不超 不多于 不高于 不大于 至多 最多 ≤",
}
_AFTER = {
    "及以上": Qualifier.AT_LEAST, "以上": Qualifier.AT_LEAST, "及以下": Qualifier.AT_MOST, "以下": Qualifier.LESS_THAN,
    "以内": Qualifier.AT_MOST, "左右": Qualifier.ABOUT, "上下": Qualifier.ABOUT,
}  # fmt: skip
QUALIFIERS_BEFORE = tuple(word for words in _BEFORE.values() for word in words.split())
QUALIFIERS_AFTER = tuple(_AFTER)
_AFTER_FIRST = frozenset(word[0] for word in _AFTER)
_MOVING_UP_AND_DOWN = LazyPattern("[联游班级学楼一齐车贯同]")
# 节约, 签约, 附近, 赶超, 找不到 end in the characters of a qualifier.
_OTHER_WORD_ENDS = {
    "约": frozenset("节签预邀集合制违相特条公契履续解婚誓隐失赴简俭民守盟乡"),
    "近": frozenset("附最就临邻亲贴靠走新远切晋逼"),
    "超": frozenset("赶反"),
    "破": frozenset("打侦击爆识攻揭勘告撕"),
    "不到": frozenset("找看听想得用管轮买见"),
}
# Of few things 突破 is the verb (突破3项技术), of many the measure (突破500万人); so with 破.
_FEWEST_TO_BREAK_THROUGH = {"突破": 50, "破": 1000}
_NOT_REACHING = frozenset("线网以路会台村街身船天地早晚马加车场岗桌纸本基总手楼山海")


def _build_before_table() -> dict[str, tuple[tuple[str, Qualifier], ...]]:
    table: dict[str, list[tuple[str, Qualifier]]] = {}
    for qualifier, words in _BEFORE.items():
        for word in words.split():
            table.setdefault(word[-1], []).append((word, qualifier))
    return {last: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for last, words in table.items()}


_BEFORE_BY_LAST = _build_before_table()


def find_qualifier_before(text: str, position: int, *, number: Number) -> tuple[Qualifier, int] | None:
    """Return the qualifier that ends at the position, and where it begins.

    上百人 says that a hundred is reached, and maybe passed: at least; so with 上千, 上万, and no number with digits.
    """
    end = position
    while end and text[end - 1] in SPACES:
        end -= 1
    if not end:
        return None
    last = text[end - 1]
    for word, qualifier in _BEFORE_BY_LAST.get(last, ()):
        start = end - len(word)
        if start >= 0 and text.startswith(word, start):
            if start and text[start - 1] in _OTHER_WORD_ENDS.get(word, ()):
                return None
            fewest = _FEWEST_TO_BREAK_THROUGH.get(word)
            if fewest is not None and number.value is not None and number.value < fewest:
                return None
            return qualifier, start
    if last == "上" and number.is_bare_scale and (end < 2 or text[end - 2] not in _NOT_REACHING):
        return None if text.startswith(("成千", "成百"), max(0, end - 3)) else (Qualifier.AT_LEAST, end - 1)
    return None


def find_qualifier_after(text: str, position: int) -> tuple[Qualifier, int] | None:
    """Return the qualifier that begins at the position or after spaces, and where it ends."""
    length = len(text)
    while position < length and text[position] in SPACES:
        position += 1
    if position == length or text[position] not in _AFTER_FIRST:
        return None
    for word, qualifier in _AFTER.items():
        if text.startswith(word, position):
            end = position + len(word)
            return None if word == "上下" and _MOVING_UP_AND_DOWN.match(text, end) else (qualifier, end)
    return None
