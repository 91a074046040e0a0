"""What every reader of documents makes: paragraphs in reading order, each knowing where its characters stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from nianbao.errors import add_fix

CHARACTER_LIMIT = 300_000
LINE_LIMIT = 10_000


class UnreadableError(Exception):
    """A document that cannot be imported: `problem` and what to do about it, in Chinese."""

    def __init__(self, problem: str, fix: str) -> None:
        self.problem = problem
        self.fix = fix
        super().__init__(add_fix(problem, fix))


class Origin(StrEnum):
    """What a paragraph was in its document; its value is how staff call it."""

    TEXT = "正文"
    TABLE = "表格"
    FOOTNOTE = "脚注"
    TEXT_BOX = "文本框"
    RUNNING_HEAD = "页眉页脚"


class Merged(Enum):
    """A place of a table that a cell of another place covers: the cell to its left, or the one above it."""

    LEFT = "left"
    UP = "up"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the document's `table`th table, counted from 1.

    Its cells, each without tabs and line ends, are the paragraph's text, parted by tabs; nothing stands for what is
    merged.
    """

    table: int
    cells: tuple[str | Merged, ...]

    @property
    def text(self) -> str:
        """The row as the text of a paragraph."""
        return "\t".join("" if isinstance(cell, Merged) else cell for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """One paragraph, or one row of a table.

    `level` counts heading styles from 1 (0: none); `number` is a list number that the document draws and its text does
    not hold; `aside` is why the reader itself sets the text apart; `pictures` names those that stand here; `row` is set
    where it is a row of a table of cells; `is_centred` tells that it stands in the middle of its line.
    """

    text: str
    origin: Origin = Origin.TEXT
    level: int = 0
    number: str = ""
    aside: str = ""
    pictures: tuple[str, ...] = ()
    row: TableRow | None = None
    is_centred: bool = False


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
    paragraphs: tuple[SourceParagraph, ...]
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All paragraphs, one a line: what the places of passages count in."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the source: its text, and for each character the place in the source that it came from."""

    text: str
    at: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Passage:
        """Return [start, end) of the passage."""
        return Passage(self.text[start:end], self.at[start:end])

    def strip(self, marks: str | None = None) -> Passage:
        """Return the passage without the blanks, or the `marks`, at both ends."""
        start = len(self.text) - len(self.text.lstrip(marks))
        return self.cut(start, len(self.text.rstrip(marks)) if start < len(self.text) else start)

    def strip_end(self, marks: str) -> Passage:
        """Return the passage without the marks at its end."""
        return self.cut(0, len(self.text.rstrip(marks)))


EMPTY_PASSAGE = Passage("", ())


def join_passages(passages: Iterable[Passage]) -> Passage:
    """Return the passages as one, in their order."""
    pieces = [passage for passage in passages if passage]
    if len(pieces) < 2:
        return pieces[0] if pieces else EMPTY_PASSAGE
    at: list[int] = []
    for passage in pieces:
        at.extend(passage.at)
    return Passage("".join(passage.text for passage in pieces), at)
