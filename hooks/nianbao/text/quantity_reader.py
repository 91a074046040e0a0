"""Quantities found in running Chinese text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from nianbao.text.measure_words import MeasureWord, find_measure_word
from nianbao.text.number_reader import ARABIC, NUMBER, SPACES, Number, read_number, scale_value
from nianbao.text.qualifiers import INNER_QUALIFIERS, find_qualifier_after, find_qualifier_before
from nianbao.text.quantity import Qualifier, Quantity
from nianbao.text.quantity_context import Candidate, is_quantity, skip_spaces_left

_RANGE_SIGN = re.compile(rf"[{SPACES}]*([-－–~～〜∼至到]|—(?!—))[{SPACES}]*")
_WORD_SIGNS = frozenset("至到")
_LIST_SIGNS = frozenset("、，,和及与")
_ROUGH_SIGNS = frozenset("、，,")
_FRACTIONS = {"百": "%", "千": "‰"}
_CHANGES = frozenset("从由自")
_MINUS_SIGNS = frozenset("-－−")
_SIGNED_UNITS = frozenset(["%", "‰", "个百分点"])
_POINT = re.compile("[.．]")
_EXACT = Qualifier.EXACT
_LARGEST_LIST_NUMBER = 30


class _Seen(NamedTuple):
    """The number before: where it ends with its unit, and whether it was an ordinal."""

    number: Number
    unit: str
    end: int
    is_ordinal: bool


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in its order, not overlapping.

    Left out is what only looks like one: dates, ordinals, expressions (1+100), names and slogans with numerals, a
    lone 一 (an article more than a count), rough counts (两三名, 数百名, 十几场) and numbers without a unit. The text
    of a quantity, read alone, gives the same quantity.
    """
    found: list[Quantity] = []
    position = 0
    seen: _Seen | None = None
    while match := NUMBER.search(text, position):
        position = match.end()
        number = read_number(match)
        if number is None:
            seen = None
            continue
        quantity, position, seen = _read_at(text, number, seen=seen)
        if quantity is not None:
            found.append(quantity)
            position = quantity.end
    return tuple(found)


def _read_at(text: str, number: Number, *, seen: _Seen | None) -> tuple[Quantity | None, int, _Seen | None]:
    """Return the quantity that the number begins, if it is one; where to read on; and what was seen."""
    if number.digits in _FRACTIONS and text.startswith("分之", number.end):
        return *_read_fraction(text, number), None
    measured = find_measure_word(text, number.end)
    unit_end = measured[1] if measured else number.end
    sign = _RANGE_SIGN.match(text, unit_end)
    if sign is not None and number.value is not None and not number.inner:
        ranged = _read_range(text, number, measured=measured, sign=sign)
        if ranged is not None:
            return *ranged, None
    unit = measured[0].unit if measured else ""
    is_ordinal = _is_ordinal(text, number, unit=unit, seen=seen)
    next_seen = _Seen(number, unit, unit_end, is_ordinal)
    if measured is None:
        return None, number.end, next_seen
    word = measured[0]
    point = _find_list_point(text, number, word=word, unit_end=unit_end)
    if point:
        return None, point, None
    if is_ordinal or (seen is not None and _is_rough(text, number, seen=seen)):
        return None, unit_end, next_seen
    return _qualify(text, number, word=word, unit_end=unit_end), unit_end, next_seen


def _qualify(
    text: str, number: Number, *, word: MeasureWord, unit_end: int, upper: Decimal | None = None
) -> Quantity | None:
    """Return the quantity with the qualifiers around it; None when its surroundings make it none."""
    start, end, value = number.start, unit_end, number.value
    if value is not None and word.unit in _SIGNED_UNITS and _has_minus(text, start):
        start, value = start - 1, -value
    qualifier = _EXACT
    after = find_qualifier_after(text, end)
    if after is not None:
        qualifier, end = after
    before = find_qualifier_before(text, start, number=number)
    if before is not None:
        qualifier, start = before
    if number.inner:
        qualifier = INNER_QUALIFIERS[number.inner]
    elif word.says_more:
        qualifier = Qualifier.MORE_THAN
    is_whole = start == 0 and end == len(text)
    is_qualified = qualifier is not _EXACT
    candidate = Candidate(number, word, start, unit_end, is_whole, is_qualified, upper is not None)
    return Quantity(value, upper, word.unit, qualifier, start, end) if is_quantity(text, candidate) else None


def _has_minus(text: str, start: int) -> bool:
    """Return whether a minus sign, and no dash between two numbers or letters, stands before the digits."""
    if not start or text[start - 1] not in _MINUS_SIGNS:
        return False
    earlier = text[start - 2 : start - 1]
    return not (earlier.isascii() and earlier.isalnum()) and (not earlier or earlier not in "%％-－−—")


