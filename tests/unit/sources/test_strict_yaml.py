"""Strict YAML: what it gives, what it refuses, and on which line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.errors import DataErrors
from nianbao.sources import yaml_events
from nianbao.sources.strict_yaml import parse_yaml
from nianbao.sources.yaml_events import _PurePythonParser
from nianbao.sources.yaml_mistakes import trace_yaml
from nianbao.text.yaml_scalars import RefusedScalarError, type_scalar

REPORT = """\
# 一份报告
schema: 1
title: 一年回看
parts:
  - role: results
    sections:
      - items:
          - id: study
            figures:
              - {quote: 5270名,
                 label: 团员}
              - quote: 13次
  - role: plan
    text: |
      第一行

      第三行
highlights: [study/5270名, study/13次]
"""


def test_lines_of_keys() -> None:
    document = parse_yaml(REPORT, file="f")
    assert document.line_of(("title",)) == 3
    assert document.line_of(("parts", 0)) == 5
    assert document.line_of(("parts", 0, "sections", 0, "items", 0, "id")) == 8
    assert document.line_of(("parts", 0, "sections", 0, "items", 0, "figures", 0, "label")) == 11
    assert document.line_of(("parts", 0, "sections", 0, "items", 0, "figures", 1)) == 12
    assert document.line_of(("parts", 1, "text")) == 14
    assert document.line_of(("highlights", 1)) == 18


def test_the_line_of_a_missing_key_is_that_of_what_should_hold_it() -> None:
    document = parse_yaml(REPORT, file="f")
    assert document.line_of(("parts", 1, "title")) == 13
    assert document.line_of(("nothing", "here")) == 2
    assert parse_yaml("", file="f").line_of(("a",)) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("2023", 2023),
        ("137.05", Decimal("137.05")),
        ("1.50", Decimal("1.50")),
        ("-0.5", Decimal("-0.5")),
        # Text, as text: what is no number of YAML 1.2 or would not be written back as it was.
        *(
            (text, text)
            for text in ("no", "on", "yes", "off", "y", "True", "+5", "-0", "-", "--", "+", ".", "~~", "nul")
        ),
        *(
            (text, text)
            for text in ("2024-01-12", "2024-H1", "5270名", "0931-7552345", "1,000", "1e5", ".5", "5.", ".inf")
        ),
        *((text, text) for text in ("１２", "9" * 31, "0.00000001", "1.2.3", "12%", "1+100", "3·15")),
    ],
)
def test_plain_scalars(text: str, value: object) -> None:
    typed = type_scalar(text)
    assert typed == value
    assert type(typed) is type(value)


@pytest.mark.parametrize(
    "text", ["010", "-007", "00.5", "0x1F", "0o17", "0b11", "1_000", "1_000.5", "12:30", "1:00:00"]
)
def test_scalars_that_versions_of_yaml_read_differently_are_refused(text: str) -> None:
    with pytest.raises(RefusedScalarError):
        type_scalar(text)
    assert parse_yaml(f"a: '{text}'", file="f").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", [2, 3, 4]),
        ("a: &x 1\nb: *x\n", [1, 2]),
        ("a: !!int 1\nb: !t 2\n", [1, 2]),
        ("<<: {a: 1}\n", [1]),
        ("{a: b}: c\nd: 1\nd: 2\n", [1, 3]),
        ("[a]: c\n", [1]),
        ("*x : c\n", [1]),
        ("a: 1\n---\nb: 1\n", [2]),
        ("a: 010\nb:\n  - 0x1F\n  - 12:30\n", [1, 3, 4]),
        ('a: "\\u200b"\n"\\x07": b\n', [1, 2]),
        ("a: 1\na: 2\nb: [\n", [2, 3]),
        ("a: " + "[" * 21 + "]" * 21, [1]),
    ],
)
def test_every_refusal_has_its_line(text: str, lines: list[int]) -> None:
    with pytest.raises(DataErrors) as caught:
        parse_yaml(text, file="f")
    assert [error.line for error in caught.value.errors] == lines


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# 只有说明\n", None),
        ("一句话", "一句话"),
        ("- 1\n- [a, {b: c}]\n", [1, ["a", {"b": "c"}]]),
        ("a:\nb: ''\n", {"a": None, "b": ""}),
        ("2023: x\ntrue: y\n", {"2023": "x", "true": "y"}),
        ("a: <<文件>>\n", {"a": "<<文件>>"}),
        ('a: "反斜杠\\\\和\\n换行"\n', {"a": "反斜杠\\和\n换行"}),
        ("\ufeffa: 1\r\nb: 2\r\n".removeprefix("\ufeff"), {"a": 1, "b": 2}),
        ("a: >-\n  一\n  二\n", {"a": "一 二"}),
        ("[" * 20 + "]" * 20, None),
    ],
)
def test_regular_texts(text: str, data: object) -> None:
    parsed = parse_yaml(text, file="f").data
    if text.startswith("[["):
        while parsed:
            (parsed,) = parsed
        assert parsed == []
    else:
        assert parsed == data


def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    levels = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 50)}]\n" for n in range(1, 40))
    with pytest.raises(DataErrors) as caught:
        parse_yaml("k0: &k0 [哈]\n" + levels, file="f")
    assert len(caught.value.errors) == 40


def test_a_flood_of_mistakes_ends_early() -> None:
    with pytest.raises(DataErrors) as caught:
        parse_yaml("a: 1\n" * 1000, file="f")
    assert len(caught.value.errors) == 51
    assert "没有再读" in str(caught.value)


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=12)
    | st.sampled_from(["no", "010", "<<", "*x", "&x", "!x", "- a", "a: b", "#a", "~", "5270名", "{", "'", '"', "\\"])
)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("甲乙丙丁ab<"), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(data=_TREES, flow=st.booleans())
def test_what_another_writer_wrote_is_read_back(data: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert parse_yaml(text, file="f").data == data


_SNIPPETS = st.sampled_from(
    [
        *"ab#[]{}'\"|>!%@\\\t5名：，~ ",
        *[": ", "- ", "? ", ", ", "*a", "&a", "<<", "0x1", "010"],
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "---\n",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_SNIPPETS, max_size=25).map("".join))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    trace = trace_yaml(text, file="f")
    try:
        parse_yaml(text, file="f")
    except DataErrors as failure:
        errors = failure.errors
    else:
        errors = ()
    assert set(errors) == set(trace.errors)
    assert all(1 <= error.line <= len(text.splitlines()) and error.problem for error in errors)


@pytest.mark.parametrize(
    "text", [REPORT, "a: 1\na: 2\n", "a: 010\n", "a: &x 1\nb: *x\n", "a: b: c\n", "a:\n\tb: 1\n", "- {a b: c}\n"]
)
def test_without_libyaml_all_is_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> object:
        try:
            return parse_yaml(text, file="f").data
        except DataErrors as failure:
            return failure.errors

    expected = read()
    monkeypatch.setattr(yaml_events, "_Parser", _PurePythonParser)
    assert read() == expected
