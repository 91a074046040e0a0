"""What outputs are made of: a report, a district, a year, the whole site, each with what its scope shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.editions.edition import Edition
from nianbao.facts.summary import ReportSummary
from nianbao.model import District, Indicator
from nianbao.views.page.site import SiteView

if TYPE_CHECKING:  # the cards' modules are loaded only by a build that makes cards
    from nianbao.views.card.pack import CardPack


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """One report; `pack` is its pictures as they are planned, None where none are made.

    `photo_paths` are the files of its photos, by their item's id.
    """

    site: SiteView
    edition: Edition
    pack: CardPack | None
    photo_paths: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class DistrictSubject:
    """One district, its reports in order."""

    site: SiteView
    district: District
    summaries: Sequence[ReportSummary]
    indicators: Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class YearSubject:
    """One year, its reports by district; `years` are all that have a page."""

    site: SiteView
    year: int
    summaries: Sequence[ReportSummary]
    districts: Mapping[str, District]
    indicators: Mapping[str, Indicator]
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class SiteSubject:
    """The site. `parts` are what the output's `part` gave for each district, in order.

    `page_paths` are the pages that may be named, by their folders, Markdown pages among them.
    """

    site: SiteView
    summaries: Sequence[ReportSummary]
    districts: Mapping[str, District]
    parts: Sequence[bytes]
    page_paths: Sequence[str]
