"""Text that must fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nianbao.text.fit_box import cut_evenly, fit_sizes


@given(st.lists(st.integers(10, 99), min_size=1, max_size=20, unique=True), st.integers(0, 100))
def test_the_largest_size_that_fits_is_taken(sizes: list[int], limit: int) -> None:
    steps = sorted(sizes, reverse=True)
    expected = next((size for size in steps if size <= limit), None)
    assert fit_sizes(steps, lambda size: size if size <= limit else None) == expected


def test_the_caller_is_told_that_nothing_fits() -> None:
    assert fit_sizes((60, 50), lambda _: None) is None


@given(st.text("青年学习。，；“”0", max_size=300), st.integers(1, 9))
def test_pieces_are_the_text(text: str, count: int) -> None:
    pieces = cut_evenly(text, count=count)
    assert "".join(pieces) == text
    assert len(pieces) == count


def test_a_cut_stands_after_a_sentence() -> None:
    text = "第一句说得长一些再长一些。第二句也差不多这样长。"
    assert cut_evenly(text, count=2) == ("第一句说得长一些再长一些。", "第二句也差不多这样长。")


def test_a_cut_stands_after_the_closing_mark() -> None:
    text = "他们说“就这么办吧，明天。”然后大家都回去了，很高兴。"
    assert cut_evenly(text, count=2)[0].endswith("”")
