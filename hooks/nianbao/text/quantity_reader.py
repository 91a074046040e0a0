"""Quantities found in running Chinese text."""

from __future__ import annotations

import re
from decimal import Decimal

from nianbao.text.chinese_integers import DIGITS
from nianbao.text.lazy_pattern import LazyPattern
from nianbao.text.measure_words import NO_UNIT, YUAN, MeasureWord, find_measure_word, make_fraction_word
from nianbao.text.number_reader import (
    ARABIC,
    CHINESE,
    NUMBER,
    SPACES,
    Number,
    read_number,
    scale_value,
)
from nianbao.text.qualifiers import INNER_QUALIFIERS, find_qualifier_after, find_qualifier_before
from nianbao.text.quantity import Qualifier, Quantity
from nianbao.text.quantity_context import NEVER_COUNTED, Candidate, is_at_head, is_quantity
from nianbao.text.quantity_signs import MINUS_SIGNS, SIGNS_BEFORE, find_unit, read_signs, skip_spaces_left
from nianbao.text.unwritten_units import find_unwritten_unit

_RANGE_SIGN = LazyPattern(rf"[{SPACES}]*([-－−–~～〜∼至到]|—(?!—))[{SPACES}]*[¥￥]?[{SPACES}]*")
_RANGE_BEGINNINGS = frozenset([*SPACES, *"-－−–~～〜∼至到—"])
_WORD_SIGNS = frozenset("至到")
_LIST_SIGNS = frozenset("、，,和及与")
_ROUGH_SIGNS = frozenset("、，,")
_FRACTIONS = {"百": "%", "千": "‰"}
_CHANGES = frozenset("从由自")
_EXACT = Qualifier.EXACT
_LARGEST_LIST_NUMBER = 30
_NUMERATORS_END = 100


