"""What may not part: every number with what it counts, and nothing of the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.text.numerals import find_quantities
from nianbao.text.unbroken import find_names, find_unbroken

_ROOT = Path(__file__).parents[3]
_CASES = Path(__file__).with_name("quantity_cases.txt")
_PIECES = [
    *"青年 近 超过 约 不少于 5270 12 三十 百 2024 ** XX 12,345 137.05 万 亿 余 多 + 名 人次 个 个月 % 元".split(),
    *"平方米 以上 左右 - — 至 ， 、 。 年 月 日 第 APP · : 增长 了 《 》 “ ”".split(), " ",
]  # fmt: skip


def _walk(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _walk(value)


def _read_texts() -> Iterator[str]:
    for path in sorted((_ROOT / "data").glob("*/*.yml")):
        yield from _walk(yaml.safe_load(path.read_text(encoding="utf-8")))
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield re.sub("⟦(.*?)=.*?⟧", r"\1", line).replace("⏎", "\n")


def _find_torn(text: str) -> list[str]:
    """The quantities of a text that no one span holds."""
    spans = find_unbroken(text)
    return [
        text[quantity.start : quantity.end]
        for quantity in find_quantities(text)
        if not any(start <= quantity.start and quantity.end <= end for start, end in spans)
    ]


@pytest.mark.parametrize("text", [*dict.fromkeys(_read_texts())])
def test_a_span_holds_every_quantity_of_the_reports_and_cases(text: str) -> None:
    assert not _find_torn(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_spans_are_in_order_and_disjoint(text: str) -> None:
    spans = find_unbroken(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))


_HELD = """近40000次 9400余人次 514人次以上 2万余人 137.05万元 30% 10%—20% 1,124名 3个多月 100—200人 三十余家 **名 12镇
2024年12月28日 2023年上半年 二〇二三年 3月5日 十二月二十八日 2023-2025年 1-9月份 XX年X月X日 20XX年 8:30 14:00—16:00
24小时 7×24小时 1+100 1+N 12355 3·15 五·四 百分之三十 第十五次 WeChat PM2.5"""


@pytest.mark.parametrize("span", [*_HELD.split(), "5270 名", "9400+ 人次", "2024 年 12 月 28 日"])
def test_it_is_held_and_not_the_words_around_it(span: str) -> None:
    text = f"青年们做到{span}，这样很好"
    assert [text[start:end] for start, end in find_unbroken(text)] == [span]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("志愿者12名——3名为党员", ["12名", "3名"]),
        ("拨打12355青少年服务台", ["12355"]),
        ("开展培训12期860人次", ["12期", "860人次"]),
        ("2023年10月至2024年3月", ["2023年10月", "2024年3月"]),
        ("分别有12和15", ["12", "15"]),
        ("党建+项目", ["建+"]),
        ("统筹推进青年发展", []),
        ("不大不小，上下同心", []),
    ],
)
def test_it_ends_where_another_begins(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in find_unbroken(text)] == spans


def test_names_are_what_stands_in_quotation_marks() -> None:
    text = "学习《意见》，办“青年之家”，说“这一句话长得很，不是什么名字”"
    assert [text[start:end] for start, end in find_names(text, longest=8)] == ["《意见》", "“青年之家”"]


@pytest.mark.parametrize(
    "piece", ["1", "一", "*", "X", "1,111", "1-", "近", "1万", "1 ", "1余", "《", "a.", "年", "1" + " " * 300]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = process_time()
    find_unbroken(text)
    assert process_time() - began < 1


_PARTS = [
    ["", "近", "超过", "约", "不少于", "≥"],
    ["5270", "12,345", "137.05", "３０", "三十", "百", "**", "1**", "3-5", "三至五"],
    ["", "万", "亿", "百万"], ["", "余", "多", "+", "来"], ["", " ", "\u3000"],
    ["名", "人次", "个多月", "%", "平方米", "户（次）", "万元", "个百分点", "km"], ["", "以上", "左右", " 以内"],
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.tuples(*(st.sampled_from(parts) for parts in _PARTS)).map("".join))
def test_a_span_holds_a_quantity_however_it_is_written(quantity: str) -> None:
    assert not _find_torn(f"青年们参加{quantity}，也帮老人。")
