"""The measure words and units that a number needs to be a quantity."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from nianbao.text.chinese_integers import write_chinese_integer
from nianbao.text.lazy_pattern import LazyPattern
from nianbao.text.longer_words import LONGER_WORDS
from nianbao.text.quantity import FRACTION_UNIT_END


class MaskRule(IntEnum):
    """Whether masked digits may stand before the word: **班 and XX站 are names, **名 is a number of people."""

    NEVER = 0
    ONE_SIGN = 1  # *所 is a number, **所 the masked name of an office.
    ALWAYS = 2


class MeasureWord(NamedTuple):
    """A unit, normalised, and what may stand before it."""

    unit: str
    mask_rule: MaskRule
    after_chinese_digit: bool  # False: 两节, 三包, 十分 are words, while 12节, 30包, 95分 are quantities.
    divisible: bool  # 2.5小时, but not 2.5名.
    says_more: bool  # 个多月: the qualifier stands inside the unit.
    longer_word: LazyPattern | None


_COUNTED_FREELY = (
    "人次 场次 批次 户次 件次 例次 台次 车次 辆次 架次 航次 班次 票次 家次 篇次 项次 剂次 站次 个次 课时 学时 人份 "
    "个 名 人 家 场 次 项 件 条 篇 期 支 户 份 册 辆 棵 例 起 位"
)
_COUNTED = (
    "批 所 处 座 间 套 本 张 门 宗 笔 台 艘 架 对 幅 枚 块 株 只 匹 盏 盒 箱 袋 瓶 杯 桌 顿 趟 票 种 款 轮 遍 "
    "封 页 栋 幢 床 床位 集 堂 个工作日 把 付 根 顶 颗 粒 筐 罐 桶 卷 剂 针 班 组 队 部 节 面 头 餐 句 字 层 室 站 "
    "包 回 通 类 样 岗 首 口 副 双 具 片 段 则 尾 羽 学分 届 "
    "金 银 铜 讲 单 辑 眼 桩 枝 束 棒"
)
_MEASURED = (
    "元 美元 欧元 港元 日元 英镑 亩 公里 千米 米 厘米 毫米 海里 平方米 平方公里 立方米 公顷 吨 公斤 千克 斤 克 "
    "毫升 升 担 千瓦时 千瓦 兆瓦 小时 分钟 秒 天 周 个月 年 人天 人日 分 倍 % ‰ 个百分点 GB TB MB KB km kg"
)
_SAME_UNIT = {
    "％": "%", "﹪": "%", "百分点": "个百分点", "人民币": "元", "块钱": "元", "港币": "港元",
    "人/次": "人次", "人（次）": "人次", "人(次)": "人次", "个人次": "人次", "场/次": "场次", "场（次）": "场次",
    "场(次)": "场次", "个场次": "场次", "批（次）": "批次", "批(次)": "批次", "户（次）": "户次",
    "个小时": "小时", "个课时": "课时", "个学时": "学时", "个星期": "周",
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "平方": "平方米", "m³": "立方米",
    "平方千米": "平方公里", "km²": "平方公里", "㎞": "km", "KM": "km", "Km": "km", "㎏": "kg", "KG": "kg", "Kg": "kg",
    "ml": "毫升", "mL": "毫升", "ML": "毫升",
}  # fmt: skip
_MORE_INSIDE = {"个多月": "个月", "个余月": "个月", "个多小时": "小时", "个多学时": "学时"}

# 两节 is New Year and Spring Festival, 三站 a name, 十分 an adverb, 三元 a district: after one Chinese numeral these
# are words, after figures they are units.
_NOT_AFTER_CHINESE_DIGIT = frozenset(
    "班组队部节面头餐句字层分室站包回通类样首口秒双副付把具段则元届片针顶根集封金银铜讲单辑眼桩枝束棒担",
)
# A word may stand in traditional characters in a text that is not (1.8萬餘人, 3個).
_TRADITIONAL = str.maketrans(
    "个场条项户辆亩册只种处间张门对吨钟时课学组队节头层台样类双颗盏届银铜讲担则笔轮块栋",
    "個場條項戶輛畝冊隻種處間張門對噸鐘時課學組隊節頭層臺樣類雙顆盞屆銀銅講擔則筆輪塊棟",
)
_LARGEST_DENOMINATOR = 99
_NEVER_MASKED = frozenset([*"届年分秒周口首副付把双具则头餐句层室回通样尾羽金银铜讲单辑眼担", "床位"])
_FREELY_MASKED = frozenset(
    [*_COUNTED_FREELY.split(), *"元亩字%‰", "美元", "公里", "平方米", "小时", "分钟", "个百分点"],
)


def _build_table() -> dict[str, tuple[tuple[str, MeasureWord], ...]]:
    """Return every written form with its word, by first character, the longest form first."""
    measured = frozenset(_MEASURED.split())
    written = {unit: unit for unit in f"{_COUNTED_FREELY} {_COUNTED} {_MEASURED}".split()} | _SAME_UNIT | _MORE_INSIDE
    simple = {form.translate(_TRADITIONAL): form for form in written}
    written = {form.translate(_TRADITIONAL): unit for form, unit in written.items()} | written
    table: dict[str, list[tuple[str, MeasureWord]]] = {}
    for form, unit in sorted(written.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        pattern = LONGER_WORDS.get(simple.get(form, form)) or (
            "[0-9A-Za-z]" if form.isascii() and form.isalnum() else ""
        )
        mask_rule = MaskRule.ALWAYS if unit in _FREELY_MASKED else MaskRule.ONE_SIGN
        word = MeasureWord(
            unit=unit,
            mask_rule=MaskRule.NEVER if unit in _NEVER_MASKED else mask_rule,
            after_chinese_digit=unit not in _NOT_AFTER_CHINESE_DIGIT,
            divisible=unit in measured,
            says_more=simple.get(form, form) in _MORE_INSIDE,
            longer_word=LazyPattern(pattern) if pattern else None,
        )
        table.setdefault(form[0], []).append((form, word))
    return {first: tuple(words) for first, words in table.items()}


_BY_FIRST_CHARACTER = _build_table()
_UNWRITTEN = MeasureWord(
    unit="", mask_rule=MaskRule.ALWAYS, after_chinese_digit=False, divisible=True, says_more=False, longer_word=None
)
# 10万+ alone, as WeChat counts readings; and the unit that ¥ before the number stands for.
NO_UNIT, YUAN = _UNWRITTEN, _UNWRITTEN._replace(unit="元")
WRITTEN_UNITS = tuple(form for words in _BY_FIRST_CHARACTER.values() for form, _ in words)
UNITS = tuple(sorted({word.unit for words in _BY_FIRST_CHARACTER.values() for _, word in words}))


def make_fraction_word(denominator: int) -> MeasureWord | None:
    """Return the unit of fractions: 三分之一 of 3, 万分之一 of 10000; None of what nobody divides by."""
    if not 2 <= denominator <= _LARGEST_DENOMINATOR and denominator != 10**4:
        return None
    written = "万" if denominator == 10**4 else write_chinese_integer(denominator)
    return _UNWRITTEN._replace(unit=written + FRACTION_UNIT_END)


def find_measure_word(text: str, position: int) -> tuple[MeasureWord, int] | None:
    """Return the longest measure word that begins at the position, and where it ends."""
    for form, word in _BY_FIRST_CHARACTER.get(text[position : position + 1], ()):
        if text.startswith(form, position):
            end = position + len(form)
            if word.longer_word is None or not word.longer_word.match(text, end):
                return word, end
    return None
