"""Lines of Chinese text: nothing lost, nothing too wide, no mark where it may not stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.text import line_breaking
from nianbao.text.break_rules import LINE_END_FORBIDDEN, LINE_START_FORBIDDEN, Break, find_breaks
from nianbao.text.line_breaking import Widths, break_lines, measure_line
from nianbao.text.numerals import find_quantities
from nianbao.text.title_breaking import break_title

_MARKS = LINE_START_FORBIDDEN | LINE_END_FORBIDDEN
_WORDS = [
    "青年", "团支部", "学习有阵地", "5270名", "9400余人次", "近40000次", "137.05万元", "100%", "“青年之家”", "《意见》",
    "（试行）", "，", "。", "；", "、", "：", "！", "“", "”", "《", "》", "（", "）", "……", "——", "3·15", "1+100",
    "12355", "WeChat", " ", "https://example.org/a/b?c=1", "7-8月", "𠮷", "é", "👍🏽", "**",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=300).map(lambda words: "".join(words)[:2000]),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=400),
)


def _widths(text: str) -> Widths:
    inner = [0.5 if character.isascii() else 1.0 for character in text]
    return Widths(
        inner,
        [0.5 if character in "，。、；：！？）》”" else width for character, width in zip(text, inner, strict=True)],
    )


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.integers(2, 40))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    widths = _widths(text)
    lines = break_lines(text, widths, width)

    assert "".join(text[start:end] for start, end in lines) == text
    places = find_breaks(text)
    for start, end in lines:
        cluster_inside = all(places[at] is Break.NEVER for at in range(start + 1, end))
        assert measure_line(text, (start, end), widths) <= width or cluster_inside


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.integers(8, 40))
def test_a_mark_stands_where_it_may_not_only_when_nothing_else_fits(text: str, width: int) -> None:
    widths = _widths(text)
    places = find_breaks(text)
    lines = break_lines(text, widths, width)
    for (start, end), (following, _) in pairwise(lines):
        is_forbidden = text[following] in LINE_START_FORBIDDEN or text[end - 1] in LINE_END_FORBIDDEN
        if is_forbidden and text[end - 1] != "\n":
            assert not any(places[at] >= Break.EMERGENCY for at in range(start + 1, end))


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.integers(16, 40))
def test_a_number_never_parts_from_its_unit_where_a_line_can_hold_both(text: str, width: int) -> None:
    widths = _widths(text)
    places = find_breaks(text)
    ends = {end for _, end in break_lines(text, widths, width)}
    for quantity in find_quantities(text):
        for at in range(quantity.start + 1, quantity.end):
            if at in ends:
                # Only where no better place was left in that line.
                start = max((end for end in ends | {0} if end < at), default=0)
                assert not any(places[place] is Break.ALLOWED for place in range(start + 1, at))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(_WORDS[:8]), min_size=1, max_size=12).map("".join), st.integers(6, 20))
def test_titles_lose_nothing_and_fit(text: str, width: int) -> None:
    widths = _widths(text)
    lines = break_title(text, widths, width)
    assert "".join(text[start:end] for start, end in lines) == text
    assert len(lines) <= len(break_lines(text, widths, width))
    assert all(measure_line(text, line, widths) <= width for line in lines)


def _lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, _widths(text), width)]


def _fill(text: str, widths: Widths, width: float) -> tuple[tuple[int, int], ...]:
    """The lines filled one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_breaking, "_WIDEST_GAP", float("inf"))
        return break_lines(text, widths, width)


def _title(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_title(text, _widths(text), width)]


def test_a_number_and_its_unit_go_to_the_next_line_together() -> None:
    assert _lines("主题教育覆盖531个团支部", 8) == ["主题教育覆盖", "531个团支部"]


def test_a_closing_mark_takes_the_character_before_it_along() -> None:
    assert _lines("学习有阵地《青年》好", 8) == ["学习有阵地《青", "年》好"]


def test_a_closing_mark_at_a_line_end_takes_half_its_width() -> None:
    assert _widths("好，").last == [1.0, 0.5]
    assert _lines("学习有阵地，好好学", 5.5) == ["学习有阵地，", "好好学"]  # type: ignore[arg-type]


