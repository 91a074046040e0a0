"""Outline markers of Chinese official texts: 一、 （一） 1. （1） ① 一是 首先 01 PART.01 第一部分.

The order of levels follows GB/T 9704-2012 (一、 （一） 1. （1）); the others stand where usage puts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from nianbao.text.lazy_pattern import LazyPattern

_CHINESE = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_WORDS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7, "EIGHT": 8, "NINE": 9}
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}
_N = rf"[{_CHINESE}]{{1,3}}"
_DIGITS = "0-9０-９"
_D = rf"[{_DIGITS}]{{1,2}}"
_CIRCLED = "①-⑳❶-❿➀-➉➊-➓"
_BULLETS = "◆◇●○■□▶►▷▲△★☆❖➢✦•▪※▍▌▎▋┃"


class MarkerKind(StrEnum):
    """The sorts of markers; those of one sort that stand in one list are on one level."""

    CHAPTER = "第一部分"
    CARD = "01"
    DUN = "一、"
    PAREN = "（一）"
    DECIMAL = "1.1"
    DIGIT = "1."
    DIGIT_PAREN = "（1）"
    CIRCLED = "①"
    ORDINAL = "第一，"
    BEING = "一是"
    SEQUENCE = "首先"
    BULLET = "——"


# How deep a sort usually stands; None where it stands at any depth.
USUAL_RANK: dict[MarkerKind, int | None] = {
    MarkerKind.CHAPTER: 0,
    MarkerKind.CARD: None,
    MarkerKind.DUN: 1,
    MarkerKind.PAREN: 2,
    MarkerKind.DECIMAL: 3,
    MarkerKind.DIGIT: 3,
    MarkerKind.DIGIT_PAREN: 4,
    MarkerKind.CIRCLED: 5,
    MarkerKind.ORDINAL: None,
    MarkerKind.BEING: 6,
    MarkerKind.SEQUENCE: 6,
    MarkerKind.BULLET: 7,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at [start, end) of a text, blanks after it included; `ordinal` counts from 1 (a bullet has 1)."""

    kind: MarkerKind
    ordinal: int
    start: int
    end: int


# With each sort, what it may begin with, so that a text is held against few of them, and most texts against none.
_PATTERNS: tuple[tuple[MarkerKind, str, str], ...] = (
    (
        MarkerKind.CHAPTER,
        "第",
        rf"第\s?(?P<chapter>{_N}|{_D})\s?(?:部分|章(?!程)|篇(?!章|文)|板块|节(?!课|点|目|日))"
        r"(?:(?=[\s、：:，.．\u4e00-\u9fff“《])|$)[、：:，.．]?",
    ),
    (
        MarkerKind.PAREN,
        f"（(【〔{_CHINESE}㈠-㈩㊀-㊉",
        rf"[（(【〔]\s?(?P<paren>{_N})\s?[)）】〕][、.．]?|(?P<paren_half>{_N})[)）]|(?P<paren_sign>[㈠-㈩㊀-㊉])",
    ),
    (
        MarkerKind.DUN,
        _CHINESE + _FORMAL,
        rf"(?P<dun>{_N}|[{_FORMAL}]{{1,3}})\s?[、．.，,](?!\s?(?:{_N}|[{_FORMAL}])[、．.])",
    ),
    (
        MarkerKind.DIGIT_PAREN,
        f"（({_DIGITS}⑴-⒇",
        rf"[（(]\s?(?P<digit_paren>{_D})\s?[)）][、.．]?|(?P<digit_half>{_D})[)）]|(?P<digit_sign>[⑴-⒇])",
    ),
    (MarkerKind.CIRCLED, _CIRCLED, rf"(?P<circled>[{_CIRCLED}])[、.．]?"),
    (
        MarkerKind.CARD,
        "PpNnCc",
        rf"(?i:part|no|chapter)[\s.·．:：\-]{{0,2}}(?P<part>{_D}|{_N}|(?i:{'|'.join(_WORDS)}))"
        r"(?![0-9a-zA-Z])[、.．:：]?",
    ),
    (MarkerKind.CARD, "0", r"(?P<card>0[1-9])(?:[、.．:：/|丨｜]|(?=[\s\u4e00-\u9fff“《【]|$))"),
    # A number alone on its line, as WeChat articles draw it; what follows decides whether it was a page's.
    (MarkerKind.CARD, f"{_CHINESE}{_FORMAL}1-9", rf"(?P<alone>{_N}|[{_FORMAL}]|[1-9][0-9]?)$"),
    (
        MarkerKind.CARD,
        "亮关篇板特镜",
        rf"(?:亮点|关键词|篇章|板块|特色|镜头)之?(?P<keyword>{_N}|[1-9])(?:[：:、，,\s]|$)",
    ),
    (
        MarkerKind.DECIMAL,
        "1-9",
        r"(?:[1-9][0-9]?[.．]){1,2}(?P<decimal>[1-9][0-9]?)(?:[、.．]|(?=\s)"
        r"|(?=[\u4e00-\u9fff“《])(?![万亿千百十余多倍个名人位元米公亩吨平度小分秒折成以]"
        r"|妇女|学雷锋|青年节|儿童|国际|国庆|建军|宪法))",
    ),
    (
        MarkerKind.DIGIT,
        f"{_DIGITS}⒈-⒛",
        rf"(?P<digit>{_D})\s?(?:[.．](?![0-9０-９])|、(?![0-9０-９]{{1,3}}[、，和]))|(?P<digit_dot>[⒈-⒛])",
    ),
    (
        MarkerKind.ORDINAL,
        "第其",
        rf"第(?P<ordinal>{_N})(?:[，、：:]|是(?=[\u4e00-\u9fff“]))|其(?P<ordinal_of>[{_CHINESE}])[，、是：:]",
    ),
    (
        MarkerKind.BEING,
        _CHINESE,
        rf"(?P<being>{_N})(?:是(?![{_CHINESE}])|要(?!素(?![质养]))(?=[\u4e00-\u9fff“])|、是)[：:，]?",
    ),
    (MarkerKind.SEQUENCE, "首其再最", r"(?P<sequence>首先|其次|再次|再者|最后)[，,、：:]"),
    (MarkerKind.BULLET, f"-–—{_BULLETS}", rf"(?P<bullet>——|[{_BULLETS}](?=\s*[\u4e00-\u9fff“《])|[-–—](?=\s))"),
)  # fmt: skip


