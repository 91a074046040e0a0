"""Mistakes as they are shown and sent."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Iterator

import pytest

from nianbao.errors import DataError, DataErrors, format_errors, format_errors_json
from nianbao.sources.near_miss import find_near_miss, find_near_text

FIRST = DataError("data/a/2023.yml", 3, "title", "没有内容", "写上")
SECOND = DataError("data/a/2023.yml", 12, "", "缩进用了制表符（Tab）")


def test_the_forms_of_a_message() -> None:
    assert str(FIRST) == "data/a/2023.yml:3: title: 没有内容\n  改法：写上"
    assert str(SECOND) == "data/a/2023.yml:12: 缩进用了制表符（Tab）"
    assert str(DataError("data", 0, "", "没有这个目录")) == "data: 没有这个目录"
    assert str(DataError("", 0, "", "没有“x”")) == "没有“x”"


def test_all_are_sorted_counted_and_told_once() -> None:
    failure = DataErrors([SECOND, FIRST, FIRST])
    assert failure.errors == (FIRST, SECOND)
    assert str(failure) == f"{FIRST}\n{SECOND}\n共 2 处需要改。"
    assert format_errors([]) == ""


def test_a_name_cannot_break_the_line_or_command_the_terminal() -> None:
    error = DataError("data/\x1b[2J\n.yml", 0, "a\x07", "有\u202e", "删\r去")
    assert str(error) == "data/�[2J�.yml: a�: 有�\n  改法：删�去"


def test_the_form_for_programs() -> None:
    assert json.loads(format_errors_json([FIRST])) == [
        {"file": "data/a/2023.yml", "line": 3, "key": "title", "problem": "没有内容", "fix": "写上"}
    ]
    assert format_errors_json([]) == "[]"


def test_errors_can_be_raised_and_pickled() -> None:
    @contextlib.contextmanager
    def passing_on() -> Iterator[None]:
        yield

    with pytest.raises(DataError), passing_on():
        raise FIRST
    keywords = DataError(file="f", line=1, key="k", problem="p")
    assert pickle.loads(pickle.dumps(keywords)) == keywords
    assert pickle.loads(pickle.dumps(DataErrors([FIRST]))).errors == (FIRST,)


@pytest.mark.parametrize(
    ("name", "options", "meant"),
    [
        ("memebrs", ["members", "talks"], "members"),
        ("Members", ["members"], "members"),
        ("xyz", ["members"], None),
        ("a" * 10_000, ["a" * 10_000], None),
        ("x", [], None),
    ],
)
def test_near_misses(name: str, options: list[str], meant: str | None) -> None:
    assert find_near_miss(name, options) == meant


@pytest.mark.parametrize(
    ("quote", "text", "meant"),
    [
        ("5270人", "覆盖5270名团员", "5270名"),
        ("５２７０名", "覆盖5270名团员", "5270名"),
        ("专题学习 13次", "专题学习13次、研讨4次", "专题学习13次"),
        ("88万册", "覆盖5270名团员", None),
        ("5名", "", None),
    ],
)
def test_near_texts(quote: str, text: str, meant: str | None) -> None:
    assert find_near_text(quote, text) == meant
