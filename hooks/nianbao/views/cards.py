"""The pictures of one report. What each shows is chosen in `card_pack`; how it is set, by the writer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nianbao.views.common import KeyFigureView
from nianbao.views.report import ItemView, ReportView
from nianbao.views.runs import FigureView, Paragraph, Run


class CardKind(StrEnum):
    """What a picture shows."""

    COVER = "cover"
    STATEMENT = "statement"
    SECTION = "section"
    ITEM = "item"
    NUMBER = "number"
    PLAN = "plan"
    LIST = "list"
    SQUARE = "square"
    ARTICLE = "article"
    SHARE = "share"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class BrandView:
    """What every picture of a report carries. `has_address` is whether a QR code can lead to the site."""

    publisher: str
    district_name: str
    year: str
    span_name: str
    kind_name: str
    has_address: bool = True

    @property
    def period(self) -> str:
        """The period in short: 2023, 2024 上半年."""
        return f"{self.year} {self.span_name}".strip()

    @property
    def place_and_period(self) -> str:
        """District and period, as a card's corner has them."""
        return f"{self.district_name} · {self.period}"


@dataclass(frozen=True, slots=True)
class CoverView:
    """The first card: the period, the title and the figures that the report is proud of."""

    title: str
    lead: str
    keys: tuple[KeyFigureView, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A lead, set large. `heading` names the part; "" is the report itself."""

    role: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of an overview: the number and title of an item, and what it comes to in a few words."""

    number: str
    title: str
    figures: tuple[FigureView, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """A section, with what opens it, or the plan, at one glance."""

    role: str
    mark: str
    heading: str
    title: str
    lead: tuple[Paragraph, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ItemCardView:
    """One item. `strong` is the one figure that it is about, where there is one; `figures` its best in text order."""

    id: str
    role: str
    mark: str
    heading: str
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    strong: FigureView | None
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class NumberCardView:
    """One key figure and the sentence that it comes from."""

    figure: FigureView
    sentence: Paragraph
    item_title: str


@dataclass(frozen=True, slots=True)
class ListView:
    """Short items in full, several on a card: problems, and plans in a few words."""

    role: str
    tag: str
    title: str
    lead: tuple[Paragraph, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SquareView:
    """One picture of the nine: the cover, a figure, or an item by its title and first words."""

    figure: FigureView | None
    number: str
    title: str
    clause: str


CardView = CoverView | StatementView | OverviewView | ItemCardView | NumberCardView | ListView


@dataclass(frozen=True, slots=True)
class CardPackView:
    """All pictures of one report: the cards in their order, the squares (1, 3, 6 or 9), and the whole report."""

    brand: BrandView
    accent: str
    site_path: str
    cover: CoverView
    cards: tuple[CardView, ...]
    squares: tuple[CoverView | SquareView, ...]
    report: ReportView


def read_text(paragraph: Paragraph) -> str:
    """Return a paragraph's characters."""
    return "".join(run.text for run in paragraph)


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
