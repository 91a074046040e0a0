"""A paragraph as runs of plain text, figures and placeholders.

Runs and figures are named tuples: a report has hundreds, and frozen dataclasses are slower to make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from nianbao.editions.numbers import ShownNumber, show_number
from nianbao.facts.salience import is_telling
from nianbao.facts.summary import FigureFact
from nianbao.text.display import find_withheld, widen_punctuation

_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*")


class RunKind(StrEnum):
    """What a run of text is."""

    TEXT = "text"
    FIGURE = "figure"
    WITHHELD = "withheld"


class ShownFigure(NamedTuple):
    """A figure as readers see it: `text` is as the sentence has it, without words that only place it.

    Of a number in a table's cell, `text` has the unit as well that stands elsewhere in the table.

    `offset` is where `text` stands in its quote; `fact` is what was derived of it.
    """

    text: str
    label: str
    number: ShownNumber
    offset: int
    fact: FigureFact

    @property
    def salience(self) -> float:
        """What ranks it among others."""
        return self.fact.salience

    @property
    def is_telling(self) -> bool:
        """Whether it bears being set large."""
        return is_telling(None if self.fact.value is None else float(self.fact.value), self.fact.unit)

    @property
    def fragments(self) -> tuple[str, ...]:
        """What leads to it."""
        return self.fact.fragments

    @property
    def fragment(self) -> str:
        """The lasting fragment."""
        return self.fact.fragments[0]

    @property
    def quote(self) -> str:
        """What to look for in the sentence."""
        return self.fact.quote


class Run(NamedTuple):
    """Some characters of a paragraph; `figure` is set when they are a figure."""

    kind: RunKind
    text: str
    figure: ShownFigure | None = None


Paragraph = tuple[Run, ...]
_Mark = tuple[int, int, ShownFigure | None]
_mark_start = itemgetter(0)


def show_figure(fact: FigureFact) -> ShownFigure:
    """Return the figure with the text of its quantity alone, without the words that only place it."""
    text = widen_punctuation(fact.quote[fact.start : fact.end])
    return ShownFigure(f"{text}{fact.counted_in}", fact.label, show_number(fact), fact.start, fact)


def show_paragraphs(text: str, figures: tuple[ShownFigure, ...] = (), *, start: int = 0) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `text` from `start` on, each figure at its place.

    A figure whose quote is not there is left out.
    """
    marks: list[_Mark] = []
    for figure in figures:
        at = text.find(figure.quote)
        if at >= 0:
            begin = at + figure.offset
            marks.append((begin, begin + figure.fact.end - figure.fact.start, figure))
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


def show_line(text: str) -> Paragraph:
    """Return a one-line text, such as a title, as runs."""
    paragraphs = show_paragraphs(text)
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


def read_text(paragraph: Paragraph) -> str:
    """Return a paragraph's characters."""
    return "".join(run.text for run in paragraph)


def read_texts(paragraphs: Iterable[Paragraph]) -> str:
    """Return the characters of several paragraphs, a line each."""
    return "\n".join(map(read_text, paragraphs))


def cut_paragraph(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return the runs of `paragraph` from `start` to `end`, which fall in no figure."""
    runs: list[Run] = []
    at = 0
    for run in paragraph:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            runs.append(Run(run.kind, run.text[first:last], run.figure))
        at += len(run.text)
    return tuple(runs)
