"""Figures as rows of a table: each with its quote and the address of its sentence."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.editions.addresses import link_fragment
from nianbao.editions.edition import Edition
from nianbao.editions.runs import read_text
from nianbao.text.numerals import plain_decimal

WITHHELD = "withheld"


class FigureRow(NamedTuple):
    """One figure, each field as text; `value` and `upper` are plain decimals, "" where there is none.

    `cell` is row and column, from 1, of one that stands in its item's table: 5-2.
    """

    district: str
    district_name: str
    period: str
    kind: str
    role: str
    section: str
    item: str
    item_title: str
    figure: str
    label: str
    quote: str
    value: str
    upper: str
    unit: str
    qualifier: str
    indicator: str
    url: str
    cell: str


def view_figure_rows(edition: Edition, *, site_url: str) -> tuple[FigureRow, ...]:
    """Return the figures of an edition in the order of its text; `site_url` "" gives addresses from the root."""
    page = f"{site_url}{edition.address.page}" if site_url else f"/{edition.address.page}"
    return tuple(
        FigureRow(
            district=edition.district.slug,
            district_name=edition.district.name,
            period=str(edition.period),
            kind=edition.kind.value,
            role=part.role.value,
            section=read_text(section.title),
            item=item.id,
            item_title=read_text(item.title),
            figure=figure.fact.id or "",
            label=figure.label,
            quote=figure.quote,
            value=figure.number.machine_value,
            upper="" if figure.fact.upper is None else plain_decimal(figure.fact.upper),
            unit=figure.fact.unit,
            qualifier=WITHHELD if figure.number.withheld else figure.fact.qualifier.value,
            indicator=figure.fact.indicator or "",
            url=page + link_fragment(figure.fragment),
            cell="{}-{}".format(*figure.fact.cell) if figure.fact.cell else "",
        )
        for part in edition.parts
        for section in part.sections
        for item in section.items
        for figure in item.figures
    )
