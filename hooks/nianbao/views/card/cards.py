"""What each picture of a report shows. What is chosen, `tell` decides; how it is set, the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nianbao.editions.edition import Edition, EditionItem
from nianbao.editions.runs import Paragraph, ShownFigure, read_texts
from nianbao.facts.salience import pick_most_telling
from nianbao.views.card.tables import TableView


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


KIND_NAMES: Mapping[CardKind, str] = {
    CardKind.COVER: "封面",
    CardKind.STATEMENT: "导语",
    CardKind.SECTION: "小节",
    CardKind.ITEM: "条目",
    CardKind.NUMBER: "数字",
    CardKind.PLAN: "安排",
    CardKind.LIST: "清单",
    CardKind.SQUARE: "九宫格",
    CardKind.ARTICLE: "公众号封面",
    CardKind.SHARE: "分享缩略图",
    CardKind.LONG: "一图读懂",
}
CARD_SIZE_PX = (1080, 1440)
# The long picture is as high as its text.
SIZES_PX = {CardKind.SQUARE: (1080, 1080), CardKind.ARTICLE: (900, 383), CardKind.SHARE: (500, 500)}
# On a phone's wall two cards stand side by side, or three pictures of other kinds; an article's cover takes the width.
_SMALL_WIDTH_PX = 324
_SMALL_WIDTHS_PX = {CardKind.SQUARE: 240, CardKind.ARTICLE: 540, CardKind.SHARE: 240, CardKind.LONG: 240}


@dataclass(frozen=True, slots=True)
class Brand:
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


def make_brand(edition: Edition, *, has_address: bool) -> Brand:
    """Return what every picture of the edition carries."""
    return Brand(
        edition.publisher, edition.district.name, edition.year, edition.span_name, edition.kind_name, has_address
    )


@dataclass(frozen=True, slots=True)
class CoverView:
    """The period, the title and the figures that the report is proud of."""

    title: str
    lead: str
    keys: tuple[ShownFigure, ...]


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
    figures: tuple[ShownFigure, ...]
    clause: str

    def shorten(self, figure_count: int) -> RowView:
        """Return the row with its most telling figures; where there is room for none, as a title alone."""
        clause = self.clause if figure_count or not self.title else ""
        return RowView(self.number, self.title, pick_most_telling(self.figures, figure_count), clause)


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
    """One item, or a portion of one. `strong` is the one figure that it is about, where there is one.

    `figures` are its best in text order; both are empty where the card holds a portion.
    """

    role: str
    mark: str
    heading: str
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    strong: ShownFigure | None = None
    figures: tuple[ShownFigure, ...] = ()

    def pick(self, count: int) -> tuple[ShownFigure, ...]:
        """Return its `count` most telling figures."""
        return pick_most_telling(self.figures, count)


@dataclass(frozen=True, slots=True)
class TableCardView:
    """The table of one item, or a portion of it."""

    role: str
    mark: str
    heading: str
    number: str
    title: str
    table: TableView


@dataclass(frozen=True, slots=True)
class NumberCardView:
    """One key figure and the sentence that it comes from."""

    figure: ShownFigure
    sentence: Paragraph


@dataclass(frozen=True, slots=True)
class ListView:
    """Short items in full: problems, and plans in a few words.

    `groups` are the items of all cards of the list, since they are set in one size; this card is the `place`th. `lead`
    stands over the items of the first.
    """

    role: str
    tag: str
    title: str
    lead: tuple[Paragraph, ...]
    groups: tuple[tuple[EditionItem, ...], ...]
    place: int


@dataclass(frozen=True, slots=True)
class SquareView:
    """One picture of the nine: a figure, or an item by its title and first words."""

    figure: ShownFigure | None
    number: str
    title: str
    clause: str


class BlockKind(StrEnum):
    """A piece of the long picture."""

    HEAD = "head"
    LEAD = "lead"
    KEYS = "keys"
    PART = "part"
    SECTION = "section"
    OPENING = "opening"  # what opens a part or a section
    ITEM = "item"  # an item's number and title
    TEXT = "text"
    TABLE = "table"
    END = "end"  # the space below a part


@dataclass(frozen=True, slots=True)
class LongBlock:
    """A piece of the long picture that is never cut."""

    kind: BlockKind
    role: str = ""
    number: str = ""
    title: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    table: TableView | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it stays with what follows it."""
        return self.kind in (BlockKind.PART, BlockKind.SECTION, BlockKind.ITEM)


@dataclass(frozen=True, slots=True)
class LongView:
    """The whole report to scroll (一图读懂), or the `place`th of `count` slices of it."""

    title: str
    blocks: tuple[LongBlock, ...]
    place: int
    count: int


CardView = (
    CoverView
    | StatementView
    | OverviewView
    | ItemCardView
    | TableCardView
    | NumberCardView
    | ListView
    | SquareView
    | LongView
)


@dataclass(frozen=True, slots=True)
class Card:
    """A picture as it is told to those who do not see it, and `view`, what is drawn.

    `heading` says what it is, `words` what it tells, in full; `item_ids` are the items that it tells of.
    """

    kind: CardKind
    view: CardView
    title: str
    heading: str
    words: tuple[Paragraph, ...]
    item_ids: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """All that the picture says."""
        return f"{self.heading}\n{read_texts(self.words)}".rstrip()

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height; a height of 0 is as it comes."""
        return (CARD_SIZE_PX[0], 0) if self.kind is CardKind.LONG else SIZES_PX.get(self.kind, CARD_SIZE_PX)

    @property
    def small_width_px(self) -> int:
        """The width of the picture in small."""
        return _SMALL_WIDTHS_PX.get(self.kind, _SMALL_WIDTH_PX)
