"""Which plan items of earlier reports later ones say they delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.facts.summary import ItemFact, ReportSummary, order_key
from nianbao.model import Role


@dataclass(frozen=True, slots=True)
class Pledge:
    """A plan item and the later items that deliver it, oldest first; empty when no report tells of it."""

    report: ReportSummary
    item: ItemFact
    kept_by: tuple[tuple[ReportSummary, ItemFact], ...]


def derive_pledges(summaries: Iterable[ReportSummary]) -> tuple[Pledge, ...]:
    """Return every plan item of one district's reports, oldest report first."""
    ordered = sorted(summaries, key=order_key)
    deliveries: dict[tuple[str, str], list[tuple[ReportSummary, ItemFact]]] = {}
    for summary in ordered:
        for item in summary.linked_items:
            if item.fulfils:
                deliveries.setdefault(item.fulfils, []).append((summary, item))
    return tuple(
        Pledge(summary, item, tuple(deliveries.get((summary.stem, item.id), ())))
        for summary in ordered
        for item in summary.linked_items
        if item.role is Role.PLAN
    )
