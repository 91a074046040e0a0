"""Charts as plain geometry: no library runs in the reader's browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_WIDTH, _HEIGHT, _GAP_SHARE = 240, 64, 0.28


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar, in the chart's units; `height` 0 stands for a number that was withheld."""

    label: str
    x: float
    y: float
    width: float
    height: float
    newest: bool


@dataclass(frozen=True, slots=True)
class BarChartView:
    """Bars from a zero line, oldest first. `width` and `height` are the viewBox."""

    width: int
    height: int
    bars: tuple[BarView, ...]


def view_bars(values: Sequence[tuple[str, Decimal | None]]) -> BarChartView:
    """Return bars for (label, value), scaled so that the largest is as high as the chart."""
    largest = max((float(value) for _, value in values if value is not None), default=0.0) or 1.0
    # At least six places: two bars of two years stay slim.
    step = _WIDTH / max(len(values), 6)
    width = round(step * (1 - _GAP_SHARE), 2)
    bars = []
    for index, (label, value) in enumerate(values):
        height = 0.0 if value is None else max(round(float(value) / largest * _HEIGHT, 2), 1.0 if value else 0.0)
        x, y = round(index * step, 2), round(_HEIGHT - height, 2)
        bars.append(BarView(label, x, y, width, height, index == len(values) - 1))
    return BarChartView(_WIDTH, _HEIGHT, tuple(bars))