def test_a_last_line_is_never_a_single_character() -> None:
    assert _lines("守住主业干好实事为青年。", 10) == ["守住主业干好实事为", "青年。"]
    assert _lines("大家守住主业干好实事吧", 10) == ["大家守住主业干好实", "事吧"]


def test_lines_share_the_gap_that_a_number_leaves() -> None:
    text = "团区委带着青年学理论也带着青年下乡村，还进社区服务各种赛会有近9400余人次，云平台活动录入率都在增加。"
    # Filled one by one, a line ends six characters early.
    filled = [text[start:end] for start, end in _fill(text, _widths(text), 12)]
    assert filled[2:4] == ["务各种赛会有", "近9400余人次，云平台活动"], (
        "filled one by one, a line ends six characters early"
    )
    lines = _lines(text, 12)
    gaps = [12 - measure_line(line, (0, len(line)), _widths(line)) for line in lines[:-1]]
    assert max(gaps) <= 2, lines
    assert len(lines) == len(filled)


def test_a_short_last_line_is_made_longer_where_lines_share_a_gap() -> None:
    text = "近40000次。青年走进社区，9400余人次近40000次帮老人。"
    assert [text[start:end] for start, end in _fill(text, _widths(text), 12)][-1] == "老人。"
    assert _lines(text, 12)[-1] == "帮老人。"


def test_a_line_feed_ends_its_line_whatever_the_gap() -> None:
    text = "青年\n还进社区服务各种赛会有近9400余人次，云平台活动录入率都在增加。"
    assert _lines(text, 12)[0] == "青年\n"


# Running text, as reports have it: few places where a line cannot end, and figures that leave gaps.
PROSE = st.lists(
    st.sampled_from(["青年走进社区", "学习理论", "，", "。", "帮老人", "9400余人次", "近40000次", "137.05万元", "办"]),
    min_size=8, max_size=120,
).map(lambda words: "".join(words).strip("，。") + "。")  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(PROSE, TEXTS), st.integers(12, 30))
def test_sharing_gaps_takes_no_more_lines(text: str, width: int) -> None:
    widths = _widths(text)
    filled = _fill(text, widths, width)
    lines = break_lines(text, widths, width)
    assert len(lines) == len(filled)
    gaps = [[width - measure_line(text, span, widths) for span in spans[:-1]] for spans in (lines, filled)]
    assert max(gaps[0], default=0) <= max(max(gaps[1], default=0), 1) + 1e-9
    assert sum(gap * gap for gap in gaps[0]) <= sum(gap * gap for gap in gaps[1]) + 4, "but for a longer last line"
    weights = [
        sum(not (mark in _MARKS or mark.isspace()) for at in spans[-1:] for mark in text[slice(*at)])
        for spans in (lines, filled)
    ]
    assert weights[0] >= min(2, weights[1])
    places = find_breaks(text)
    kinds = [[places[end] for _, end in spans[:-1]] for spans in (lines, filled)]
    assert kinds[0] == kinds[1] or all(kind >= Break.ALLOWED for kind in kinds[0])


def test_what_is_wider_than_the_line_is_broken_in_an_emergency() -> None:
    lines = _lines("见https://example.org/very-long-address-without-end", 6)
    assert "".join(lines) == "见https://example.org/very-long-address-without-end"
    assert len(lines) > 3


def test_a_cluster_is_never_cut() -> None:
    assert all(not line.startswith("\u0301") for line in _lines("e\u0301" * 20, 3))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("帮青年成长，也替家长分忧", 8, ["帮青年成长，", "也替家长分忧"]),
        ("青春献礼 砥砺奋进", 7, ["青春献礼 ", "砥砺奋进"]),
        ("参加“青年之家”活动的青年", 9, ["参加“青年之家”", "活动的青年"]),
        ("与杨凌青年同行", 5, ["与杨凌", "青年同行"]),
        ("一起守护这座城市", 6, ["一起守护", "这座城市"]),
    ],
)
def test_titles_break_between_phrases(text: str, width: int, expected: list[str]) -> None:
    assert _title(text, width) == expected