# The number before, its unit, where it ends with that, and whether it was an ordinal: a plain tuple, for one is made
# of every number.
_Seen = tuple[Number, str, int, bool]


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in its order, not overlapping.

    Left out is what only looks like one: dates, ordinals, expressions (1+100), names and slogans with numerals, a
    lone 一 (an article more than a count), rough counts (两三名, 三、四名, 数百名, 十几场), numbers torn or badly
    grouped (3 . 5万名, 1,2345人), and numbers without a unit, except 10万+ and what the words before say (捐资11.2万).
    The text of a quantity, read alone, gives the same quantity; where its unit is unwritten, or a space stands in the
    number (农民3 150人), it takes the words before as well.
    """
    found: list[Quantity] = []
    position = 0
    seen: _Seen | None = None
    search = NUMBER.search
    while match := search(text, position):
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
    measured = find_unit(text, number)
    if measured is None and text.startswith("分之", number.end):
        return *_read_fraction(text, number), None
    unit_end = measured[1] if measured else number.end
    # Looked at first, for after most numbers no range goes on, and a set is quicker than a pattern.
    sign = _RANGE_SIGN.match(text, unit_end) if text[unit_end : unit_end + 1] in _RANGE_BEGINNINGS else None
    if sign is not None and number.value is not None and not number.inner:
        ranged = _read_range(text, number, measured=measured, sign=sign)
        if ranged is not None:
            return *ranged, None
    unit = measured[0].unit if measured else ""
    is_ordinal = _is_ordinal(text, number, unit=unit, seen=seen)
    next_seen = (number, unit, unit_end, is_ordinal)
    if measured is None:
        # Looked at first, for most of them are in 一起 or 统一; 破亿 is a number.
        is_word = number.factor == 1 and len(number.digits) == 1 and number.digits != "亿"
        unwritten = None if is_word or is_ordinal else find_unwritten_unit(text, number)
        quantity = _qualify(text, number, word=unwritten, unit_end=number.last) if unwritten else None
        return quantity, number.end, next_seen
    word = measured[0]
    point = _find_list_point(text, number, word=word, unit_end=unit_end)
    if point:
        return None, point, None
    # Looked at first: half of what looks like a number is in 一起 or 一年比一年多.
    is_no_count = number.digits in NEVER_COUNTED and number.is_lone_chinese_digit
    if is_no_count or is_ordinal or (seen is not None and _is_rough(text, number, seen=seen, unit_end=unit_end)):
        return None, unit_end, next_seen
    return _qualify(text, number, word=word, unit_end=unit_end), unit_end, next_seen


def _qualify(
    text: str, number: Number, *, word: MeasureWord, unit_end: int, upper: Decimal | None = None
) -> Quantity | None:
    """Return the quantity with the qualifiers around it; None when its surroundings make it none."""
    start, end, value = number.start, unit_end, number.value
    if start and text[start - 1] in SIGNS_BEFORE:
        start, is_negative = read_signs(text, start, unit=word.unit)
        value = -value if is_negative and value is not None else value
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


def _read_range(
    text: str, first: Number, *, measured: tuple[MeasureWord, int] | None, sign: re.Match[str]
) -> tuple[Quantity | None, int] | None:
    """Return the range and where to read on; None when the second number is to be read for itself."""
    is_signed = text[sign.end() : sign.end() + 1] in MINUS_SIGNS
    match = NUMBER.match(text, sign.end() + is_signed)
    second = read_number(match) if match else None
    if second is None or second.kind is not first.kind or second.value is None or _is_change(text, first, sign=sign):
        return None
    found = find_unit(text, second) or (measured if measured is not None and measured[0] is YUAN else None)
    lower = _find_lower_end(first, second)
    # -3%至-1% and 5万-10万+ are too rare to read, and no two numbers.
    is_unread = is_signed or (found is not None and found[0] is NO_UNIT)
    is_other_unit = measured is not None and (found is None or found[0].unit != measured[0].unit)
    if not is_unread and (is_other_unit or (lower is None and sign[1] in _WORD_SIGNS)):
        return None
    if is_unread or lower is None or found is None:
        return None, second.end
    word, unit_end = found[0], max(found[1], second.last)
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
    """Return the quantity of 百分之三十, 千分之五 or 三分之二, and where to read on."""
    match = NUMBER.match(text, number.end + 2)
    share = read_number(match) if match else None
    if share is None or share.value is None:
        return None, number.end + 2
    word = _find_fraction_word(number, share)
    sign = _RANGE_SIGN.match(text, share.last)
    if sign is not None and not _is_change(text, number, sign=sign) and (upper := NUMBER.match(text, sign.end())):
        # 百分之三十至五十 is too rare to read.
        if text.startswith("分之", upper.end()):
            upper = NUMBER.match(text, upper.end() + 2) or upper
        return None, upper.end()
    if word is None:
        return None, share.last
    whole = share._replace(kind=ARABIC, start=number.start)
    return _qualify(text, whole, word=word, unit_end=share.last), share.last


def _find_fraction_word(number: Number, share: Number) -> MeasureWord | None:
    """Return the unit that the denominator makes; None where the fraction is none that a text would state."""
    if number.digits in _FRACTIONS:
        measured = find_measure_word(_FRACTIONS[number.digits], 0)
        return measured[0] if measured else None
    denominator, numerator = number.value, share.value
    if denominator is None or numerator is None or numerator % 1 or not 1 <= numerator < denominator:
        return None
    return make_fraction_word(int(denominator)) if numerator < _NUMERATORS_END else None


def _is_ordinal(text: str, number: Number, *, unit: str, seen: _Seen | None) -> bool:
    """Return whether 第 stands before the number, or before the list that it goes on with (第1、2批)."""
    if not number.start:
        return False
    left = number.start if text[number.start - 1] not in SPACES else skip_spaces_left(text, number.start)
    before = text[left - 1] if left else ""
    if before == "第":
        return True
    if seen is None or before not in _LIST_SIGNS:
        return False
    _, seen_unit, seen_end, was_ordinal = seen
    return was_ordinal and seen_unit in ("", unit) and skip_spaces_left(text, left - 1) <= seen_end


def _is_rough(text: str, number: Number, *, seen: _Seen, unit_end: int) -> bool:
    """Return whether it is the second half of 三、四名, 3,4名 or 十五、六名, which count three or four, 15 or 16.

    At the head of a line `3、4名学员` is the third entry of a list; 三、四名学员 may be either, so it counts nothing.
    """
    earlier, seen_unit, seen_end, _ = seen
    left = skip_spaces_left(text, number.start)
    if seen_unit or seen_end != left - 1 or text[left - 1] not in _ROUGH_SIGNS:
        return False
    if earlier.kind is not number.kind or earlier.factor != 1 or earlier.inner:
        return False
    if number.kind is CHINESE:
        first, second = earlier.digits[-1], number.digits[0]
        if first in DIGITS and second in DIGITS and DIGITS[second] - DIGITS[first] == 1:
            return True
        return first + second == "九十" or (first + second == "三五" and not is_at_head(text, earlier.start))
    if text[left - 1] == "、" and is_at_head(text, earlier.start) and unit_end < len(text):
        return False
    first, second = earlier.digits, number.digits
    return len(first) == len(second) == 1 and first.isdecimal() and second.isdecimal() and int(second) - int(first) == 1


def _find_list_point(text: str, number: Number, *, word: MeasureWord, unit_end: int) -> int:
    """Return where the number begins after a list mark, else 0: `1.3名` heads a line, for nobody has 1.3 people."""
    digits = number.digits
    if ("." not in digits and "．" not in digits) or number.kind is not ARABIC or number.factor != 1:
        return 0
    mark, rest = digits.replace("．", ".").split(".")
    after = find_qualifier_after(text, unit_end)
    is_whole = number.start == 0 and (after[1] if after else unit_end) == len(text)
    at_head = is_at_head(text, number.start) and not is_whole
    is_mark = len(mark) <= 2 and int(mark) <= _LARGEST_LIST_NUMBER and rest[0] not in "0０"
    is_fraction = word.divisible and len(rest) < 3
    return number.start + len(mark) + 1 if at_head and is_mark and not is_fraction else 0
