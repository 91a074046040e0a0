"""A report's pack: its cards numbered, each with its address, and all drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from nianbao.artefact import Artefact
from nianbao.views.cards import CardKind, CardPackView
from nianbao.writers.cards.fonts import find_missing
from nianbao.writers.cards.layouts import compose
from nianbao.writers.cards.paint import paint_sketch
from nianbao.writers.cards.sketch import OutlineMark, Sketch, TextMark
from nianbao.writers.cards.themes import Theme

_HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A picture that is yet to be drawn. `number` is 01, 02 …; what goes on from 07 is 07b; "" beside the cards.

    `page_path` is the site path of the card's own page, "" where it has none; `url` is what its QR code says.
    """

    number: str
    name: str
    page_path: str
    folder: str
    url: str
    sketch: Sketch

    @property
    def kind(self) -> CardKind:
        """What the picture shows."""
        return self.sketch.kind

    def digest(self, theme: Theme) -> str:
        """Return what the picture depends on, but for this program: the key of a cache."""
        return hashlib.sha256(repr((self.sketch, self.url, theme)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture and what its page tells. The artefact's path holds a digest of its bytes, since WeChat caches hard."""

    kind: CardKind
    number: str
    name: str
    page_path: str
    title: str
    alt: str
    width_px: int
    height_px: int
    artefact: Artefact


def plan_cards(pack: CardPackView, *, site_url: str) -> tuple[PlannedCard, ...]:
    """Return all pictures of the pack: cards 01, 02 …, then squares, article cover, thumbnail and long picture.

    A text that takes a second card moves no other card's number, since the numbers are in addresses.
    `site_url` ends with '/'; "" when it is not known, and then no picture has a QR code.
    """
    folder = f"{pack.site_path}cards/"
    report_url = f"{site_url}{pack.site_path}" if site_url else ""
    planned: list[PlannedCard] = []
    for place, view in enumerate(pack.cards, 1):
        for following, sketch in enumerate(compose(view, pack.brand)):
            number = f"{place:02d}{_name_following(following)}"
            page_path = f"{folder}{number}/"
            url = f"{site_url}{page_path}" if site_url else ""
            planned.append(PlannedCard(number, f"{number}-{sketch.kind}", page_path, folder, url, sketch))
    for name, sketch in _beside(pack):
        planned.append(PlannedCard("", name, "", folder, report_url, sketch))
    return tuple(planned)


def find_missing_characters(planned: Iterable[PlannedCard]) -> tuple[str, ...]:
    """Return the characters on the pictures that no font has, in their order."""
    found: dict[str, None] = {}
    for card in planned:
        for mark in card.sketch.marks:
            if isinstance(mark, TextMark):
                found.update(dict.fromkeys(glyph.character for glyph in mark.block.glyphs))
            elif isinstance(mark, OutlineMark):
                found.update(dict.fromkeys(mark.text))
    return find_missing("".join(found))


def paint_card(card: PlannedCard, theme: Theme) -> CardPicture:
    """Return the picture drawn. Same input, same bytes."""
    content = paint_sketch(card.sketch, theme, url=card.url)
    digest = hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]
    sketch = card.sketch
    return CardPicture(
        card.kind, card.number, card.name, card.page_path, sketch.title, sketch.alt, sketch.width, sketch.height,
        Artefact(f"{card.folder}{card.name}-{digest}.png", content),
    )  # fmt: skip


def _name_following(following: int) -> str:
    """Return b, c … for the second card of a text and those after it; names sort in this order, too."""
    if following == 0:
        return ""
    return ascii_lowercase[following] if following < len(ascii_lowercase) else f"z{following}"


def _beside(pack: CardPackView) -> Iterator[tuple[str, Sketch]]:
    squares = [sketch for view in pack.squares for sketch in compose(view, pack.brand, place="square")]
    yield from ((f"square-{number}", sketch) for number, sketch in enumerate(squares, 1))
    for place in ("article", "share"):
        yield from ((place, sketch) for sketch in compose(pack.cover, pack.brand, place=place))
    yield from ((f"long-{number}", sketch) for number, sketch in enumerate(compose(pack, pack.brand, place="long"), 1))
