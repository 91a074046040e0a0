"""The pictures of a report, large and small: each drawn only where no earlier build drew it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from nianbao.artefact import DeferredArtefact
from nianbao.editions.edition import Edition
from nianbao.errors import UndrawableError
from nianbao.views.card.pack import CardPack


def make_pictures(pack: CardPack, edition: Edition) -> Iterator[DeferredArtefact]:
    """Yield the pictures of the pack, yet to be drawn. Drawing raises: UndrawableError, DataErrors without fonts."""
    # The fonts take half a second to load: only where something is drawn.
    from nianbao.writers.cards.draw import Drawing, find_missing_characters  # noqa: PLC0415
    from nianbao.writers.cards.themes import choose_theme  # noqa: PLC0415

    theme = choose_theme(edition.district.accent)

    @cache
    def check_characters() -> None:
        if find_missing_characters(pack):
            raise UndrawableError

    def checked(draw: Callable[[], bytes]) -> bytes:
        check_characters()
        return draw()

    for picture in pack.pictures:
        drawing = Drawing(picture, pack.brand, theme)
        yield DeferredArtefact(picture.image_path, picture.key, partial(checked, drawing.draw))
        yield DeferredArtefact(picture.small_path, picture.small_key, partial(checked, drawing.draw_small))
