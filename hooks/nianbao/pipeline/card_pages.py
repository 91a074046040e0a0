"""A report's pictures, drawn where the cache has none, and the pages that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.artefact import Artefact
from nianbao.facts.summary import FiguresByItem, ReportSummary
from nianbao.model import Report
from nianbao.pipeline.cache import CachedPage, PageStore, digest
from nianbao.pipeline.card_pack import plan_pack
from nianbao.views.card_wall import CardWallView, PictureView, view_card_wall
from nianbao.views.common import LinkView
from nianbao.views.report import ReportContext
from nianbao.writers.cards.pack import paint_card
from nianbao.writers.zip_file import write_zip


@dataclass(frozen=True, slots=True)
class CardSet:
    """The pictures of one report in the cache, and the view of their pages."""

    files: tuple[CachedPage, ...]
    wall: CardWallView

    @property
    def link(self) -> LinkView:
        """The link from the report's page."""
        return LinkView(f"{len(self.wall.cards)} 张卡片，存图就能转发", self.wall.head.site_path)

    @property
    def item_pages(self) -> dict[str, str]:
        """The site path of each item's card, of its first where it has several."""
        return {item_id: card.page_path for card in reversed(self.wall.cards) for item_id in card.item_ids}


def draw_cards(
    report: Report,
    figures: FiguresByItem,
    summary: ReportSummary,
    context: ReportContext,
    *,
    path: Path,
    root: Path,
    site_url: str,
    store: PageStore,
    drawn_by: str,
) -> CardSet:
    """Return the report's pictures. `drawn_by` is the digest of the program that draws them. Raises: DataErrors."""
    plan = plan_pack(report, figures, summary, context, path=path, root=root, site_url=site_url)
    files: list[CachedPage] = []
    pictures: list[PictureView] = []
    for card in plan.cards:
        key = digest(drawn_by, card.folder, card.name, card.digest(plan.theme))
        file = store.recall(key)
        if file is None:
            artefact = paint_card(card, plan.theme).artefact
            file = store.keep(artefact.site_path, artefact.content)
            store.remember(key, file)
        files.append(file)
        sketch = card.sketch
        pictures.append(
            PictureView(
                card.kind, card.number, sketch.title, sketch.alt, file.site_path,
                card.page_path, sketch.width, sketch.height, sketch.item_ids,
            )
        )  # fmt: skip
    archive = _keep_zip(summary, files, store)
    wall = view_card_wall(summary, context.district, pictures, zip_path=archive.site_path, zip_bytes=archive.size)
    return CardSet((*files, archive), wall)


def _keep_zip(summary: ReportSummary, files: Sequence[CachedPage], store: PageStore) -> CachedPage:
    """The pictures as one file; made anew only when one of them changed."""
    name = f"{summary.district}-{summary.stem.lower()}"
    key = digest("zip", *(f"{file.site_path} {file.name}" for file in files))
    known = store.recall(key)
    if known:
        return known
    content = write_zip((f"{name}/{Path(file.site_path).name}", store.read(file)) for file in files)
    artefact = Artefact(f"{summary.site_path}cards/{name}-{digest(content)[:12]}.zip", content)
    archive = store.keep(artefact.site_path, artefact.content)
    store.remember(key, archive)
    return archive
