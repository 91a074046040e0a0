"""What every reader of documents makes: paragraphs in reading order, each knowing where its characters stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

CHARACTER_LIMIT = 300_000


class UnreadableError(Exception):
    """A document that cannot be imported: `problem` and what to do about it, in Chinese."""

    def __init__(self, problem: str, fix: str) -> None:
        self.problem = problem
        self.fix = fix
        super().__init__(f"{problem}\n  Fix: {fix}")


class Place(StrEnum):
    """What a paragraph was in its document; its value is how staff call it."""

    TEXT = "正文"
    TABLE = "表格"
    FOOTNOTE = "脚注"
    TEXT_BOX = "文本框"
    CAPTION = "页眉页脚"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one row of a table.

    `level` counts heading styles from 1 (0: none); `number` is a list number that the document draws and its text does
    not hold; `aside` is why the reader itself sets the text apart; `pictures` names those that stand here.
    """

    text: str
    place: Place = Place.TEXT
    level: int = 0
    number: str = ""
    aside: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the document, `name` with its suffix."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as read. `notes` tell staff what could not be read, in Chinese."""

    name: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All paragraphs, one a line: what the places of runs count in."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of the source: its text, and for each character the place in the source that it came from."""

    text: str
    at: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Run:
        """Return [start, end) of the run."""
        return Run(self.text[start:end], self.at[start:end])

    def strip(self, marks: str | None = None) -> Run:
        """Return the run without the blanks, or the `marks`, at both ends."""
        start = len(self.text) - len(self.text.lstrip(marks))
        return self.cut(start, len(self.text.rstrip(marks)) if start < len(self.text) else start)

    def strip_end(self, marks: str) -> Run:
        """Return the run without the marks at its end."""
        return self.cut(0, len(self.text.rstrip(marks)))


EMPTY_RUN = Run("", ())


def join_runs(runs: Iterable[Run]) -> Run:
    """Return the runs as one, in their order."""
    pieces = [run for run in runs if run]
    if len(pieces) < 2:
        return pieces[0] if pieces else EMPTY_RUN
    at: list[int] = []
    for run in pieces:
        at.extend(run.at)
    return Run("".join(run.text for run in pieces), at)
