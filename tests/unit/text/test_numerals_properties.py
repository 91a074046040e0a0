"""What holds of all texts and all quantities."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nianbao.text.measure_words import UNITS, make_fraction_word
from nianbao.text.numerals import Qualifier, Quantity, find_quantities, format_quantity, parse_chinese_integer

_MARKS = re.compile("⟦([^⟦⟧=]*)=[^⟦⟧]*⟧")
_CASES = Path(__file__).with_name("quantity_cases.txt").read_text(encoding="utf-8")
_SENTENCES = [_MARKS.sub(r"\1", line).replace("⏎", "\n") for line in _CASES.splitlines() if line[:1] not in ("", "#")]
_CHARACTERS = (
    '0123456789０５一二两三四五六七八九十百千万亿零点余多近约超上第每数几来+-—~至到、，,.%％*×X ()（）“”"《》\n年月日'
    "个名人场次元期家项户支队组节分时届小大前从由负−¥￥○ \u3000"
)
_WORDS = (
    "捐资 捐款达 阅读量 36万 3 萬餘 150 "
    "万元 人次 以上 左右 不少于 百分之 千分之 三分之 分之二 10万+ 个多月 小时 24小时 个百分点 之 学生 三个 12 2023 1.5 "
    "1,234 突破 不到 连续 千米 百分点 人/次 （次） 分钟 平方米 XX **"
).split()
_TEXTS = st.lists(st.sampled_from([*_CHARACTERS, *_WORDS, *UNITS]), max_size=14).map("".join)
# 3年 and 3届 are counts only after 连续 and the like, or below 100.
_ALWAYS_COUNTING = st.sampled_from([unit for unit in UNITS if unit not in ("年", "届")])
_VALUES = (
    st.integers(0, 300).map(Decimal)
    | st.integers(0, 10**12).map(Decimal)
    | st.decimals(0, 10**12, places=2)
    | st.integers(1, 10**6).map(lambda number: Decimal(number) * 10_000)
)


def _assert_sound(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert quantity.upper is None or (quantity.value is not None and quantity.value < quantity.upper)
        last = quantity.end
        alone = text[quantity.start : quantity.end]
        if not find_quantities(alone):
            _assert_leans_on_words_before(text, quantity)
            continue
        (again,) = find_quantities(alone)
        assert (again.value, again.upper, again.unit, again.qualifier) == (
            quantity.value, quantity.upper, quantity.unit, quantity.qualifier,
        )  # fmt: skip
        assert (again.start, again.end) == (0, len(alone))


def _assert_leans_on_words_before(text: str, quantity: Quantity) -> None:
    """It is money or readings without a unit, or has a space in its digits; with what is before it reads the same."""
    alone = text[quantity.start : quantity.end]
    assert quantity.unit in ("", "元") or re.search(r"\d[ \u00a0]\d{3}", alone)
    again = find_quantities(text[max(0, quantity.start - 16) : quantity.end])[-1]
    assert (again.value, again.unit, again.qualifier) == (quantity.value, quantity.unit, quantity.qualifier)


@settings(max_examples=1500, deadline=None)
@given(_TEXTS)
def test_quantities_are_in_order_and_read_alone_the_same(text: str) -> None:
    _assert_sound(text)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    _assert_sound(text)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(_SENTENCES), st.integers(0, 120), st.integers(0, 120))
def test_any_cut_of_a_report_is_read(sentence: str, start: int, length: int) -> None:
    _assert_sound(sentence[start : start + length])


@settings(max_examples=800, deadline=None)
@given(_VALUES, _ALWAYS_COUNTING, st.sampled_from(Qualifier))
def test_what_is_written_is_read_back(value: Decimal, unit: str, qualifier: Qualifier) -> None:
    written = format_quantity(value, unit, qualifier)
    (quantity,) = find_quantities(written)
    assert (quantity.value, quantity.unit, quantity.qualifier, quantity.upper) == (value, unit, qualifier, None)
    assert (quantity.start, quantity.end) == (0, len(written))


@settings(max_examples=300, deadline=None)
@given(st.decimals(-(10**9), -1, places=2), st.sampled_from(["%", "‰", "个百分点"]), st.sampled_from(Qualifier))
def test_what_is_less_than_nothing_is_read_back(value: Decimal, unit: str, qualifier: Qualifier) -> None:
    written = format_quantity(value, unit, qualifier)
    (quantity,) = find_quantities(written)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (value, unit, qualifier)


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 99) | st.just(10_000), st.integers(1, 98), st.sampled_from(Qualifier))
def test_fractions_are_read_back(denominator: int, numerator: int, qualifier: Qualifier) -> None:
    assume(numerator < denominator)
    word = make_fraction_word(denominator)
    assert word is not None
    written = format_quantity(Decimal(numerator), word.unit, qualifier)
    (quantity,) = find_quantities(written)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (numerator, word.unit, qualifier)
    assert quantity.end == len(written)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9), _ALWAYS_COUNTING, st.sampled_from(Qualifier))
def test_ranges_are_read_back(lower: int, width: int, unit: str, qualifier: Qualifier) -> None:
    written = format_quantity(Decimal(lower), unit, qualifier, upper=Decimal(lower + width))
    (quantity,) = find_quantities(written)
    assert (quantity.value, quantity.upper, quantity.unit) == (Decimal(lower), Decimal(lower + width), unit)
    assert quantity.qualifier is qualifier


@settings(max_examples=800, deadline=None)
@given(st.integers(0, 10**8) | st.integers(0, 2000), st.booleans(), st.booleans())
def test_chinese_integers_are_read_back(number: int, short_ten: bool, liang: bool) -> None:
    assert parse_chinese_integer(_write_chinese(number, short_ten=short_ten, liang=liang)) == number


def _write_chinese(number: int, *, short_ten: bool, liang: bool) -> str:
    """Return the number in Chinese numerals; `short_ten` writes 十五 for 一十五, `liang` 两千 for 二千."""
    if number == 0:
        return "零"
    if number >= 10**8:
        return _write_chinese(number // 10**8, short_ten=short_ten, liang=liang) + "亿"
    high, low = divmod(number, 10**4)
    written = _write_group(low, liang=liang)
    if high:
        written = _write_group(high, liang=liang) + "万" + ("零" if 0 < low < 1000 else "") + written
    return written[1:] if short_ten and written.startswith("一十") else written


def _write_group(number: int, *, liang: bool) -> str:
    digits, written, zero = "零一二三四五六七八九", "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit == 0:
            zero = written != ""
            continue
        character = "两" if liang and digit == 2 and scale >= 100 else digits[digit]
        written += ("零" if zero else "") + character + name
        zero = False
    return written
