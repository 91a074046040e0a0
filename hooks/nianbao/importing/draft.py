"""The draft of a report: what the importer made of a document, each text with its place in the source.

Looser than the model: what the document does not tell is empty, and notes say what a person should know or decide.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.importing.doubts import Note
from nianbao.importing.source_text import Passage
from nianbao.model import Kind, Role
from nianbao.text.numerals import Quantity


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure: its id is its own in its item, its quote stands once in the text, or in the `cell` of its table."""

    id: str
    quote: str
    label: str
    quantity: Quantity
    indicator: str = ""
    notes: tuple[Note, ...] = ()
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table; `merged` are the cells of `rows`, from 0, that the cell above them covers."""

    caption: Passage
    unit: Passage
    header: tuple[Passage, ...]
    rows: tuple[tuple[Passage, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()

    def list_passages(self) -> Iterator[Passage]:
        """Yield its texts, in the order of the file."""
        yield from (self.caption, self.unit)
        yield from self.header
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """A picture of the document by its name there, what its caption says it shows, and whose it is."""

    name: str
    alt: Passage
    credit: Passage


@dataclass(frozen=True, slots=True)
class DraftItem:
    """An item; `paragraphs` are its text."""

    id: str
    title: Passage
    paragraphs: tuple[Passage, ...]
    figures: tuple[DraftFigure, ...] = ()
    notes: tuple[Note, ...] = ()
    table: DraftTable | None = None
    photo: DraftPhoto | None = None

    @property
    def text(self) -> str:
        """The item's text, an empty line between paragraphs."""
        return join_paragraphs(self.paragraphs)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section; title and lead may be empty."""

    title: Passage
    lead: tuple[Passage, ...]
    items: tuple[DraftItem, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A part; a title without places in the source was made up from the report's own."""

    role: Role
    title: Passage
    lead: tuple[Passage, ...]
    sections: tuple[DraftSection, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as a draft. `period` is empty where neither the text nor the caller tells it."""

    period: str
    kind: Kind
    title: Passage
    publisher: str
    published_on: datetime.date | None
    source_name: str
    source_sha256: str
    lead: tuple[Passage, ...]
    parts: tuple[DraftPart, ...]
    notes: tuple[Note, ...] = ()

    @property
    def items(self) -> tuple[DraftItem, ...]:
        """All items in the order of the text."""
        return tuple(item for part in self.parts for section in part.sections for item in section.items)

    def list_passages(self) -> Iterator[Passage]:
        """Yield every piece of published text, in the order of the file."""
        yield self.title
        yield from self.lead
        for part in self.parts:
            yield part.title
            yield from part.lead
            for section in part.sections:
                yield section.title
                yield from section.lead
                for item in section.items:
                    yield item.title
                    yield from item.paragraphs
                    if item.table:
                        yield from item.table.list_passages()
                    if item.photo:
                        yield from (item.photo.alt, item.photo.credit)


def join_paragraphs(paragraphs: tuple[Passage, ...]) -> str:
    """Return paragraphs as one text, an empty line between them."""
    return "\n\n".join(passage.text for passage in paragraphs)
