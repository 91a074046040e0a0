"""The page of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.editions.addresses import HOME, district_path
from nianbao.editions.edition import Edition, EditionPart, Link
from nianbao.editions.runs import read_text, read_texts
from nianbao.model import Role
from nianbao.views.page.common import KeyFigureView, view_key
from nianbao.views.page.head import COLUMN_TYPE, SITE_IMAGES, HeadView, ShareImages, shorten

if TYPE_CHECKING:  # the cards' modules are loaded only by a build that makes cards
    from nianbao.views.card.pack import CardPack

_KEY_COUNT = 4


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the page's contents."""

    fragment: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class ReportPageView:
    """All that the report's page shows: its edition, and what leads from it to elsewhere.

    `card_pages` gives the site path of an item's card by the item's id; empty where no cards are made.
    `file` is the report's own, relative to the project's root.
    """

    head: HeadView
    breadcrumbs: tuple[Link, ...]
    edition: Edition
    published_on: str
    keys: tuple[KeyFigureView, ...]
    contents: tuple[ContentsEntry, ...]
    card_wall: Link | None
    card_pages: Mapping[str, str]
    file: str


def view_report(edition: Edition, pack: CardPack | None) -> ReportPageView:
    """Return the page of an edition; `pack` is its pictures, None where none are made."""
    district = edition.district
    return ReportPageView(
        head=_view_head(edition, ShareImages(*pack.share_images) if pack else SITE_IMAGES),
        breadcrumbs=(Link("首页", HOME), Link(district.name, district_path(district.slug)), Link(edition.name, None)),
        edition=edition,
        published_on=edition.published_on.isoformat() if edition.published_on else "",
        keys=tuple(map(view_key, edition.keys[:_KEY_COUNT])),
        contents=_view_contents(edition.parts),
        card_wall=Link(f"{len(pack.cards)} 张卡片，存图就能转发", edition.address.cards) if pack else None,
        card_pages=pack.item_pages if pack else {},
        file=f"data/{edition.address.district}/{edition.address.stem}.yml",
    )


def _view_contents(parts: tuple[EditionPart, ...]) -> tuple[ContentsEntry, ...]:
    """The sections of the results one by one, the other parts as wholes."""
    entries: list[ContentsEntry] = []
    for part in parts:
        titled = [section for section in part.sections if section.title]
        if part.role is Role.RESULTS and titled:
            entries += [ContentsEntry(s.fragment, s.mark, read_text(s.title)) for s in titled]
        else:
            entries.append(ContentsEntry(part.fragment, part.tag, read_text(part.title)))
    return tuple(entries)


def _view_head(edition: Edition, images: ShareImages) -> HeadView:
    title = read_text(edition.title)
    told = "；".join(f"{figure.label}{figure.text}" for figure in edition.told_keys)
    description = shorten(read_texts(edition.lead) or told or title, 120)
    published_on = edition.published_on.isoformat() if edition.published_on else ""
    structured: list[tuple[str, object]] = [
        ("@type", "Report"),
        ("name", title),
        ("inLanguage", "zh-CN"),
        ("temporalCoverage", edition.period.interval),
        ("description", description),
    ]
    if edition.stated_publisher:
        structured.append(("publisher", {"@type": "Organization", "name": edition.stated_publisher}))
    if published_on:
        structured.append(("datePublished", published_on))
    if edition.revisions:
        structured.append(("dateModified", edition.revisions[-1].date.isoformat()))
    return HeadView(
        title=f"{title} · {edition.district.name} {edition.name}",
        description=description,
        site_path=edition.address.page,
        column_name=edition.district.name,
        column_type=COLUMN_TYPE,
        article_title=title,
        published_at=f"{published_on} 00:00" if published_on else "",
        published_on=published_on,
        content_source=edition.stated_publisher,
        images=images,
        structured=tuple(structured),
    )
