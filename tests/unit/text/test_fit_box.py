"""Text that must fit."""

from __future__ import annotations

from itertools import accumulate

import pytest
import rjieba
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.text.break_rules import LINE_END_FORBIDDEN, LINE_START_FORBIDDEN
from nianbao.text.fit_box import cut_evenly, fit_sizes
from nianbao.text.unbroken import find_unbroken


@given(st.lists(st.integers(10, 99), min_size=1, max_size=20, unique=True), st.integers(0, 100))
def test_the_largest_size_that_fits_is_taken(sizes: list[int], limit: int) -> None:
    steps = sorted(sizes, reverse=True)
    expected = next((size for size in steps if size <= limit), None)
    assert fit_sizes(steps, lambda size: size if size <= limit else None) == expected


def test_what_fits_at_the_largest_size_is_set_once() -> None:
    tried: list[int] = []
    assert fit_sizes(range(90, 10, -1), lambda size: tried.append(size) or size) == 90
    assert tried == [90]


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


_FILLERS = ["青年志愿者走进社区", "帮老人修好电灯", "服务", "孩子们读书写字", "大家一起出力", "创新创业平台"]
_HELD = [
    "11240名",
    "2024年12月28日",
    "23.0%",
    "近40000次",
    "9400余人次",
    "WeChat",
    "1+100",
    "《意见》",
    "“青年之家”",
    "2万余人",
    "三十余家",
]
_MARKED = st.lists(st.sampled_from([*_FILLERS, *_HELD, "，", "。", "、", "\n", "；", "为"]), min_size=1, max_size=160)
_UNMARKED = st.lists(st.sampled_from([*_FILLERS, *_HELD]), min_size=1, max_size=160)


def _cuts_of(pieces: tuple[str, ...]) -> list[int]:
    return list(accumulate(map(len, pieces)))[:-1]


def _find_good(text: str) -> list[int]:
    """Where a card may end: between words, outside of what is unbroken, and not before a closing mark."""
    words = {0, *accumulate(map(len, rjieba.cut(text)))}
    inside = {at for start, end in find_unbroken(text) for at in range(start + 1, end)}
    return [
        at
        for at in range(1, len(text))
        if text[at - 1] == "\n"
        or (
            at in words - inside
            and not (text[at] in LINE_START_FORBIDDEN or text[at - 1] in LINE_END_FORBIDDEN or text[at].isspace())
            and not text[at - 1 : at + 1].isascii()
        )
    ]


@pytest.mark.parametrize("held", ["11240名", "2024年12月28日", "23.0%", "WeChat", "《意见》"])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_no_number_date_or_word_is_parted(held: str, count: int) -> None:
    for offset in range(30):
        text = "青年志愿者走进社区"[: offset % 9 + 1] + f"大家一起出力{held}" * (20 + offset)
        for piece in cut_evenly(text, count=count):
            assert not piece.replace(held, "").strip("青年志愿者走进社区大家一起出力"), piece


@settings(max_examples=150, deadline=None)
@given(st.one_of(_MARKED, _UNMARKED).map("".join), st.integers(2, 7))
def test_a_cut_stands_between_words_where_there_is_a_place(text: str, count: int) -> None:
    pieces = cut_evenly(text, count=count)
    assert "".join(pieces) == text
    assert len(pieces) == count
    good = _find_good(text)
    before = 0
    for left, at in zip(range(count, 1, -1), _cuts_of(pieces), strict=True):
        if at not in good and at < len(text):
            even = (len(text) - before) / left
            assert not [place for place in good if before < place < before + 2 * even]
        before = at


@settings(max_examples=100, deadline=None)
@given(_UNMARKED.map("".join), st.integers(2, 5))
def test_pieces_are_about_as_long(text: str, count: int) -> None:
    even = len(text) / count
    if even > 60:
        assert all(0.6 * even < len(piece) < 1.4 * even for piece in cut_evenly(text, count=count))


def test_a_cut_is_drawn_to_the_end_of_a_paragraph_then_of_a_sentence() -> None:
    long, short = "青年志愿者走进社区，帮老人修好电灯，" * 6, "大家一起出力"
    assert cut_evenly(f"{long}好。{short}。\n{long}好。", count=2)[0].endswith("\n")
    assert cut_evenly(f"{long}好。{short}，{long}好。", count=2)[0].endswith("好。")


def test_a_short_name_in_quotation_marks_stays_whole() -> None:
    text = "青年志愿者走进社区“把青春写在大地上”帮老人修好电灯"
    for count in (2, 3):
        assert sum("“把青春写在大地上”" in piece for piece in cut_evenly(text, count=count)) == 1


def test_only_a_word_longer_than_a_card_is_cut_and_then_between_characters() -> None:
    text = "e\u0301" * 60
    pieces = cut_evenly(text, count=3)
    assert "".join(pieces) == text
    assert [len(piece) for piece in pieces] == [40, 40, 40]
    assert cut_evenly("长" + "a" * 90 + "好", count=3)[1].strip("a") == ""
