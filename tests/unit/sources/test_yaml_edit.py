"""Edits at one place of a YAML text leave every other byte as it is."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site_building import ROOT

from nianbao.model.places import KeyPath, format_place
from nianbao.sources.strict_yaml import parse_yaml
from nianbao.sources.yaml_edit import UneditableError, delete_value, set_text, widen_deletion

TEXT = """\
# 头
schema: 1   # 版本

title: "一'年"  # 标题
review:  # 请核对
  - place: title
    question: 对吗？
  # 中间
  - {place: parts, question: '全吗？'}

parts:
  - role: results
    title: 做的事
    sections:
      - items:
          # 😀 第一条
          - id: a
            text: |-
              第一段 # 不是注释

              第二段


            figures:
              - {id: n1, quote: 5名, label: 团员}   # 尾

              - {id: n2, quote: 6名, label: 青年, indicator: x}
          - id: b
            text: 第二条
      - title: 书屋
        # 书屋的注释
        items:
          - text: '三'
            id: c
"""
ITEMS: KeyPath = ("parts", 0, "sections", 0, "items")


def cut(removed: str, text: str = TEXT) -> str:
    assert text.count(removed) == 1
    return text.replace(removed, "")


@pytest.mark.parametrize(
    ("key_path", "expected"),
    [
        (("review", 0), cut("  - place: title\n    question: 对吗？\n")),
        (("review", 1), cut("  - {place: parts, question: '全吗？'}\n")),
        (("review", 1, "question"), cut(", question: '全吗？'")),
        (("review", 1, "place"), cut("place: parts, ")),
        (("review", 0, "question"), cut("    question: 对吗？\n")),
        (("review",), TEXT[: TEXT.index("review:")] + TEXT[TEXT.index("\nparts:") :]),
        (("title",), cut("title: \"一'年\"  # 标题\n")),
        ((*ITEMS, 0, "figures", 0), cut("              - {id: n1, quote: 5名, label: 团员}   # 尾\n")),
        ((*ITEMS, 0, "figures", 1, "indicator"), cut(", indicator: x")),
        ((*ITEMS, 0, "text"), cut("            text: |-\n              第一段 # 不是注释\n\n              第二段\n")),
        ((*ITEMS, 1), cut("          - id: b\n            text: 第二条\n")),
        ((*ITEMS, 1, "id"), TEXT.replace("- id: b\n            text: 第二条", "- text: 第二条")),
        (("parts", 0, "sections", 1, "title"), TEXT.replace("- title: 书屋\n", "-\n")),
        (("parts", 0, "sections", 1, "items", 0), cut("        items:\n          - text: '三'\n            id: c\n")),
    ],
    ids=lambda value: format_place(value) if isinstance(value, tuple) else "",
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_deleted_and_nothing_else(key_path: KeyPath, expected: str, newline: str) -> None:
    assert delete_value(TEXT.replace("\n", newline), key_path) == expected.replace("\n", newline)


@pytest.mark.parametrize(
    ("key_path", "value", "old", "new"),
    [
        (("title",), "两年", '"一\'年"', "两年"),
        (("title",), "是: 的 # 吗", '"一\'年"', "'是: 的 # 吗'"),
        (("title",), "2023", '"一\'年"', "'2023'"),
        ((*ITEMS, 0, "figures", 0, "label"), "团, 员", "label: 团员", "label: '团, 员'"),
        ((*ITEMS, 0, "text"), "一段", "|-\n              第一段 # 不是注释\n\n              第二段\n", "一段\n"),
        (("parts", 0, "sections", 1, "items", 0, "text"), "四", "'三'", "四"),
        (("period",), "2023", "# 版本\n", "# 版本\nperiod: '2023'\n"),
        ((*ITEMS, 1, "title"), "题", "- id: b\n", "- id: b\n            title: 题\n"),
        ((*ITEMS, 0, "figures", 0, "indicator"), "young", "{id: n1,", "{id: n1, indicator: young,"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_changed_and_nothing_else(key_path: KeyPath, value: str, old: str, new: str, newline: str) -> None:
    assert TEXT.count(old) == 1
    changed = set_text(TEXT.replace("\n", newline), key_path, value)
    assert changed == TEXT.replace(old, new).replace("\n", newline)


@pytest.mark.parametrize("text", ["-\n  a: 1\n- b: 2\n", "- \n  - a\n  - b\n- c\n"])
def test_what_is_written_otherwise_is_left_to_a_person(text: str) -> None:
    with pytest.raises(UneditableError):
        delete_value(text, (0,))


DEMO = sorted((ROOT / "data").glob("*/*.yml"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_place_of_a_report_can_be_deleted_or_is_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(DEMO)).read_text(encoding="utf-8")
    document = parse_yaml(text, file="")
    key_path: KeyPath = ()
    node = document.data
    while isinstance(node, dict | list) and node and (not key_path or data.draw(st.booleans())):
        step = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
        key_path, node = (*key_path, step), node[step]
    deleted = delete_value(text, key_path)
    for step in widen_deletion(document.data, key_path)[:-1]:
        document.data = document.data[step]
    lines = iter(text.split("\n"))
    assert all(any(kept == line or kept.lstrip(" -") in line for line in lines) for kept in deleted.split("\n"))
    assert len(deleted) < len(text)
    assert yaml.safe_load(deleted) != yaml.safe_load(text)
