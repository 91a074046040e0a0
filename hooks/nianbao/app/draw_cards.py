"""The pictures of some reports, without a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataErrors
from nianbao.pipeline.data_folder import DataFolder
from nianbao.pipeline.fingerprint import digest_drawing
from nianbao.pipeline.jobs import explain_missing, make_lone_edition
from nianbao.sources.store import read_report
from nianbao.views.card.cards import CardKind
from nianbao.views.card.pack import CardPack, plan_pack
from nianbao.writers.cards.draw import draw_picture, find_missing_characters
from nianbao.writers.cards.themes import Theme, choose_theme


@dataclass(frozen=True, slots=True)
class ReportPictures:
    """The pictures of one report, yet to be drawn, and the theme to draw them in."""

    pack: CardPack
    theme: Theme

    def count(self, kinds: Collection[CardKind]) -> int:
        """Return how many pictures there are, all or those of some kinds."""
        return sum(not kinds or picture.kind in kinds for picture in self.pack.pictures)

    def draw(self, kinds: Collection[CardKind]) -> Iterator[tuple[str, bytes]]:
        """Yield name and PNG of each picture."""
        for picture in self.pack.pictures:
            if not kinds or picture.kind in kinds:
                yield picture.name, draw_picture(picture, self.pack.brand, self.theme)


def plan_pictures(path: Path, folder: DataFolder, *, site_url: str, theme: Theme | None) -> ReportPictures:
    """Return the pictures of the report at `path`, in `theme` or its district's.

    Raises: DataErrors when the report has mistakes, a character is in no font, or the fonts are not installed.
    """
    report, errors = read_report(path, root=folder.root, indicators=folder.indicators)
    if report is None or errors:
        raise DataErrors(errors)
    district = folder.districts[path.parent.name]
    edition = make_lone_edition(report, district, stem=path.stem)
    pack = plan_pack(edition, site_url=site_url, drawn_by=digest_drawing())
    if missing := find_missing_characters(pack):
        raise DataErrors(explain_missing(character, path, folder.root) for character in missing)
    return ReportPictures(pack, theme or choose_theme(district.accent))
