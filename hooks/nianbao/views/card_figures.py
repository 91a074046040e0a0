"""Which figures of a text are shown large, and the words around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from nianbao.text.sentences import find_end, split_sentences
from nianbao.views.cards import cut_paragraph, read_text
from nianbao.views.runs import FigureView, Paragraph

_PEOPLE_AND_MONEY = frozenset(["人", "名", "位", "人次", "元", "万元", "亿元"])
_LEAST_TELLING = 10
_LONGEST_SENTENCE = 120
_LEAST_CLAUSE, _LONGEST_CLAUSE = 6, 44
_OPENS_CIRCUMSTANCE = frozenset("在以把从按用对将向据借依为带")
_ENDS_CIRCUMSTANCE = frozenset("中下后时里")


def list_told_figures(paragraphs: Iterable[Paragraph]) -> Iterator[FigureView]:
    """Yield the figures of a text that are not withheld, in order."""
    for paragraph in paragraphs:
        for run in paragraph:
            if run.figure is not None and not run.figure.number.withheld:
                yield run.figure


def pick_figures(
    figures: tuple[FigureView, ...], key_anchors: Collection[str], *, count: int
) -> tuple[FigureView, ...]:
    """The strongest figures, in the order of the text."""
    best = sorted(figures, key=lambda figure: weigh_figure(figure, key_anchors), reverse=True)[:count]
    return tuple(figure for figure in figures if figure in best)


def is_telling(figure: FigureView) -> bool:
    """Return whether the figure bears being set large: ten or more, an amount of money or a share."""
    unit = figure.number.unit
    return float(figure.number.machine_value or 0) >= _LEAST_TELLING or "元" in unit or "%" in unit


def weigh_figure(figure: FigureView, key_anchors: Collection[str]) -> float:
    """Return how strong a figure is: by its value, people and money before things."""
    value = abs(float(figure.number.machine_value or 0))
    if figure.number.unit in _PEOPLE_AND_MONEY:
        value *= 3
    if "%" in figure.number.unit or "%" in figure.number.number:
        value += 100
    return value + (1_000_000_000 if figure.anchor in key_anchors else 0)


def cut_sentence(paragraph: Paragraph, figure: FigureView) -> Paragraph:
    """Return the sentence that the figure stands in; only its clause up to a semicolon where it is long."""
    text = read_text(paragraph)
    at = 0
    for run in paragraph:
        if run.figure is not None and run.figure.anchor == figure.anchor:
            break
        at += len(run.text)
    spans = split_sentences(text)
    index = next((number for number, span in enumerate(spans) if span[0] <= at < span[1]), 0)
    first, last = index, index
    while first > 0 and text[spans[first - 1][1] - 1] in "；;":
        first -= 1
    while last + 1 < len(spans) and text[spans[last][1] - 1] in "；;":
        last += 1
    start, end = spans[first][0], spans[last][1]
    if end - start > _LONGEST_SENTENCE:
        start, end = spans[index]
        end -= text[end - 1] in "；;"
    return cut_paragraph(paragraph, start, end)


def read_first_sentence(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return the first sentence of a text, with its full stop."""
    if not paragraphs:
        return ""
    text = read_text(paragraphs[0])
    end = find_end(text, 0, ends="。！？")
    return text if end is None else text[: end + 1]


def read_first_clause(text: str) -> str:
    """Return the beginning of a text up to a pause, where it says something by itself if that is not too long.

    At most 44 characters.
    """
    start, first = 0, ""
    for at, character in enumerate(text):
        if character not in "，。；：！？" or text[:at].count("“") != text[:at].count("”"):
            continue
        # 在…路口 and …活动中 only say where; what was done comes after the comma.
        is_circumstance = text[start] in _OPENS_CIRCUMSTANCE or text[at - 1] in _ENDS_CIRCUMSTANCE
        start = at + 1
        if at < _LEAST_CLAUSE:
            continue
        first = first or text[:at]
        if not (character == "，" and is_circumstance):
            return text[:at] if at <= _LONGEST_CLAUSE else _shorten(first)
    return _shorten(first or text)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_CLAUSE else f"{text[: _LONGEST_CLAUSE - 1]}…"