@cache
def _list_by_first_character() -> dict[str, tuple[tuple[MarkerKind, LazyPattern], ...]]:
    table: dict[str, list[tuple[MarkerKind, LazyPattern]]] = {}
    for kind, firsts, pattern in _PATTERNS:
        entry = (kind, LazyPattern(rf"\s*(?:{pattern})\s*"))
        for first, last in re.findall("(.)(?:-(.))?", firsts):
            for code in range(ord(first), ord(last or first) + 1):
                table.setdefault(chr(code), []).append(entry)
    return {first: tuple(entries) for first, entries in table.items()}


# 1.1 and dashes inside a line are something else more often than markers.
_INSIDE_KINDS = frozenset(MarkerKind) - {MarkerKind.DECIMAL, MarkerKind.BULLET}
_SPOKEN = (MarkerKind.BEING, MarkerKind.SEQUENCE)
_BOUNDARY = r"(?<=[。；;！!？?：:…\s”）)])"
_INSIDE = LazyPattern(
    _BOUNDARY + "(?:" + "|".join(pattern for kind, _, pattern in _PATTERNS if kind in _INSIDE_KINDS) + r")\s*"
)
# A list that begins in the very line of its heading: 一、2021年工作总结（一）兜底保障……, 存在的问题一是……
_GLUED = LazyPattern(
    r"(?<=[\u4e00-\u9fff])(?:[（(](?P<paren>一)[)）][、.．]?|(?P<digit>1)[.．](?=[\u4e00-\u9fff“])"
    r"|(?P<circled>[①❶])|(?<=[题足板难算划排施面下处距点])(?P<being>一)是(?![一二三]))\s*"
)
_SIGNS = (("㈠", 1), ("㊀", 1), ("①", 1), ("❶", 1), ("➀", 1), ("➊", 1), ("⑴", 1), ("⒈", 1))


def read_ordinal(text: str) -> int:
    """Return what a marker's numeral counts: 一 → 1, 十二 → 12, 03 → 3, ④ → 4, TWO → 2; 0 when it is none."""
    if text.isdecimal():
        return int(text)
    if text.upper() in _WORDS:
        return _WORDS[text.upper()]
    if text in _SEQUENCE:
        return _SEQUENCE[text]
    digits = [_CHINESE.find(c) + 1 or _FORMAL.find(c) + 1 for c in text]
    if all(digits):
        return _read_chinese(digits)
    if len(text) == 1:
        for first, value in sorted(_SIGNS, reverse=True):
            if first <= text:
                return ord(text) - ord(first) + value
    return 0


