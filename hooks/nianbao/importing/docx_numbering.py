"""Automatic numbering of Word documents (ISO/IEC 29500-1, 17.9): the markers that are drawn, not in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_CHINESE_FORMATS = frozenset(
    "chineseCounting chineseCountingThousand ideographDigital japaneseCounting japaneseDigitalTenThousand"
    " taiwaneseCounting taiwaneseCountingThousand koreanDigital2".split()
)
_FORMAL_FORMATS = frozenset({"chineseLegalSimplified", "ideographLegalTraditional"})
# Formats whose numerals follow each other in Unicode: the first, and how many there are.
_SERIES = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "upperLetter": ("A", 26),
    "lowerLetter": ("a", 26),
}
_LEVELS_LIMIT = 9


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document; `next_number` counts on, so paragraphs are asked for in the order of the text."""

    levels: Mapping[str, Mapping[int, _Level]]
    abstract_of: Mapping[str, str]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next_number(self, number_id: str, level: int) -> str:
        """Return the marker of the next paragraph of a list at a level (0 is the top); empty for bullets."""
        levels = self.levels.get(number_id)
        if not levels or level not in levels or not 0 <= level < _LEVELS_LIMIT:
            return ""
        counts = self.counts.setdefault(self.abstract_of.get(number_id, number_id), [0] * _LEVELS_LIMIT)
        for depth in range(level):
            if not counts[depth] and depth in levels:
                counts[depth] = levels[depth].start
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        for depth in range(level + 1, _LEVELS_LIMIT):
            counts[depth] = 0
        if levels[level].format in {"bullet", "none"}:
            return ""
        return re.sub(
            r"%([1-9])",
            lambda found: _draw(counts[int(found.group(1)) - 1], levels.get(int(found.group(1)) - 1)),
            levels[level].text,
        )


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the lists that a numbering part defines; none for a document without it."""
    if root is None:
        return Numbering({}, {})
    abstract = {
        element.get(f"{W}abstractNumId", ""): _read_levels(element) for element in root.iterfind(f"{W}abstractNum")
    }
    levels: dict[str, Mapping[int, _Level]] = {}
    abstract_of: dict[str, str] = {}
    for element in root.iterfind(f"{W}num"):
        number_id = element.get(f"{W}numId", "")
        reference = element.find(f"{W}abstractNumId")
        base_id = reference.get(f"{W}val", "") if reference is not None else ""
        own = dict(abstract.get(base_id, {}))
        overrides = list(element.iterfind(f"{W}lvlOverride"))
        for override in overrides:
            _override(own, override)
        levels[number_id] = own
        # A list that sets its own start counts for itself; the others of one design count together.
        abstract_of[number_id] = f"num-{number_id}" if overrides else f"abstract-{base_id}"
    return Numbering(levels, abstract_of)


def _read_levels(parent: etree._Element) -> dict[int, _Level]:
    return {_int(element.get(f"{W}ilvl")): _read_level(element) for element in parent.iterfind(f"{W}lvl")}


def _read_level(element: etree._Element) -> _Level:
    return _Level(
        _value(element, "numFmt") or "decimal", _value(element, "lvlText"), _int(_value(element, "start") or "1")
    )


def _override(levels: dict[int, _Level], override: etree._Element) -> None:
    depth = _int(override.get(f"{W}ilvl"))
    replaced = override.find(f"{W}lvl")
    if replaced is not None:
        levels[depth] = _read_level(replaced)
    start = _value(override, "startOverride")
    if start and depth in levels:
        levels[depth] = _Level(levels[depth].format, levels[depth].text, _int(start))


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _int(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


def _draw(count: int, level: _Level | None) -> str:
    number_format = level.format if level else "decimal"
    if number_format in {"bullet", "none"}:
        return ""
    if number_format in _CHINESE_FORMATS:
        return _draw_chinese(count, _DIGITS, "十")
    if number_format in _FORMAL_FORMATS:
        return _draw_chinese(count, _FORMAL, "拾")
    first, last = _SERIES.get(number_format, ("", 0))
    if first and 1 <= count <= last:
        return chr(ord(first) + count - 1)
    return f"{count:02d}" if number_format == "decimalZero" else str(count)


def _draw_chinese(count: int, digits: str, ten: str) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if not tens else (ten if tens == 1 and digits is _DIGITS else digits[tens] + ten)
    return head + (digits[ones] if ones or not tens else "")
