"""The little of a report that other pages need: its title, key figures, indicators, plans and pledges."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from nianbao.model import Item, Kind, Period, Report, Role, parse_period
from nianbao.text.numerals import Qualifier

HIGHLIGHT_COUNT = 4
_PEOPLE = frozenset(["人", "名", "位", "人次"])


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A figure and where it stands. `value` is None when its digits are withheld; `upper` ends a range.

    `start` and `end` are where the quantity itself stands in the quote, without the words that only place it.
    """

    item_id: str
    quote: str
    label: str
    unit: str
    qualifier: Qualifier
    value: Decimal | None
    upper: Decimal | None
    indicator: str | None
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The fragment of the figure in its report's page; no white space, as HTML asks of an id."""
        return f"{self.item_id}-{'_'.join(self.quote.split())}"


@dataclass(frozen=True, slots=True)
class ItemFact:
    """An item by name; `fulfils` is (stem, item id) of the plan item that it delivers."""

    id: str
    title: str
    role: Role
    fulfils: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReportSummary:
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

    @property
    def when(self) -> Period:
        """The period, parsed."""
        return parse_period(self.period)

    @property
    def site_path(self) -> str:
        """The folder of the report's page: xigu/2023/, xigu/2024-h1/."""
        return f"{self.district}/{self.stem.lower()}/"


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
        highlights=_named_highlights(report, facts) or _pick_highlights(results),
        indicators=tuple(fact for fact in results if fact.indicator),
        linked_items=tuple(
            ItemFact(item.id, item.title or _first_clause(item.text), role, _split_reference(item.fulfils))
            for role, item in _items_by_role(report)
            if role is Role.PLAN or item.fulfils
        ),
    )


def derive_figures(item: Item) -> tuple[FigureFact, ...]:
    """Return the figures of `item`, in their order; one whose quote holds no single quantity is left out."""
    return tuple(
        FigureFact(
            item.id, figure.quote, figure.label, quantity.unit, quantity.qualifier, quantity.value, quantity.upper,
            figure.indicator, quantity.start, quantity.end,
        )
        for figure in item.figures
        if (quantity := figure.quantity) is not None
    )  # fmt: skip


def _items_by_role(report: Report) -> Iterable[tuple[Role, Item]]:
    return ((part.role, item) for part in report.parts for section in part.sections for item in section.items)


def _named_highlights(report: Report, facts: list[FigureFact]) -> tuple[FigureFact, ...]:
    by_name = {f"{fact.item_id}/{fact.quote}": fact for fact in facts}
    return tuple(by_name[name] for name in report.highlights if name in by_name)


def _pick_highlights(facts: list[FigureFact]) -> tuple[FigureFact, ...]:
    """The most telling figures, one an item, in the order of the text: people and money first, then size."""

    def weight(fact: FigureFact) -> float:
        size = math.log10(1 + abs(float(fact.value or 0)))
        return size + 1.5 * (fact.indicator is not None) + 1.0 * (fact.unit in _PEOPLE) + 1.0 * (fact.unit == "元")

    best: dict[str, FigureFact] = {}
    for fact in facts:
        if fact.value is not None and (fact.item_id not in best or weight(fact) > weight(best[fact.item_id])):
            best[fact.item_id] = fact
    chosen = set(sorted(best.values(), key=weight, reverse=True)[:HIGHLIGHT_COUNT])
    return tuple(fact for fact in best.values() if fact in chosen)


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
