"""Outline markers: which sort, which number, where they end, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.text.outline import (
    Marker,
    MarkerKind,
    choose_inner_markers,
    find_inner_markers,
    find_spoken_marker_ends,
    match_marker,
    read_ordinal,
)


@pytest.mark.parametrize(
    ("text", "kind", "ordinal", "rest"),
    [
        ("一、总体情况", MarkerKind.DUN, 1, "总体情况"),
        ("二十一、附则", MarkerKind.DUN, 21, "附则"),
        ("壹、开篇", MarkerKind.DUN, 1, "开篇"),
        ("（三）抓落实", MarkerKind.PAREN, 3, "抓落实"),
        ("(十二) 抓落实", MarkerKind.PAREN, 12, "抓落实"),
        ("四）抓落实", MarkerKind.PAREN, 4, "抓落实"),
        ("㈡抓落实", MarkerKind.PAREN, 2, "抓落实"),
        ("1.办班", MarkerKind.DIGIT, 1, "办班"),
        ("１２．办班", MarkerKind.DIGIT, 12, "办班"),
        ("3 、办班", MarkerKind.DIGIT, 3, "办班"),
        ("⒉办班", MarkerKind.DIGIT, 2, "办班"),
        ("1.2 办班", MarkerKind.DECIMAL, 2, "办班"),
        ("1.2办班", MarkerKind.DECIMAL, 2, "办班"),
        ("（2）办班", MarkerKind.DIGIT_PAREN, 2, "办班"),
        ("5)办班", MarkerKind.DIGIT_PAREN, 5, "办班"),
        ("⑿办班", MarkerKind.DIGIT_PAREN, 12, "办班"),
        ("③办班", MarkerKind.CIRCLED, 3, "办班"),
        ("❸办班", MarkerKind.CIRCLED, 3, "办班"),
        ("一是读书", MarkerKind.BEING, 1, "读书"),
        ("二要读书", MarkerKind.BEING, 2, "读书"),
        ("其三，读书", MarkerKind.ORDINAL, 3, "读书"),
        ("第二，读书", MarkerKind.ORDINAL, 2, "读书"),
        ("首先，读书", MarkerKind.SEQUENCE, 1, "读书"),
        ("第三部分 读书", MarkerKind.CHAPTER, 3, "读书"),
        ("第二章：读书", MarkerKind.CHAPTER, 2, "读书"),
        ("01读书", MarkerKind.CARD, 1, "读书"),
        ("02", MarkerKind.CARD, 2, ""),
        ("7", MarkerKind.CARD, 7, ""),
        ("PART.03", MarkerKind.CARD, 3, ""),
        ("Part Two 读书", MarkerKind.CARD, 2, "读书"),
        ("亮点四：读书", MarkerKind.CARD, 4, "读书"),
        ("——读书。每周一次", MarkerKind.BULLET, 1, "读书。每周一次"),
    ],
)
def test_a_marker_is_read_with_its_sort_and_number(text: str, kind: MarkerKind, ordinal: int, rest: str) -> None:
    marker = match_marker(text)
    assert marker is not None
    assert (marker.kind, marker.ordinal, text[marker.end :]) == (kind, ordinal, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2023年工作", "2.5万人参加", "1.8万元", "12345热线",
        "3.8妇女节", "一、二、三等奖各有归属", "一是一", "第一书记驻村",
        "第一时间赶到", "第一节课", "首先要说", "五四青年节", "10月底", "", "工作情况", "*名干部",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert match_marker(text) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("拾", 10),
        ("⑳", 20),
        ("㈩", 10),
        ("three", 3),
        ("一二", 0),
    ],
)
def test_ordinals_are_read(numeral: str, value: int) -> None:
    assert read_ordinal(numeral) == value


def choose(*paragraphs: str) -> list[list[str]]:
    candidates = [(match_marker(text), tuple(find_inner_markers(text, 0))) for text in paragraphs]
    return [
        [text[marker.start : marker.end] for marker in markers]
        for text, markers in zip(paragraphs, choose_inner_markers(candidates), strict=True)
    ]


def test_markers_inside_a_line_count_on_from_one() -> None:
    assert choose("引言。一是学。二是做。三是改。") == [["一是", "二是", "三是"]]
    assert choose("引言：1.学文件；2.做实事。") == [["1.", "2."]]
    assert choose("首先，学。其次，做。最后，改。") == [["其次，", "最后，"]]


def test_a_lone_or_broken_number_inside_a_line_is_no_marker() -> None:
    assert choose("办班。一是学习任务重。") == [[]]
    assert choose("依据规定。（三）款执行。") == [[]]
    assert choose("共三项。2.学。4.做。") == [[]]


def test_a_list_goes_on_over_paragraphs() -> None:
    assert choose("做法：一是学。", "二是做。三是改。") == [["一是"], ["三是"]]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一二十是、（）()1０2.．①㈠首先，第部分01 Part。：\n", max_size=40))
def test_markers_stay_inside_their_text(text: str) -> None:
    own = match_marker(text)
    found = [*([own] if own else []), *find_inner_markers(text, 0)]
    for marker in found:
        assert isinstance(marker, Marker)
        assert 0 <= marker.start < marker.end <= len(text)
        assert 1 <= marker.ordinal <= 99


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["一是加强学习", "二要守住底线", "三是办好实事"], ["加强学习", "守住底线", "办好实事"]),
        (["首先，抓建会", "其次，抓服务", "最后，抓队伍"], ["抓建会", "抓服务", "抓队伍"]),
        (["办班", "一是加强学习", "走访", "二是走访慰问"], ["办班", "加强学习", "走访", "走访慰问"]),
        (["一是学", "二是做", "一是查", "二是改"], ["学", "做", "查", "改"]),
        (["三要素保障有力"], ["三要素保障有力"]),
        (["一是一，二是二"], ["一是一，二是二"]),
        (["三要抓紧", "要素保障有力"], ["三要抓紧", "要素保障有力"]),
        (["一是加强学习"], ["一是加强学习"]),
        (["首先，抓好建会"], ["首先，抓好建会"]),
        (["最后，抓好建会", "办班"], ["最后，抓好建会", "办班"]),
        (["一是学", "三是做"], ["一是学", "三是做"]),
        (["一要政治强", "二要素质高", "三要素保障有力"], ["政治强", "素质高", "三要素保障有力"]),
        (["一是", "二是走访"], ["一是", "走访"]),
        (["（一）学习", "（二）走访"], ["（一）学习", "（二）走访"]),
        ([], []),
    ],
)
def test_spoken_markers_are_markers_only_where_a_list_counts_on(texts: list[str], shown: list[str]) -> None:
    ends = find_spoken_marker_ends(texts)
    assert [text[end:] for text, end in zip(texts, ends, strict=True)] == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、全年工作（一）办班。讲课。（二）走访。", [(MarkerKind.PAREN, 1), (MarkerKind.PAREN, 2)]),
        ("存在的问题一是人手不够；二是经费不足。", [(MarkerKind.BEING, 1), (MarkerKind.BEING, 2)]),
        ("重点做好①办班；②走访。", [(MarkerKind.CIRCLED, 1), (MarkerKind.CIRCLED, 2)]),
        ("原因之一是人手不够；二是经费不足。", [(MarkerKind.BEING, 2)]),
        ("依照第三条（二）办理。", []),
    ],
)
def test_the_first_of_a_list_may_follow_its_heading_at_once(text: str, expected: list[tuple[MarkerKind, int]]) -> None:
    assert [(marker.kind, marker.ordinal) for marker in find_inner_markers(text, 2)] == expected
