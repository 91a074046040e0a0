"""What is made of reports. A new output is one file in writers/ (and a view), and one line in OUTPUTS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nianbao.artefact import Artefact, DeferredArtefact
from nianbao.editions.addresses import FIGURES_TABLE
from nianbao.errors import DataError, DataErrors
from nianbao.pipeline.subjects import DistrictSubject, ReportSubject, SiteSubject, YearSubject
from nianbao.views.data.figures import FigureRow, view_figure_rows
from nianbao.views.data.record import view_record
from nianbao.views.page.district import view_district
from nianbao.views.page.overview import view_archive
from nianbao.views.page.report import view_report
from nianbao.views.page.year import view_year
from nianbao.writers.data_files import write_csv, write_csv_rows, write_json
from nianbao.writers.pages import PageWriter
from nianbao.writers.sitemap import write_sitemap


class Scope(StrEnum):
    """What one run of an output is made of."""

    REPORT = "report"
    DISTRICT = "district"
    YEAR = "year"
    SITE = "site"


class OutputKind(StrEnum):
    """A page has an address that readers open; a file is loaded or downloaded."""

    PAGE = "page"
    FILE = "file"


Made = Iterable[Artefact | DeferredArtefact]


@dataclass(frozen=True, slots=True)
class Output:
    """One output. `make` gives its files of one subject of its scope.

    `inputs` are the names in fingerprint.INPUTS that its bytes depend on, beside its subject; program and indicators
    always count. An output of the site may have a `part`: bytes of each report, made with the reports and joined by
    `make`, so that an edit makes anew only those of its district. One that `names_pages` is given the pages of all
    outputs before it.
    """

    name: str
    scope: Scope
    kind: OutputKind
    inputs: tuple[str, ...]
    make: Callable[[Any, PageWriter], Made]
    part: Callable[[ReportSubject], bytes] | None = None
    names_pages: bool = False


_PAGE = ("templates", "shells", "site")
# What shows pictures, or says whether there are any.
_WITH_PICTURES = (*_PAGE, "outputs", "drawing")


def _report_page(subject: ReportSubject, writer: PageWriter) -> Made:
    yield writer.write_page("report", view_report(subject.edition, subject.pack))


# The cards' modules take a tenth of a second to load: only a build that makes cards does.
def _card_wall(subject: ReportSubject, writer: PageWriter) -> Made:
    if subject.pack:
        from nianbao.views.page.cards import view_card_wall  # noqa: PLC0415

        yield writer.write_page("cards", view_card_wall(subject.edition, subject.pack))


def _card_pages(subject: ReportSubject, writer: PageWriter) -> Made:
    if subject.pack:
        from nianbao.views.page.cards import view_card_pages  # noqa: PLC0415

        # Not listed: there are fifty a report, and the wall leads to them.
        for view in view_card_pages(subject.edition, subject.pack):
            yield writer.write_page("card", view, listed=False)


def _pictures(subject: ReportSubject, _writer: PageWriter) -> Made:
    if not subject.pack:
        return ()
    from nianbao.pipeline.pictures import make_pictures  # noqa: PLC0415

    return make_pictures(subject.pack, subject.edition)


def _photos(subject: ReportSubject, _writer: PageWriter) -> Made:
    for part in subject.edition.parts:
        for item in part.items:
            if item.photo:
                from nianbao.writers.photos import write_photo_file  # noqa: PLC0415 - Pillow, where there are photos

                yield from write_photo_file(item.photo, subject.photo_paths[item.id])


def _record(subject: ReportSubject, _writer: PageWriter) -> Made:
    yield write_json(subject.edition.address.record, view_record(subject.edition, site_url=subject.site.url))


def _district_page(subject: DistrictSubject, writer: PageWriter) -> Made:
    yield writer.write_page("district", view_district(subject.district, subject.summaries, subject.indicators))


def _year_page(subject: YearSubject, writer: PageWriter) -> Made:
    view = view_year(
        subject.year,
        subject.summaries,
        districts=subject.districts,
        indicators=subject.indicators,
        years=subject.years,
    )
    yield writer.write_page("year", view)


def _archive_page(subject: SiteSubject, writer: PageWriter) -> Made:
    yield writer.write_page("archive", view_archive(subject.summaries, subject.districts))


def _figures_of_report(subject: ReportSubject) -> bytes:
    return write_csv_rows(view_figure_rows(subject.edition, site_url=subject.site.url))


def _figures_table(subject: SiteSubject, _writer: PageWriter) -> Made:
    yield write_csv(FIGURES_TABLE, FigureRow._fields, subject.parts)


def _sitemap(subject: SiteSubject, _writer: PageWriter) -> Iterator[Artefact]:
    if subject.site.url:
        yield write_sitemap(subject.site.url, subject.page_paths)


# In this order; the sitemap names the pages of all before it.
OUTPUTS: tuple[Output, ...] = (
    Output("report", Scope.REPORT, OutputKind.PAGE, _WITH_PICTURES, _report_page),
    Output("card-wall", Scope.REPORT, OutputKind.PAGE, _WITH_PICTURES, _card_wall),
    Output("card-pages", Scope.REPORT, OutputKind.PAGE, _WITH_PICTURES, _card_pages),
    Output("pictures", Scope.REPORT, OutputKind.FILE, ("site", "outputs", "drawing"), _pictures),
    Output("photos", Scope.REPORT, OutputKind.FILE, (), _photos),
    Output("report.json", Scope.REPORT, OutputKind.FILE, ("site",), _record),
    Output("district", Scope.DISTRICT, OutputKind.PAGE, _PAGE, _district_page),
    Output("year", Scope.YEAR, OutputKind.PAGE, _PAGE, _year_page),
    Output("archive", Scope.SITE, OutputKind.PAGE, _PAGE, _archive_page),
    Output("figures.csv", Scope.SITE, OutputKind.FILE, ("site",), _figures_table, part=_figures_of_report),
    Output("sitemap", Scope.SITE, OutputKind.FILE, ("site",), _sitemap, names_pages=True),
)
_OF_CARDS = frozenset({"card-wall", "card-pages", "pictures"})
# Pages link to pages and show pictures and photos; nothing needs these.
OPTIONAL_OUTPUTS = tuple(
    output.name for output in OUTPUTS if output.kind is OutputKind.FILE and output.name not in {*_OF_CARDS, "photos"}
)


def choose_outputs(*, leave_out: Sequence[str], cards: bool) -> tuple[Output, ...]:
    """Return the outputs that a build makes. Raises: DataErrors for a name in `leave_out` that is no optional one's."""
    unknown = [name for name in leave_out if name not in OPTIONAL_OUTPUTS]
    if unknown:
        known = "、".join(OPTIONAL_OUTPUTS)
        raise DataErrors(
            DataError("mkdocs.yml", 0, "extra.nianbao.leave_out", f"没有可以不生成的“{name}”", f"可写的有：{known}")
            for name in unknown
        )
    left_out = {*leave_out, *(() if cards else _OF_CARDS)}
    return tuple(output for output in OUTPUTS if output.name not in left_out)
