"""How telling a figure is: the one ranking by which pages, cards and articles choose what they show large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_PEOPLE = frozenset(["人", "名", "位", "人次"])
_MONEY = frozenset(["元", "美元", "欧元", "港元", "日元", "英镑"])
_SHARES = frozenset(["%", "‰"])
_LEAST_TELLING = 10
_COMPARABLE, _PEOPLE_OR_MONEY, _SHARE = 1.5, 1.0, 0.5


class Weighed(Protocol):
    """Anything that carries a figure's salience."""

    @property
    def salience(self) -> float:
        """What `weigh` gave."""


_Weighed = TypeVar("_Weighed", bound=Weighed)


def weigh(value: float | None, unit: str, *, is_comparable: bool) -> float:
    """Return how telling a figure is, in orders of magnitude; below 0 when its digits are withheld.

    People and money weigh ten times what things do, and what other years tell too (an indicator) thirty times.
    """
    if value is None:
        return -1.0
    size = math.log10(1 + abs(value))
    unit_weight = _PEOPLE_OR_MONEY if unit in _PEOPLE or unit in _MONEY else _SHARE if unit in _SHARES else 0.0
    return size + unit_weight + (_COMPARABLE if is_comparable else 0.0)


def is_telling(value: float | None, unit: str) -> bool:
    """Return whether a figure bears being set large: ten or more, an amount of money or a share."""
    return value is not None and (abs(value) >= _LEAST_TELLING or unit in _MONEY or unit in _SHARES)


def pick_most_telling(figures: Sequence[_Weighed], count: int) -> tuple[_Weighed, ...]:
    """Return the `count` most telling figures in their order; of equals the first."""
    ranked = sorted(range(len(figures)), key=lambda at: -figures[at].salience)
    return tuple(figures[at] for at in sorted(ranked[:count]))


def rank(figures: Iterable[_Weighed]) -> list[_Weighed]:
    """Return the figures, the most telling first."""
    return sorted(figures, key=lambda figure: -figure.salience)
