"""The pack of a report, planned before anything is drawn: each picture with its number, its addresses and its name."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from hashlib import blake2b

from nianbao.editions.addresses import number_cards
from nianbao.editions.edition import Edition, EditionItem
from nianbao.editions.runs import ShownFigure
from nianbao.views.card.cards import Brand, Card, CardKind, make_brand
from nianbao.views.card.tell import tell_beside, tell_cards

_SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A picture that is yet to be drawn.

    `number` is 01, 02 …, what goes on from 07 is 07b, "" beside the cards; `page_path` the card's own page, "" where it
    has none; `image_path` and `small_path` hold a digest of all that is drawn; `url` is what its QR code says.
    """

    number: str
    name: str
    page_path: str
    image_path: str
    small_path: str
    key: str
    url: str
    card: Card

    @property
    def kind(self) -> CardKind:
        """What the picture shows."""
        return self.card.kind

    @property
    def small_key(self) -> str:
        """The digest of all that is drawn in small."""
        return _digest(f"small\n{self.key}")


@dataclass(frozen=True, slots=True)
class CardPack:
    """All pictures of one report: the cards in their order, then those beside them."""

    brand: Brand
    pictures: tuple[PlannedCard, ...]

    @property
    def cards(self) -> tuple[PlannedCard, ...]:
        """The pictures that have a page."""
        return tuple(picture for picture in self.pictures if picture.number)

    @property
    def item_pages(self) -> dict[str, str]:
        """The site path of each item's card, of its first where it has several."""
        return {
            item_id: picture.page_path
            for picture in reversed(self.cards)
            if picture.kind is not CardKind.NUMBER
            for item_id in picture.card.item_ids
        }

    @property
    def share_images(self) -> tuple[str, str]:
        """The paths of what stands for the report in chats: the cover as a square, and its thumbnail."""
        first = {picture.kind: picture.image_path for picture in reversed(self.pictures)}
        return first[CardKind.SQUARE], first[CardKind.SHARE]


def plan_pack(edition: Edition, *, site_url: str, drawn_by: str) -> CardPack:
    """Return the pack of an edition.

    `site_url` ends with '/'; "" when it is not known, and then no picture has a QR code. `drawn_by` is the digest of
    what draws: program, fonts, colours. A text that takes a second card moves no other card's number.
    """
    brand = make_brand(edition, has_address=bool(site_url))
    address = edition.address

    def plan(card: Card, number: str, name: str) -> PlannedCard:
        page_path = address.card(number) if number else ""
        url = f"{site_url}{page_path or address.page}" if site_url else ""
        shown = repr((card.kind, _list_drawn(card.view), brand, url))
        key = _digest(f"{drawn_by}\n{shown}")
        of_name = name, key[:_SHOWN_DIGITS]
        paths = address.picture(*of_name), address.small_picture(*of_name)
        return PlannedCard(number, name, page_path, *paths, key, url, card)

    groups = tell_cards(edition, brand)
    pictures = [
        plan(card, number, f"{number}-{card.kind}")
        for group, numbers in zip(groups, number_cards(map(len, groups)), strict=True)
        for card, number in zip(group, numbers, strict=True)
    ]
    pictures += [plan(card, "", name) for name, card in tell_beside(edition, brand)]
    return CardPack(brand, tuple(pictures))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _list_drawn(view: object) -> object:
    """Return what is drawn of a view as plain tuples: an id, an indicator or a pledge changes no picture."""
    if isinstance(view, ShownFigure):
        return view.text, view.label, view.number
    if isinstance(view, EditionItem):
        return view.number, _list_drawn(view.title), _list_drawn(view.paragraphs)
    if isinstance(view, tuple):
        return tuple(map(_list_drawn, view))
    if is_dataclass(view):
        return type(view).__name__, *(_list_drawn(getattr(view, field.name)) for field in fields(view))
    return view
