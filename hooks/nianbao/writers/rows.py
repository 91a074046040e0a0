"""What pages list by the hundreds, as HTML: reports with their key figures, numbers, links.

Written here and not in templates, as in `inline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from nianbao.editions.edition import Link
from nianbao.editions.numbers import ShownNumber
from nianbao.views.page.common import KeyFigureView, ReportRowView
from nianbao.writers.inline import escape_text, write_label


def write_number(number: ShownNumber) -> Markup:
    """Return a number and, set smaller, its unit; or that it is withheld."""
    return Markup(_number(number))


def write_keys(keys: Sequence[KeyFigureView], root: str) -> Markup:
    """Return figures shown large, each the link to its sentence; `root` is the way to the site's root."""
    return Markup(_keys(keys, root))


def write_report_rows(reports: Iterable[ReportRowView], root: str, heading: str, *, by_district: bool = True) -> Markup:
    """Return reports in a list, each called by its district under a `heading` (h3), or else by its year."""
    root = escape_text(root)
    return Markup("".join(_report_row(report, root, heading, by_district=by_district) for report in reports))


def write_links(links: Iterable[Link], root: str) -> Markup:
    """Return a list of links; the one without a path is the page itself."""
    root = escape_text(root)
    return Markup(
        "".join(
            f'<li><span aria-current="page">{escape_text(link.text)}</span></li>\n'
            if link.site_path is None
            else f'<li><a href="{root}{escape_text(link.site_path)}">{escape_text(link.text)}</a></li>\n'
            for link in links
        )
    )


def _number(number: ShownNumber) -> str:
    shown = escape_text(number.number)
    if number.withheld:
        return f'<span class="withheld" title="{escape_text(number.sense)}">{shown}</span>'
    if number.machine_value:
        shown = f'<data value="{number.machine_value}">{shown}</data>'
    return f"{shown}<small>{escape_text(number.unit)}</small>"


def _keys(keys: Sequence[KeyFigureView], root: str) -> str:
    entries = "".join(
        f'<li><a href="{"" if key.link.startswith("#") else root}{escape_text(key.link)}">'
        f"<b>{_number(key.number)}</b><span>{write_label(key.label)}</span></a></li>"
        for key in keys
    )
    return f'<ul class="keys keys-{len(keys)}">{entries}</ul>'


def _report_row(report: ReportRowView, root: str, heading: str, *, by_district: bool) -> str:
    name = escape_text(report.district_name) if by_district else f'<span class="year">{report.year}</span>'
    if report.span_name and not by_district:
        name += f" {report.span_name}"
    tag = f'<span class="tag tag-{report.kind}">{report.kind_name}</span>' if report.kind != "annual" else ""
    tag += '<span class="tag tag-draft">草稿</span>' if report.is_draft else ""
    return (
        f'<li class="row" data-kind="{report.kind}">\n<div class="row-head">'
        f'<{heading}><a href="{root}{escape_text(report.site_path)}">{name}</a></{heading}>'
        f"{tag}\n<p>{write_label(report.title)}</p>\n</div>\n{_keys(report.keys, root) if report.keys else ''}</li>\n"
    )