def _read_range(
    text: str, first: Number, *, measured: tuple[MeasureWord, int] | None, sign: re.Match[str]
) -> tuple[Quantity | None, int] | None:
    """Return the range and where to read on; None when the second number is to be read for itself."""
    match = NUMBER.match(text, sign.end())
    second = read_number(match) if match else None
    if second is None or second.kind is not first.kind or second.value is None or _is_change(text, first, sign=sign):
        return None
    found = find_measure_word(text, second.end)
    if measured is not None and (found is None or found[0].unit != measured[0].unit):
        return None
    lower = _find_lower_end(first, second)
    if lower is None and sign[1] in _WORD_SIGNS:
        return None
    if lower is None or found is None:
        return None, second.end
    word, unit_end = found
    point = _find_list_point(text, first, word=word, unit_end=unit_end)
    if point:
        return None, point
    number = second._replace(value=lower, digits=first.digits, start=first.start)
    return _qualify(text, number, word=word, unit_end=unit_end, upper=second.value), unit_end


def _is_change(text: str, first: Number, *, sign: re.Match[str]) -> bool:
    """Return whether it is a rise or fall and no range: 从30人到50人."""
    left = skip_spaces_left(text, first.start)
    return left > 0 and text[left - 1] in _CHANGES and sign[1] in _WORD_SIGNS


def _find_lower_end(first: Number, second: Number) -> Decimal | None:
    """Return the lower end, in the scale of the upper one where it has none (3—5万); None when it is not the lower."""
    if first.value is None or second.value is None:
        return None
    if first.factor == 1:
        shared = scale_value(first.value, second.trailing_factor)
        if shared < second.value:
            return shared
    return first.value if first.value < second.value else None


def _read_fraction(text: str, number: Number) -> tuple[Quantity | None, int]:
    """Return the quantity of 百分之三十 or 千分之五, and where to read on."""
    match = NUMBER.match(text, number.end + 2)
    share = read_number(match) if match else None
    measured = find_measure_word(_FRACTIONS[number.digits], 0)
    if share is None or share.value is None or measured is None:
        return None, number.end + 2
    sign = _RANGE_SIGN.match(text, share.last)
    if sign is not None and NUMBER.match(text, sign.end()):
        return None, share.last  # 百分之三十至五十 is too rare to read.
    whole = share._replace(kind=ARABIC, start=number.start)
    return _qualify(text, whole, word=measured[0], unit_end=share.last), share.last


def _is_ordinal(text: str, number: Number, *, unit: str, seen: _Seen | None) -> bool:
    """Return whether 第 stands before the number, or before the list that it goes on with (第1、2批)."""
    if not number.start:
        return False
    left = skip_spaces_left(text, number.start)
    before = text[left - 1] if left else ""
    if before == "第":
        return True
    if seen is None or not seen.is_ordinal or before not in _LIST_SIGNS:
        return False
    return seen.unit in ("", unit) and skip_spaces_left(text, left - 1) <= seen.end


def _is_rough(text: str, number: Number, *, seen: _Seen) -> bool:
    """Return whether it is the second half of 三、四名 or 3,4名, which count three or four.

    At the head of a line `3、4名` is the third entry of a list.
    """
    left = skip_spaces_left(text, number.start)
    if seen.unit or seen.end != left - 1 or text[left - 1] not in _ROUGH_SIGNS:
        return False
    if text[left - 1] == "、" and _is_at_head(text, seen.number.start):
        return False
    first, second = seen.number.value, number.value
    return first is not None and second is not None and second < 10 and second - first == 1


def _is_at_head(text: str, position: int) -> bool:
    left = skip_spaces_left(text, position)
    return left == 0 or text[left - 1] == "\n"


def _find_list_point(text: str, number: Number, *, word: MeasureWord, unit_end: int) -> int:
    """Return where the number begins after a list mark, else 0: `1.3名` heads a line, for nobody has 1.3 people."""
    digits = number.digits
    if ("." not in digits and "．" not in digits) or number.kind is not ARABIC or number.factor != 1:
        return 0
    mark, rest = _POINT.split(digits)
    after = find_qualifier_after(text, unit_end)
    is_whole = number.start == 0 and (after[1] if after else unit_end) == len(text)
    at_head = _is_at_head(text, number.start) and not is_whole
    is_mark = len(mark) <= 2 and int(mark) <= _LARGEST_LIST_NUMBER and rest[0] not in "0０"
    is_fraction = word.divisible and len(rest) < 3
    return number.start + len(mark) + 1 if at_head and is_mark and not is_fraction else 0
