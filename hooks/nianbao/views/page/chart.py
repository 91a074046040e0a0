"""Charts as plain geometry: no library runs in the reader's browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_WIDTH, _HEIGHT, _GAP_SHARE, _LEAST_HEIGHT = 240, 64, 0.28, 1.0


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar, in the chart's units, up or down from the zero line; `height` 0 stands for a withheld number."""

    label: str
    x: float
    y: float
    width: float
    height: float
    newest: bool


@dataclass(frozen=True, slots=True)
class BarChartView:
    """Bars from a zero line at `zero_y`, oldest first. `width` and `height` are the viewBox."""

    width: int
    height: int
    zero_y: float
    bars: tuple[BarView, ...]


def view_bars(values: Sequence[tuple[str, Decimal | None]]) -> BarChartView:
    """Return bars for (label, value), scaled so that the largest and the zero line, or the smallest, fill the chart."""
    known = [float(value) for _, value in values if value is not None]
    highest, lowest = max([0.0, *known]), min([0.0, *known])
    scale = _HEIGHT / ((highest - lowest) or 1.0)
    # A chart of nothing but zeros stands on its line too.
    zero_y = round(highest * scale, 2) if lowest else float(_HEIGHT)
    # At least six places: two bars of two years stay slim.
    step = _WIDTH / max(len(values), 6)
    width = round(step * (1 - _GAP_SHARE), 2)
    bars = []
    for index, (label, value) in enumerate(values):
        height = max(round(abs(float(value)) * scale, 2), _LEAST_HEIGHT) if value else 0.0
        y = zero_y if value and value < 0 else round(zero_y - height, 2)
        # The least height of a bar may not carry it over the edge.
        y = round(min(max(y, 0.0), _HEIGHT - height), 2)
        bars.append(BarView(label, round(index * step, 2), y, width, height, index == len(values) - 1))
    return BarChartView(_WIDTH, _HEIGHT, zero_y, tuple(bars))
