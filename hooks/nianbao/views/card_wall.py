"""The pages of a report's cards: the wall of all of them, and one page a card, which its QR code leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.facts.summary import ReportSummary
from nianbao.model import District
from nianbao.views.cards import CardKind
from nianbao.views.common import LinkView
from nianbao.views.head import COLUMN_TYPE, HeadView, ShareImages, shorten
from nianbao.views.report import short_name
from nianbao.views.runs import Paragraph, view_line

_SQUARE_KINDS = frozenset({CardKind.SQUARE})
_USES = {CardKind.ARTICLE: "公众号封面", CardKind.SHARE: "分享缩略图", CardKind.LONG: "一图读懂"}


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture, and the items that it tells. `page_path` is "" where it has no page of its own; sizes in px."""

    kind: CardKind
    number: str
    title: str
    alt: str
    image_path: str
    page_path: str
    width_px: int
    height_px: int
    item_ids: tuple[str, ...] = ()

    @property
    def use(self) -> str:
        """What a picture beside the cards is for."""
        return _USES.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class CardPageView:
    """The page of one card, the `place`th of `count`."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]
    accent: str
    picture: PictureView
    paragraphs: tuple[Paragraph, ...]
    place: int
    count: int
    report: LinkView
    earlier: LinkView | None
    later: LinkView | None


@dataclass(frozen=True, slots=True)
class CardWallView:
    """The page of all cards; `squares` are for 九宫格, `others` the article cover, thumbnail and long picture."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]
    accent: str
    title: str
    name: str
    cards: tuple[PictureView, ...]
    squares: tuple[PictureView, ...]
    others: tuple[PictureView, ...]
    zip_path: str
    zip_size: str
    pages: tuple[CardPageView, ...]


def _find_share_images(pictures: Sequence[PictureView]) -> ShareImages:
    """Return the pictures that stand for the report in chats: the cover as a square, and its thumbnail."""
    large, thumbnail = (
        next((picture.image_path for picture in pictures if picture.kind is kind), "")
        for kind in (CardKind.SQUARE, CardKind.SHARE)
    )
    return ShareImages(large, thumbnail)


def view_card_wall(
    summary: ReportSummary, district: District, pictures: Sequence[PictureView], *, zip_path: str, zip_bytes: int
) -> CardWallView:
    """Return the wall of a report's pictures, and the pages of those that have one."""
    name = f"{district.name} {short_name(summary)}"
    wall_path = f"{summary.site_path}cards/"
    trail = (
        LinkView("首页", ""),
        LinkView(district.name, f"{district.slug}/"),
        LinkView(short_name(summary), summary.site_path),
    )
    cards = tuple(picture for picture in pictures if picture.page_path)
    head = HeadView(
        title=f"{summary.title} · {name} · 图片卡片",
        description=f"{name}工作报告的 {len(cards)} 张图片卡片，可以存下来转发。",
        site_path=wall_path,
        column_name=district.name,
        column_type=COLUMN_TYPE,
        images=_find_share_images(pictures),
    )
    pages = tuple(
        CardPageView(
            head=replace(
                head,
                title=f"{card.title} · {name}",
                description=shorten(card.alt, 120),
                site_path=card.page_path,
                images=ShareImages(card.image_path, card.image_path),
            ),
            breadcrumbs=(*trail, LinkView("卡片", wall_path), LinkView(card.number, None)),
            accent=district.accent,
            picture=card,
            paragraphs=_view_words(card),
            place=place,
            count=len(cards),
            report=LinkView("到报告里读这一条", f"{summary.site_path}#{card.item_ids[0]}")
            if card.item_ids
            else LinkView("读完整的报告", summary.site_path),
            earlier=_link(cards[place - 2]) if place > 1 else None,
            later=_link(cards[place]) if place < len(cards) else None,
        )
        for place, card in enumerate(cards, 1)
    )
    others = tuple(p for p in pictures if not p.page_path and p.kind not in _SQUARE_KINDS)
    return CardWallView(
        head=head,
        breadcrumbs=(*trail, LinkView("卡片", None)),
        accent=district.accent,
        title=summary.title,
        name=name,
        cards=cards,
        squares=tuple(picture for picture in pictures if picture.kind in _SQUARE_KINDS),
        others=others,
        zip_path=zip_path,
        zip_size=f"{zip_bytes / 1_000_000:.1f} MB",
        pages=pages,
    )


def _view_words(card: PictureView) -> tuple[Paragraph, ...]:
    """All that the card says, but for the line that ends with its title: the page has that as its own."""
    first, *others = (line for line in card.alt.split("\n") if line.strip())
    lines = others if others and (first.endswith(card.title) or card.title.startswith(first)) else [first, *others]
    return tuple(map(view_line, lines))


def _link(card: PictureView) -> LinkView:
    return LinkView(f"{card.number} {card.title}", card.page_path)
