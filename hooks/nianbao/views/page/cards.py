"""The pages of a report's cards: the wall of all of them, and one page a card, which its QR code leads to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nianbao.editions.addresses import HOME, district_path
from nianbao.editions.edition import Edition, Link
from nianbao.editions.runs import Paragraph, read_text
from nianbao.views.card.cards import KIND_NAMES, CardKind
from nianbao.views.card.pack import CardPack, PlannedCard
from nianbao.views.page.head import COLUMN_TYPE, HeadView, ShareImages, shorten

_USES = {kind: KIND_NAMES[kind] for kind in (CardKind.ARTICLE, CardKind.SHARE, CardKind.LONG)}


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture. `page_path` is "" where it has no page of its own; sizes in px, a height of 0 is as it comes."""

    kind: CardKind
    number: str
    title: str
    alt: str
    image_path: str
    small_path: str
    page_path: str
    width_px: int
    height_px: int

    @property
    def use(self) -> str:
        """What a picture beside the cards is for."""
        return _USES.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class CardPageView:
    """The page of one card, the `place`th of `count`."""

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    accent: str
    picture: PictureView
    paragraphs: tuple[Paragraph, ...]
    place: int
    count: int
    report: Link
    report_path: str
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True, slots=True)
class CardWallView:
    """The page of all cards; `squares` are for 九宫格, `others` the article cover, thumbnail and long picture.

    `pack_name` is what all of them together are called as a file.
    """

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    accent: str
    title: str
    name: str
    cards: tuple[PictureView, ...]
    squares: tuple[PictureView, ...]
    others: tuple[PictureView, ...]
    pack_name: str


def view_card_wall(edition: Edition, pack: CardPack) -> CardWallView:
    """Return the wall of an edition's pictures."""
    name = _name(edition)
    beside = [picture for picture in pack.pictures if not picture.number]
    return CardWallView(
        head=HeadView(
            title=f"{read_text(edition.title)} · {name} · 图片卡片",
            description=f"{name}工作报告的 {len(pack.cards)} 张图片卡片，可以存下来转发。",
            site_path=edition.address.cards,
            column_name=edition.district.name,
            column_type=COLUMN_TYPE,
            images=ShareImages(*pack.share_images),
        ),
        breadcrumbs=(*_trail(edition), Link("卡片", None)),
        accent=edition.district.accent,
        title=read_text(edition.title),
        name=name,
        cards=tuple(map(_view_picture, pack.cards)),
        squares=tuple(_view_picture(picture) for picture in beside if picture.kind is CardKind.SQUARE),
        others=tuple(_view_picture(picture) for picture in beside if picture.kind is not CardKind.SQUARE),
        pack_name=f"{edition.district.slug}-{edition.address.stem.lower()}",
    )


def view_card_pages(edition: Edition, pack: CardPack) -> tuple[CardPageView, ...]:
    """Return the pages of the cards that have one, in order."""
    head = view_card_wall(edition, pack).head
    cards = pack.cards
    return tuple(
        CardPageView(
            head=replace(
                head,
                title=f"{planned.card.title} · {_name(edition)}",
                description=shorten(planned.card.alt, 120),
                site_path=planned.page_path,
                images=ShareImages(planned.image_path, planned.image_path),
            ),
            breadcrumbs=(*_trail(edition), Link("卡片", edition.address.cards), Link(planned.number, None)),
            accent=edition.district.accent,
            picture=_view_picture(planned),
            paragraphs=planned.card.words,
            place=place,
            count=len(cards),
            report=_link_report(edition, planned),
            report_path=edition.address.page,
            earlier=_link_card(cards[place - 2]) if place > 1 else None,
            later=_link_card(cards[place]) if place < len(cards) else None,
        )
        for place, planned in enumerate(cards, 1)
    )


def _name(edition: Edition) -> str:
    return f"{edition.district.name} {edition.name}"


def _trail(edition: Edition) -> tuple[Link, ...]:
    district = edition.district
    return (
        Link("首页", HOME),
        Link(district.name, district_path(district.slug)),
        Link(edition.name, edition.address.page),
    )


def _view_picture(planned: PlannedCard) -> PictureView:
    card = planned.card
    width_px, height_px = card.size_px
    return PictureView(
        card.kind, planned.number, card.title, card.alt, planned.image_path, planned.small_path, planned.page_path,
        width_px, height_px,
    )  # fmt: skip


def _link_report(edition: Edition, planned: PlannedCard) -> Link:
    if planned.card.item_ids:
        return Link("到报告里读这一条", f"{edition.address.page}#{planned.card.item_ids[0]}")
    return Link("读完整的报告", edition.address.page)


def _link_card(planned: PlannedCard) -> Link:
    return Link(f"{planned.number} {planned.card.title}", planned.page_path)
