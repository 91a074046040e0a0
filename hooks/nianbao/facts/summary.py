"""The little of a report that other pages need: its title, key figures, indicators, plans and pledges.

All are named tuples: a report has hundreds, a frozen dataclass takes four times as long to make, and as JSON they are
half as long.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pydantic import TypeAdapter

from nianbao.facts.salience import pick_most_telling, weigh
from nianbao.model import Figure, Item, Kind, Period, Report, Role, parse_period
from nianbao.model.fragments import figure_fragments, figure_names
from nianbao.text.numerals import Qualifier
from nianbao.text.table_cells import is_bare

HIGHLIGHT_COUNT = 4


class FigureFact(NamedTuple):
    """A figure and where it stands. `value` is None when its digits are withheld; `upper` ends a range.

    `start` and `end` are where the quantity itself stands in the quote, without the words that only place it;
    `fragments` are what leads to it in its report's page, the lasting one first. `cell` is its place in the item's
    table, `counted_in` the unit that the table tells and the cell does not.
    """

    item_id: str
    id: str | None
    fragments: tuple[str, ...]
    quote: str
    label: str
    unit: str
    qualifier: Qualifier
    value: Decimal | None
    upper: Decimal | None
    indicator: str | None
    start: int
    end: int
    cell: tuple[int, int] | None = None
    counted_in: str = ""

    @property
    def fragment(self) -> str:
        """The lasting fragment of the figure."""
        return self.fragments[0]

    @property
    def salience(self) -> float:
        """How telling it is."""
        return weigh(
            None if self.value is None else float(self.value), self.unit, is_comparable=self.indicator is not None
        )


class ItemFact(NamedTuple):
    """An item by name; `fulfils` is (stem, item id) of the plan item that it delivers."""

    id: str
    title: str
    role: Role
    fulfils: tuple[str, str] | None = None


class ReportSummary(NamedTuple):
    """One report, in short. `stem` is its file name without `.yml`."""

    district: str
    stem: str
    period: str
    kind: Kind
    title: str
    revised_on: datetime.date | None
    figure_count: int
    highlights: tuple[FigureFact, ...]
    indicators: tuple[FigureFact, ...]
    linked_items: tuple[ItemFact, ...]
    is_draft: bool = False

    @property
    def when(self) -> Period:
        """The period, parsed."""
        return parse_period(self.period)


SUMMARY_JSON: TypeAdapter[ReportSummary] = TypeAdapter(ReportSummary)


def order_key(summary: ReportSummary) -> tuple[int, int, str]:
    """Sort key: by the end of the period, the whole year after its parts, thematic ones by name."""
    return (*summary.when.sort_key, summary.stem.lower())


FiguresByItem = Mapping[str, tuple[FigureFact, ...]]


def derive_figures_by_item(report: Report) -> FiguresByItem:
    """Return the figures of every item, by the item's id."""
    return {item.id: derive_figures(item) for item in report.items}


def derive_summary(report: Report, figures: FiguresByItem, *, district: str, stem: str) -> ReportSummary:
    """Return what other pages need of `report`, whose figures are `figures`."""
    placed = [(role, fact) for role, item in _items_by_role(report) for fact in figures[item.id]]
    facts = [fact for _, fact in placed]
    results = [fact for role, fact in placed if role is Role.RESULTS]
    return ReportSummary(
        district=district,
        stem=stem,
        period=report.period,
        kind=report.kind,
        title=report.title,
        revised_on=max((revision.date for revision in report.revisions), default=None),
        figure_count=len(facts),
        highlights=_name_highlights(report, figures) or _pick_highlights(results),
        indicators=tuple(fact for fact in results if fact.indicator),
        linked_items=tuple(
            ItemFact(item.id, _name_item(item), role, _split_reference(item.fulfils))
            for role, item in _items_by_role(report)
            if role is Role.PLAN or item.fulfils
        ),
        is_draft=bool(report.review),
    )


def derive_figures(item: Item) -> tuple[FigureFact, ...]:
    """Return the figures of `item`, in their order; one whose quote holds no single quantity is left out."""
    return tuple(
        FigureFact(
            item_id=item.id,
            id=figure.id,
            fragments=figure_fragments(item.id, figure),
            quote=figure.quote,
            label=figure.label,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            value=quantity.value,
            upper=quantity.upper,
            indicator=figure.indicator,
            start=quantity.start,
            end=quantity.end,
            cell=figure.cell,
            counted_in=_find_unit(item, figure),
        )
        for figure in item.figures
        if (quantity := figure.quantity) is not None
    )


def _items_by_role(report: Report) -> Iterable[tuple[Role, Item]]:
    return ((part.role, item) for part in report.parts for section in part.sections for item in section.items)


def _name_highlights(report: Report, figures: FiguresByItem) -> tuple[FigureFact, ...]:
    """The figures that the report names, by item and quote or by item and id."""
    by_name = {
        name: fact
        for item in report.items
        for figure in item.figures
        for fact in figures[item.id]
        if fact.fragments == figure_fragments(item.id, figure)
        for name in figure_names(item.id, figure)
    }
    return tuple(by_name[name] for name in report.highlights if name in by_name)


def _pick_highlights(facts: Iterable[FigureFact]) -> tuple[FigureFact, ...]:
    """The most telling figures, one an item, in the order of the text."""
    best: dict[str, FigureFact] = {}
    for fact in facts:
        if fact.value is not None and (fact.item_id not in best or fact.salience > best[fact.item_id].salience):
            best[fact.item_id] = fact
    return pick_most_telling(tuple(best.values()), HIGHLIGHT_COUNT)


def _find_unit(item: Item, figure: Figure) -> str:
    if item.table is None or figure.cell is None or not is_bare(figure.quote):
        return ""
    return item.table.find_unit(figure.cell) or figure.unit or ""


def _name_item(item: Item) -> str:
    caption = item.table.caption if item.table else None
    return item.title or _first_clause(item.text) or caption or item.id


def _first_clause(text: str) -> str:
    """The beginning of a text that has no title: up to its first stop, 24 characters at most."""
    for index, char in enumerate(text[:24]):
        if char in "，。；：！？\n":
            return text[:index]
    return text[:24] + ("…" if len(text) > 24 else "")


def _split_reference(reference: str | None) -> tuple[str, str] | None:
    if reference is None:
        return None
    stem, _, item_id = reference.partition("#")
    return stem, item_id
