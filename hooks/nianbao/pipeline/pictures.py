"""The pictures of a report: each drawn only where no earlier build drew it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from nianbao.artefact import DeferredArtefact
from nianbao.editions.edition import Edition
from nianbao.errors import UndrawableError
from nianbao.views.card.pack import CardPack, PlannedCard


def make_pictures(pack: CardPack, edition: Edition) -> Iterator[DeferredArtefact]:
    """Yield the pictures of the pack, yet to be drawn. Drawing raises: UndrawableError, DataErrors without fonts."""
    # The fonts take half a second to load: only where something is drawn.
    from nianbao.writers.cards.draw import draw_picture, find_missing_characters  # noqa: PLC0415
    from nianbao.writers.cards.themes import choose_theme  # noqa: PLC0415

    theme = choose_theme(edition.district.accent)

    @cache
    def check_characters() -> None:
        if find_missing_characters(pack):
            raise UndrawableError

    def draw(picture: PlannedCard) -> bytes:
        check_characters()
        return draw_picture(picture, pack.brand, theme)

    for picture in pack.pictures:
        yield DeferredArtefact(picture.image_path, picture.key, partial(draw, picture))
