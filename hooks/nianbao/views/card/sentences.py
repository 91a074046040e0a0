"""The figures of a text and the words around them: a sentence, a clause."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.editions.runs import Paragraph, ShownFigure, cut_paragraph, read_text
from nianbao.text.sentences import find_end, split_sentences

_LONGEST_SENTENCE = 120
_LEAST_CLAUSE, _LONGEST_CLAUSE = 6, 44
_OPENS_CIRCUMSTANCE = frozenset("在以把从按用对将向据借依为带")
_ENDS_CIRCUMSTANCE = frozenset("中下后时里")


def list_told_figures(paragraphs: Iterable[Paragraph]) -> tuple[ShownFigure, ...]:
    """Return the figures of a text that are not withheld, in order."""
    return tuple(
        run.figure
        for paragraph in paragraphs
        for run in paragraph
        if run.figure is not None and not run.figure.number.withheld
    )


def cut_sentence(paragraph: Paragraph, figure: ShownFigure) -> Paragraph:
    """Return the sentence that the figure stands in; only its clause up to a semicolon where it is long."""
    text = read_text(paragraph)
    at = 0
    for run in paragraph:
        if run.figure is not None and run.figure.fragment == figure.fragment:
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
