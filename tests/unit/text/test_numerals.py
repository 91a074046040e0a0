"""Quantities in text: read from sentences, written back, and short for display."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.text.numerals import (
    Qualifier,
    find_quantities,
    format_number,
    format_quantity,
    parse_chinese_integer,
    short_quantity,
)

_CASES_PATH = Path(__file__).with_name("quantity_cases.txt")
_MARK = re.compile("⟦([^⟦⟧=]*)=([^⟦⟧]*)⟧")


def _read_cases() -> list[str]:
    lines = _CASES_PATH.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _unmark(marked: str) -> tuple[str, list[tuple[int, str, str, str, str]]]:
    """Return the sentence without its marks, and (start, written, value, unit, qualifier) of each mark."""
    text, position, expected = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        value, unit, *qualifier = mark[2].split()
        expected.append((len(text), mark[1], value, unit.strip("∅"), qualifier[0] if qualifier else "exact"))
        text += mark[1]
        position = mark.end()
    return (text + marked[position:]).replace("⏎", "\n"), expected


def _find(text: str) -> list[tuple[int, str, str, str, str]]:
    found = []
    for quantity in find_quantities(text):
        value = "*" if quantity.value is None else str(quantity.value)
        if quantity.upper is not None:
            value += f"..{quantity.upper}"
        written = text[quantity.start : quantity.end]
        found.append((quantity.start, written, value, quantity.unit, quantity.qualifier.value))
    return found


@pytest.mark.parametrize("marked", _read_cases())
def test_finds_the_marked_quantities_and_no_others(marked: str) -> None:
    text, expected = _unmark(marked)
    assert _find(text) == expected


def test_the_cases_are_many_and_of_both_sorts() -> None:
    expected = [_unmark(marked)[1] for marked in _read_cases()]
    assert len(expected) > 140
    assert sum(1 for case in expected if not case) > 30


_INTEGERS = """
零 0, 〇 0, 一 1, 两 2, 十 10, 十五 15, 三十 30, 廿 20, 廿五 25, 卅 30, 百 100, 千 1000, 万 10000, 百万 1000000,
千万 10000000, 亿 100000000, 一百零五 105, 一百一十五 115, 一百十五 115, 两千 2000, 一千零五十 1050, 一千零五 1005,
十五万 150000, 一万零五百 10500, 两万两千两百二十二 22222, 一亿零三百万 103000000, 一亿两千万 120000000,
三万亿 3000000000000
"""
_NO_INTEGERS = (
    "三五 二〇二三 一百五 一万二 一千零二百五 千百 亿万 百十 百五十 两十 十两 一百零两 零五 一百零 一百零零五 一百百 "
    "五百万五百万 一亿二亿 三十名 12 十百千"
)


@pytest.mark.parametrize("case", _INTEGERS.replace("\n", " ").split(", "))
def test_parses_chinese_integers(case: str) -> None:
    text, number = case.split()
    assert parse_chinese_integer(text) == int(number)


@pytest.mark.parametrize("text", ["", *_NO_INTEGERS.split(), "一" * 50, "一万" * 9])
def test_refuses_what_is_no_definite_integer(text: str) -> None:
    assert parse_chinese_integer(text) is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"), ("9400", "9400"), ("12.50", "12.5"), ("10000", "1万"), ("11560", "11560"), ("11500", "1.15万"),
        ("40000", "4万"), ("1370500", "137.05万"), ("100000000", "1亿"), ("150000000", "1.5亿"),
        ("123450000", "12345万"), ("123456", "123456"), ("1E+6", "100万"), ("-3.20", "-3.2"), ("20000.5", "20000.5"),
    ],
)  # fmt: skip
def test_formats_numbers_in_wan_where_that_is_exact(value: str, written: str) -> None:
    assert format_number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "written"),
    [
        ("20", "场次", Qualifier.MORE_THAN, "20余场次"),
        ("20000", "人", Qualifier.MORE_THAN, "2万余人"),
        ("40000", "次", Qualifier.NEARLY, "近4万次"),
        ("1370500", "元", Qualifier.EXACT, "137.05万元"),
        ("100.00", "%", Qualifier.EXACT, "100%"),
        ("20000", "%", Qualifier.EXACT, "20000%"),
        ("300", "人", Qualifier.ABOUT, "约300人"),
        ("514", "人次", Qualifier.AT_LEAST, "514人次以上"),
        ("98.6", "%", Qualifier.MORE_THAN, "超98.6%"),
        ("7", "名", Qualifier.MORE_THAN, "超7名"),
        ("32000", "人", Qualifier.MORE_THAN, "3.2万余人"),
        ("30", "%", Qualifier.LESS_THAN, "不足30%"),
        ("5", "天", Qualifier.AT_MOST, "不超过5天"),
        ("3.2", "个百分点", Qualifier.EXACT, "3.2个百分点"),
        ("-3.2", "%", Qualifier.EXACT, "-3.2%"),
        ("-5000000", "元", Qualifier.MORE_THAN, "超-500万元"),
        ("100000", "", Qualifier.MORE_THAN, "10万+"),
        ("2", "三分之一", Qualifier.EXACT, "三分之二"),
        ("2", "三分之一", Qualifier.MORE_THAN, "超三分之二"),
        ("12", "二十三分之一", Qualifier.AT_LEAST, "二十三分之十二以上"),
    ],
)
def test_formats_quantities_as_running_text(value: str, unit: str, qualifier: Qualifier, written: str) -> None:
    assert format_quantity(Decimal(value), unit, qualifier) == written


@pytest.mark.parametrize(
    ("value", "upper", "unit", "qualifier", "written"),
    [
        ("3", "5", "场", Qualifier.EXACT, "3—5场"),
        ("30000", "50000", "元", Qualifier.ABOUT, "约3—5万元"),
        ("3", "50000", "元", Qualifier.EXACT, "3—50000元"),
        ("10", "20", "%", Qualifier.EXACT, "10%—20%"),
        ("1", "2.5", "个百分点", Qualifier.EXACT, "1—2.5个百分点"),
        ("100", "200", "人", Qualifier.AT_LEAST, "100—200人以上"),
    ],
)
def test_formats_ranges_in_one_scale(value: str, upper: str, unit: str, qualifier: Qualifier, written: str) -> None:
    assert format_quantity(Decimal(value), unit, qualifier, upper=Decimal(upper)) == written


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "short"),
    [
        ("9400", "人次", Qualifier.MORE_THAN, ("9400+", "人次")),
        ("40000", "次", Qualifier.NEARLY, ("近4万", "次")),
        ("500000", "元", Qualifier.EXACT, ("50", "万元")),
        ("12000000", "元", Qualifier.MORE_THAN, ("1200+", "万元")),
        ("5000", "元", Qualifier.EXACT, ("5000", "元")),
        ("20000", "人", Qualifier.MORE_THAN, ("2万+", "人")),
        ("514", "人次", Qualifier.AT_LEAST, ("514+", "人次")),
        ("30", "%", Qualifier.LESS_THAN, ("不足30", "%")),
        ("-500000", "元", Qualifier.EXACT, ("-50", "万元")),
        ("100000", "", Qualifier.MORE_THAN, ("10万+", "")),
        ("2", "三分之一", Qualifier.NEARLY, ("近三分之二", "")),
    ],
)
def test_shortens_quantities_for_display(value: str, unit: str, qualifier: Qualifier, short: tuple[str, str]) -> None:
    assert short_quantity(Decimal(value), unit, qualifier) == short


def test_shortens_ranges_for_display() -> None:
    assert short_quantity(Decimal(30000), "元", Qualifier.EXACT, upper=Decimal(50000)) == ("3—5", "万元")
    assert short_quantity(Decimal(3), "场", Qualifier.EXACT, upper=Decimal(5)) == ("3—5", "场")


def test_a_text_that_is_nothing_else_is_taken_at_its_word() -> None:
    """In running text 3年 and 24小时 are mostly no counts; as a figure's whole quote they are."""
    assert _find("3年") == [(0, "3年", "3", "年", "exact")]
    assert _find("24小时") == [(0, "24小时", "24", "小时", "exact")]
    assert _find("1.5人") == [(0, "1.5人", "1.5", "人", "exact")]
    assert _find("2023年") == []


@pytest.mark.parametrize(
    ("piece", "times", "tail"),
    [
        ("9", 6000, ".3名"), ("一万", 5000, "名"), ("《", 5000, ""), ("*", 10_000, "名"), ("234,", 1000, "人"),
        ('"1名', 300, ""), ("“", 3000, "3名"), ("1-", 3000, "2名"), ("第1、", 2000, "2名"), (" ", 50_000, "3名"),
        ("1：", 5000, ""), ("1·", 5000, ""), ("234 ", 1000, "人"), ("捐款达1万", 2000, ""), ("收入为", 3000, "1万"),
    ],
)  # fmt: skip
def test_hostile_texts_take_no_time(piece: str, times: int, tail: str) -> None:
    began = time.thread_time()  # of the processor, so that other programs do not count
    find_quantities(piece * times + tail)
    assert time.thread_time() - began < 1
