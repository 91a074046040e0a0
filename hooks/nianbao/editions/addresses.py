"""Every address of the site: paths of pages and files, numbers of cards, fragments within a page.

Paths are site paths: '/'-separated, relative to the site's root. A page's path is its folder and ends with '/'. What
has been published does not change (docs/decisions/010), so nothing else in the program writes a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase
from urllib.parse import quote

from nianbao.facts.summary import FigureFact, ReportSummary

HOME = ""
ARCHIVE = "archive/"
FIGURES_TABLE = "data/figures.csv"
SITEMAP = "sitemap.xml"

# What may not stand in a fragment as it is (RFC 3987); a percent sign would begin a code of two digits.
_NOT_IN_FRAGMENT = re.compile(r'[%<>"`{}|\\^\[\]#\x00-\x20\x7f]')


def year_path(year: int) -> str:
    """Return the folder of a year's page."""
    return f"{year}/"


def district_path(slug: str) -> str:
    """Return the folder of a district's page."""
    return f"{slug}/"


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """Where one report stands. `stem` is its file's name without .yml: 2023, 2024-H1, 2022-reform."""

    district: str
    stem: str

    @property
    def page(self) -> str:
        """The folder of the report's page, in lower case: xigu/2023/, xigu/2024-h1/."""
        return f"{self.district}/{self.stem.lower()}/"

    @property
    def record(self) -> str:
        """The report as data."""
        return f"{self.page}report.json"

    @property
    def cards(self) -> str:
        """The folder of the wall of cards."""
        return f"{self.page}cards/"

    def card(self, number: str) -> str:
        """Return the folder of one card's page."""
        return f"{self.cards}{number}/"

    def picture(self, name: str, digest: str) -> str:
        """Return the path of a picture. It carries a digest of what is drawn: WeChat caches hard."""
        return f"{self.cards}{name}-{digest}.png"

    def photo(self, item_id: str, digest: str, width_px: int) -> str:
        """Return the path of an item's photo in one width. It carries a digest of the photo."""
        return f"{self.page}photos/{item_id}-{digest}-{width_px}.jpg"

    def small_picture(self, name: str, digest: str) -> str:
        """Return the path of the same picture in small, for the wall."""
        return f"{self.cards}small/{name}-{digest}.png"


def address_report(summary: ReportSummary) -> ReportAddress:
    """Return where the report of a summary stands."""
    return ReportAddress(summary.district, summary.stem)


def address_figure(summary: ReportSummary, fact: FigureFact) -> str:
    """Return the address of a figure's sentence, from the site's root."""
    return address_report(summary).page + link_fragment(fact.fragment)


def link_fragment(fragment: str) -> str:
    """Return the end of an address that leads to the id `fragment`: `study-100%` is `#study-100%25` there.

    Browsers find the id by what was published before as well, the bare `#study-100%`.
    """
    return "#" + _NOT_IN_FRAGMENT.sub(lambda match: quote(match[0]), fragment)


def number_cards(counts: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """Return the numbers of the cards of each thing that is told, in order; `counts` says how many cards each takes.

    Numbers count what is told and not pictures: the second card of 07 is 07b, so that a text which comes to need one
    moves no other card. They sort as text up to 99.
    """
    return tuple(
        tuple(f"{place:02d}{_name_following(following)}" for following in range(count))
        for place, count in enumerate(counts, 1)
    )


def _name_following(following: int) -> str:
    if following == 0:
        return ""
    return ascii_lowercase[following] if following < len(ascii_lowercase) else f"z{following}"


def part_fragment(part: int) -> str:
    """Return the fragment of a report's part, counted from 1. No id of an item begins with '_'."""
    return f"_p{part}"


def section_fragment(part: int, section: int) -> str:
    """Return the fragment of a part's section, both counted from 1."""
    return f"_s{part}-{section}"
