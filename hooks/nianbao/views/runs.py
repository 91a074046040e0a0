"""A paragraph as runs of plain text, figures and placeholders.

Runs and figures are named tuples: a report has hundreds, and frozen dataclasses are slower to make.
"""

from __future__ import annotations

import re
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from nianbao.facts.summary import FigureFact
from nianbao.text.display import find_withheld, widen_punctuation
from nianbao.views.numbers import NumberView, view_number

_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*")


class RunKind(StrEnum):
    """What a run of text is."""

    TEXT = "text"
    FIGURE = "figure"
    WITHHELD = "withheld"


class FigureView(NamedTuple):
    """A figure as it is shown; `text` is as the sentence has it, `anchor` the fragment that leads to it.

    `quote` is what to look for in the sentence, and `offset` where `text` stands in it.
    """

    anchor: str
    quote: str
    offset: int
    text: str
    label: str
    number: NumberView


class Run(NamedTuple):
    """Some characters of a paragraph; `figure` is set when they are a figure."""

    kind: RunKind
    text: str
    figure: FigureView | None = None


Paragraph = tuple[Run, ...]
_Mark = tuple[int, int, FigureView | None]
_mark_start = itemgetter(0)


def view_figure(fact: FigureFact) -> FigureView:
    """Return the figure with the text of its quantity alone, without the words that only place it."""
    text = widen_punctuation(fact.quote[fact.start : fact.end])
    return FigureView(fact.anchor, fact.quote, fact.start, text, fact.label, view_number(fact))


def view_paragraphs(text: str, figures: tuple[FigureView, ...] = (), *, start: int = 0) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `text` from `start` on, each figure at its place.

    A figure whose quote is not there is left out.
    """
    marks: list[_Mark] = []
    for figure in figures:
        at = text.find(figure.quote)
        if at >= 0:
            begin = at + figure.offset
            marks.append((begin, begin + len(figure.text), figure))
    for begin, end in find_withheld(text):
        if not any(begin < mark[1] and mark[0] < end for mark in marks):
            marks.append((begin, end, None))
    if len(marks) > 1:
        marks.sort(key=_mark_start)
    shown = widen_punctuation(text)
    if "\n" not in shown:
        return (_cut(shown, start, len(shown), marks),) if shown else ()
    paragraphs: list[Paragraph] = []
    begin = start
    for match in [*_PARAGRAPH_BREAK.finditer(shown), None]:
        end = match.start() if match else len(shown)
        if end > begin:
            paragraphs.append(_cut(shown, begin, end, marks))
        begin = match.end() if match else end
    return tuple(paragraphs)


def view_line(text: str) -> Paragraph:
    """Return a one-line text, such as a title, as runs."""
    paragraphs = view_paragraphs(text)
    return paragraphs[0] if paragraphs else ()


def _cut(text: str, begin: int, end: int, marks: list[_Mark]) -> Paragraph:
    if not marks:
        return (Run(RunKind.TEXT, text[begin:end]),)
    runs: list[Run] = []
    at = begin
    for start, stop, figure in marks:
        if start < at or stop > end:
            continue
        if start > at:
            runs.append(Run(RunKind.TEXT, text[at:start]))
        kind = RunKind.WITHHELD if figure is None else RunKind.FIGURE
        runs.append(Run(kind, text[start:stop], figure))
        at = stop
    if at < end:
        runs.append(Run(RunKind.TEXT, text[at:end]))
    return tuple(runs)
