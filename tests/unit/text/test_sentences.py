"""Where sentences end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.text.sentences import SENTENCE_ENDS, find_end, split_sentences


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("办班。再办班。", 2),
        ("“学了。再做。”办班。", 10),
        ("“没有合上的引号，办班。", 11),
        ("《先学；后做》已印发。", 10),
        ("办班.再办班", 2),
        ("增长3.5个百分点", None),
        ("没有句号", None),
    ],
)
def test_the_end_stands_outside_quotation_marks(text: str, end: int | None) -> None:
    assert find_end(text, 0, ends=SENTENCE_ENDS) == end


def test_a_colon_in_a_time_is_no_end() -> None:
    assert find_end("8:30开班：人到齐了", 0, ends="：:") == 6


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="办班。；！“”（）.3 ", max_size=60))
def test_sentences_together_are_the_text(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
