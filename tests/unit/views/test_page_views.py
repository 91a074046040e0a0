"""What pages say of themselves, and their charts."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from nianbao.views.page.chart import view_bars
from nianbao.views.page.head import HeadView, shorten


def test_structured_data_cannot_leave_its_script() -> None:
    head = HeadView("t", "d", "a/", "c", structured=(("name", "</script><script>&alert(1)"),))
    text = head.structured_json("https://example.org/a/")
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text)["name"] == "</script><script>&alert(1)"
    assert json.loads(text)["url"] == "https://example.org/a/"
    assert HeadView("t", "d", "a/", "c").structured_json("x") == ""


def test_a_description_is_cut_after_a_clause() -> None:
    assert shorten("短句。", 10) == "短句。"
    assert shorten("第一句话说完，第二句话很长很长很长", 10) == "第一句话说完…"
    assert len(shorten("没有标点" * 30, 20)) == 20


def test_bars_are_scaled_from_zero_and_a_withheld_one_is_empty() -> None:
    chart = view_bars([("2021", Decimal(50)), ("2022", None), ("2023", Decimal(100))])
    heights = [bar.height for bar in chart.bars]
    assert heights[2] == chart.height
    assert heights[0] == pytest.approx(chart.height / 2)
    assert heights[1] == 0
    assert [bar.newest for bar in chart.bars] == [False, False, True]
    assert view_bars([("2021", Decimal(0))]).bars[0].height == 0
