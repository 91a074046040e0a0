"""A draft's YAML: any reader takes each scalar as the text it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.sources.strict_yaml import parse_yaml
from nianbao.text.yaml_scalars import fits_block, quote_scalar

TRICKY = [
    "2023", "010", "1_000", "12:30", "0x1F", "2024-01-12", "1e3", ".5", "-", "- a", "? a", "a: b",
    "a #b", "#a", "'a'", '"a"', "a'b",
    "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "{a}", "[a]", "a, b", "a]", "no", "on", "Yes",
    "true", "null", "~", "=", "<<", "a:",
    "**五四红旗”4个", "100%", "5270名", "2万余人", "1.5万元", "“两新”", "a?",
    "a?b", "a\tb", "a\\b", "😀", "：30", "…", "、",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_a_scalar_stays_what_it_was(text: str) -> None:
    scalar = quote_scalar(text)
    for written in (f"- {scalar}\n", f"- {{k: {scalar}, j: x}}\n"):
        read = yaml.safe_load(written)[0]
        assert (read["k"] if isinstance(read, dict) else read) == text
        strict = parse_yaml(written, file="x.yml").data[0]
        assert (strict["k"] if isinstance(strict, dict) else strict) == text


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("：:#-'\"{}[],|>&*!%@ \n0123年")),
        min_size=1,
        max_size=30,
    )
)
def test_any_text_survives(text: str) -> None:
    assert yaml.safe_load(f"- {{k: {quote_scalar(text)}}}\n") == [{"k": text}]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("：:#-'\"{}[],|>&*!%@ 0123年\x85\x07"), max_size=6), min_size=2))
def test_a_text_that_fits_a_block_survives_there(lines: list[str]) -> None:
    text = "\n".join(lines)
    if fits_block(text):
        block = "\n".join(f"  {line}" if line else "" for line in lines)
        assert yaml.safe_load(f"k: |-\n{block}\nj: x\n") == {"k": text, "j": "x"}


def test_paragraphs_fit_a_block() -> None:
    assert fits_block("学习: 13次 # 正文\n\n- 研讨4次。")
    assert not fits_block("一段")


def test_plain_text_is_written_plain() -> None:
    assert [quote_scalar(text) for text in ("思想引领", "“青”力", "5270名", "2023年工作")] == [
        "思想引领",
        "“青”力",
        "5270名",
        "2023年工作",
    ]