def _read_chinese(digits: Sequence[int]) -> int:
    """Return the number of up to three digits, 10 being 十: 三, 十二, 二十一; 0 for any other row of them."""
    match digits:
        case [ones]:
            return ones
        case [10, ones] if ones < 10:
            return 10 + ones
        case [tens, 10] if tens < 10:
            return tens * 10
        case [tens, 10, ones] if tens < 10 and ones < 10:
            return tens * 10 + ones
    return 0


def match_marker(text: str) -> Marker | None:
    """Return the marker that a paragraph begins with; None when it begins with none."""
    for kind, pattern in _list_by_first_character().get(text.lstrip()[:1], ()):
        found = pattern.match(text)
        if found:
            numeral = next(group for group in found.groups() if group)
            ordinal = 1 if kind is MarkerKind.BULLET else read_ordinal(numeral)
            if ordinal:
                start = len(found.group()) - len(found.group().lstrip())
                return Marker(kind, ordinal, start, found.end())
    return None


def find_spoken_marker_ends(texts: Sequence[str]) -> tuple[int, ...]:
    """Return where the 一是, 二要 or 首先， ends that each text of a list's items begins with; 0 where it has none.

    Beside a number they say it twice. They are markers only where the list counts on from one to the next: 三要素 or
    首先， at the head of one text alone is a part of it.
    """
    ends = [0] * len(texts)
    found = [(index, marker) for index, text in enumerate(texts) if (marker := match_marker(text))]
    for kind in _SPOKEN:
        queue = [(index, marker) for index, marker in found if marker.kind is kind]
        for index, marker in _choose_counting(queue):
            ends[index] = marker.end if marker.end < len(texts[index]) else 0
    return tuple(ends)


def _choose_counting(queue: Sequence[tuple[int, Marker]]) -> Iterable[tuple[int, Marker]]:
    """Yield those of one sort that count on from the one before, or that the next one counts on from."""
    last = 0
    for place, (index, marker) in enumerate(queue):
        following = queue[place + 1][1].ordinal if place + 1 < len(queue) else 0
        if _counts_on(marker, last=last, following=following):
            last = marker.ordinal
            yield index, marker


def find_inner_markers(text: str, start: int) -> Iterable[Marker]:
    """Yield what may be markers inside a paragraph from `start` on, in order.

    They stand after a sentence's end, a colon or a blank; the first of a list may follow its heading at once.
    """
    glued = list(_read_markers(_GLUED.finditer(text, start)))
    if not glued:
        yield from _read_markers(_INSIDE.finditer(text, start))
        return
    yield from sorted([*_read_markers(_INSIDE.finditer(text, start)), *glued], key=lambda marker: marker.start)


@cache
def _find_group_kinds() -> dict[str, MarkerKind]:
    return {name: kind for kind, _, pattern in _PATTERNS for name in re.findall(r"\?P<(\w+)>", pattern)}


def _read_markers(matches: Iterable[re.Match[str]]) -> Iterable[Marker]:
    for found in matches:
        name = found.lastgroup or ""
        ordinal = read_ordinal(found.group(name)) if name else 0
        if ordinal:
            yield Marker(_find_group_kinds()[name], ordinal, found.start(), found.end())


def choose_inner_markers(
    paragraphs: Sequence[tuple[Marker | None, Sequence[Marker]]],
) -> tuple[tuple[Marker, ...], ...]:
    """Return, for each paragraph, the inner markers that are markers indeed: those that count on from 1.

    Given are each paragraph's own marker and its candidates. One is taken when the list goes on after it (1 and then
    2), or when it goes on from the last of its sort; a lone （一） or 1. inside a sentence is neither.
    """
    chosen: list[list[Marker]] = [[] for _ in paragraphs]
    queues: dict[MarkerKind, list[tuple[int, Marker, bool]]] = {}
    for index, (own, candidates) in enumerate(paragraphs):
        if own:
            queues.setdefault(own.kind, []).append((index, own, False))
        for marker in candidates:
            queues.setdefault(marker.kind, []).append((index, marker, True))
    for queue in queues.values():
        last = 0
        for place, (index, marker, inner) in enumerate(queue):
            following = queue[place + 1][1].ordinal if place + 1 < len(queue) else 0
            if not inner:
                last = marker.ordinal
            elif _counts_on(marker, last=last, following=following):
                chosen[index].append(marker)
                last = marker.ordinal
    return tuple(tuple(sorted(markers, key=lambda m: m.start)) for markers in chosen)


def _counts_on(marker: Marker, *, last: int, following: int) -> bool:
    if marker.kind is MarkerKind.SEQUENCE:
        return (marker.ordinal == 1 and following > 1) or 0 < last < marker.ordinal
    return (marker.ordinal == 1 and following == 2) or (last > 0 and marker.ordinal == last + 1)
