"""Numbers of tables: bare in their cells, their unit told elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.text.numerals import Qualifier
from nianbao.text.table_cells import find_bracket_unit, find_cell_unit, is_number, is_unit, read_cell_quantity

_HEADER = ("指标", "单位", "2023年底", "经费（万元）", "增长率")


@pytest.mark.parametrize(
    ("quote", "unit", "value", "counted"),
    [
        ("86.20", "万元", "862000", "元"),
        ("68,415", "人", "68415", "人"),
        ("1 902", "家", "1902", "家"),
        ("1\u2009902", "家", "1902", "家"),
        ("641", "", "641", ""),
        ("1,064家", "人", "1064", "家"),
        ("-5.7", "%", "-5.7", "%"),
        ("－5.7", "", "-5.7", ""),
        ("3.5", "格罗斯", "3.5", "格罗斯"),
    ],
)
def test_a_bare_number_takes_the_unit(quote: str, unit: str, value: str, counted: str) -> None:
    read = read_cell_quantity(quote, unit)
    assert read is not None
    assert (read.value, read.unit) == (Decimal(value), counted)
    assert quote[read.start : read.end] == quote


def test_a_qualifier_is_kept_and_a_mask_has_no_value() -> None:
    about = read_cell_quantity("约300", "人")
    assert about is not None
    assert about.qualifier is Qualifier.ABOUT
    masked = read_cell_quantity("**", "万元")
    assert masked is not None
    assert (masked.value, masked.unit) == (None, "元")


@pytest.mark.parametrize("quote", ["—", "", "合计", "12,34", "12（其中男5）", "2 0 7 7", "12人5家"])
def test_what_is_no_one_number_has_no_quantity(quote: str) -> None:
    assert read_cell_quantity(quote, "人") is None


def test_the_unit_stands_nearest_first() -> None:
    row = ("基层工会", "个", "641", "5", "8.4")
    assert find_cell_unit("户", _HEADER, row, 2) == "个"
    assert find_cell_unit("户", _HEADER, row, 3) == "万元"
    assert find_cell_unit("户", _HEADER, ("基层工会", "—", "641", "5", "8.4"), 2) == "户"
    assert find_cell_unit("户", _HEADER[:1] + _HEADER[2:], ("受助（人）", "641", "5", "8.4"), 1) == "人"


def test_a_rate_takes_not_the_unit_above_its_table() -> None:
    assert find_cell_unit("万元", ("项目", "增长率"), ("送温暖", "12.5"), 1) == ""
    assert find_cell_unit("万元", ("项目", "增减（%）"), ("送温暖", "12.5"), 1) == "%"


def test_an_office_is_no_unit() -> None:
    assert [is_unit(text) for text in ("万元", "人次", "%", "县总工会", "人、万元", "")] == [True] * 3 + [False] * 3
    assert find_bracket_unit("人数（截至12月）") == ""


def test_numbers_are_told_from_words() -> None:
    assert [is_number(cell) for cell in ("86.20", "1 902", "12场", "约300")] == [True] * 4
    assert not any(map(is_number, ("合计", "—", "", "**", "全年服务300人")))
