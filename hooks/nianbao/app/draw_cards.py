"""The pictures of some reports, without a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataErrors
from nianbao.pipeline.data_folder import DataFolder, read_data_folder
from nianbao.pipeline.jobs import make_lone_edition
from nianbao.pipeline.picture_checks import check_pictures
from nianbao.sources.store import read_report_file
from nianbao.views.card.cards import CardKind
from nianbao.views.card.pack import CardPack, plan_pack
from nianbao.writers.cards.draw import draw_picture
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


class UnknownReportError(Exception):
    """No report has this name. `known` are names that reports have: those of its district, of all where it has none."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.known = known


def plan_pictures(
    names: Sequence[Path], data_dir: Path, *, root: Path, site_url: str, theme: Theme | None
) -> tuple[dict[Path, ReportPictures], tuple[Path, ...]]:
    """Return the pictures of the reports that are named, of all without names, by the reports' paths; then the drafts
    among them, of which no picture is made.

    A name is a path, a folder or district/period. Pictures are in `theme`, or in the district's. Raises:
    UnknownReportError; DataErrors when a report has mistakes, a character is in no font, or fonts are not installed.
    """
    folder = read_data_folder(data_dir, root=root)
    paths = _choose_paths(names, folder)
    if folder.errors:
        raise DataErrors(folder.errors)
    plans = {path: _plan(path, folder, site_url, theme) for path in paths}
    return (
        {path: plan for path, plan in plans.items() if plan is not None},
        tuple(path for path, plan in plans.items() if plan is None),
    )


def _choose_paths(names: Sequence[Path], folder: DataFolder) -> list[Path]:
    known = [path for paths in folder.paths.values() for path in paths]
    if not names:
        return known
    chosen: list[Path] = []
    for name in names:
        wanted = [
            path
            for path in known
            if path.is_relative_to(name.resolve()) or f"{path.parent.name}/{path.stem}".lower() == str(name).lower()
        ]
        if not wanted:
            names_known = [f"{path.parent.name}/{path.stem.lower()}" for path in known]
            district = str(name).lower().partition("/")[0]
            raise UnknownReportError(
                str(name),
                [known_name for known_name in names_known if known_name.startswith(f"{district}/")] or names_known,
            )
        chosen += [path for path in wanted if path not in chosen]
    return chosen


def _plan(path: Path, folder: DataFolder, site_url: str, theme: Theme | None) -> ReportPictures | None:
    """Return a report's pictures; None of a draft."""
    report, errors, _, is_draft = read_report_file(path, root=folder.root, indicators=folder.indicators)
    if is_draft:
        return None
    if report is None or errors:
        raise DataErrors(errors)
    district = folder.districts[path.parent.name]
    edition = make_lone_edition(report, district, stem=path.stem)
    pack = plan_pack(edition, site_url=site_url, drawn_by="")
    if mistakes := tuple(check_pictures(pack, path, root=folder.root)):
        raise DataErrors(mistakes)
    return ReportPictures(pack, theme or choose_theme(district.accent))
