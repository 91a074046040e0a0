"""The edition of one report: what all its outputs tell, in the words that readers see. It knows of no page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from nianbao.editions.addresses import ReportAddress
from nianbao.editions.review import EditionEntry
from nianbao.editions.runs import Paragraph, ShownFigure, read_text
from nianbao.model import District, Kind, Period, Role, Source

_SUMS = frozenset({"合计", "总计", "共计", "总和"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place in the site; `site_path` "" is the home page, None is no link."""

    text: str
    site_path: str | None


@dataclass(frozen=True, slots=True)
class EditionTable:
    """A table, a paragraph for each cell. It stands after the first `after` paragraphs of its item.

    `numeric` is which columns hold numbers, `name_column` the column, from 0, that says what a row is of.
    """

    caption: Paragraph
    unit: Paragraph
    header: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    numeric: tuple[bool, ...]
    name_column: int
    after: int

    def is_sum(self, row: tuple[Paragraph, ...]) -> bool:
        """Whether a row adds up the others."""
        return read_text(row[self.name_column]).replace(" ", "") in _SUMS


@dataclass(frozen=True, slots=True)
class EditionPhoto:
    """A photo that may be published, in one width or two, the smaller first; sizes in px."""

    alt: str
    credit: Paragraph
    sizes: tuple[PhotoSize, ...]


class PhotoSize(NamedTuple):
    """One width of a photo and where it stands."""

    site_path: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class EditionItem:
    """One item; `number` is 01, 02 … within its section, of problems and plans within their part.

    `fulfils` and `kept_by` tell of pledges. What is to be looked at in a draft are the `entries` of what holds it.
    """

    id: str
    number: str
    title: Paragraph
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[ShownFigure, ...]
    fulfils: Link | None = None
    kept_by: tuple[Link, ...] = ()
    entries: tuple[EditionEntry, ...] = ()
    table: EditionTable | None = None
    photo: EditionPhoto | None = None


@dataclass(frozen=True, slots=True)
class EditionSection:
    """A section; `mark` is its Chinese number within its part, "" where it has no title."""

    fragment: str
    mark: str
    title: Paragraph
    lead: tuple[Paragraph, ...]
    items: tuple[EditionItem, ...]
    entries: tuple[EditionEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionPart:
    """A part: results, problems or plan. `tag` is its role in two characters."""

    fragment: str
    role: Role
    tag: str
    title: Paragraph
    lead: tuple[Paragraph, ...]
    sections: tuple[EditionSection, ...]
    entries: tuple[EditionEntry, ...] = ()

    @property
    def items(self) -> tuple[EditionItem, ...]:
        """Its items in the order of the text."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class EditionRevision:
    """A correction after publication; `items` link to what was corrected."""

    date: datetime.date
    reason: str
    items: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One report. `publisher` falls back on the district's name; `stated_publisher` is "" where the report has none.

    `keys` are the figures that it is proud of, withheld ones too. `siblings` are its district's reports in the order of
    time, itself among them without a link; `earlier` and `later` are those of its kind. Only a draft has `entries`:
    what is still to be looked at.
    """

    address: ReportAddress
    district: District
    period: Period
    kind: Kind
    kind_name: str
    name: str
    title: Paragraph
    publisher: str
    stated_publisher: str
    published_on: datetime.date | None
    lead: tuple[Paragraph, ...]
    parts: tuple[EditionPart, ...]
    figures: tuple[ShownFigure, ...]
    keys: tuple[ShownFigure, ...]
    has_withheld: bool
    source: Source | None
    revisions: tuple[EditionRevision, ...]
    siblings: tuple[Link, ...]
    earlier: Link | None
    later: Link | None
    entries: tuple[EditionEntry, ...]

    @property
    def year(self) -> str:
        """The year in digits."""
        return str(self.period.year)

    @property
    def span_name(self) -> str:
        """The part of the year in words; "" for a whole year."""
        return self.period.span_name if self.period.span else ""

    @property
    def head_entries(self) -> tuple[EditionEntry, ...]:
        """What is to be looked at in the report as a whole."""
        return tuple(entry for entry in self.entries if not entry.holder)

    @property
    def told_keys(self) -> tuple[ShownFigure, ...]:
        """The figures that it is proud of and that are not withheld."""
        return tuple(figure for figure in self.keys if not figure.number.withheld)
