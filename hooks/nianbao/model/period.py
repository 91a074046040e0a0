"""The span of time that a report tells of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

PERIOD_PATTERN = r"^(19|20)[0-9]{2}(-(H[12]|Q[1-4]))?$"
_PERIOD = re.compile(PERIOD_PATTERN)
_SPAN_NAMES = {
    "": "全年", "H1": "上半年", "H2": "下半年",
    "Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度",
}  # fmt: skip
_SPAN_DAYS = {
    "": ("01-01", "12-31"), "H1": ("01-01", "06-30"), "H2": ("07-01", "12-31"),
    "Q1": ("01-01", "03-31"), "Q2": ("04-01", "06-30"), "Q3": ("07-01", "09-30"), "Q4": ("10-01", "12-31"),
}  # fmt: skip
_SPAN_ORDER = {"Q1": 1, "Q2": 2, "H1": 3, "Q3": 4, "Q4": 5, "H2": 6, "": 7}


class Kind(StrEnum):
    """What sort of report it is; only annual ones are compared and summed."""

    ANNUAL = "annual"
    INTERIM = "interim"
    THEMATIC = "thematic"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, half-year or quarter; ordered by the day it ends, and the whole year last."""

    year: int
    span: str  # "", H1, H2, Q1 … Q4

    @property
    def name(self) -> str:
        """The period in words: 2023年, 2024年上半年."""
        return f"{self.year}年{_SPAN_NAMES[self.span] if self.span else ''}"

    @property
    def span_name(self) -> str:
        """The part of the year in words: 全年, 上半年, 第三季度."""
        return _SPAN_NAMES[self.span]

    @property
    def interval(self) -> str:
        """The first and the last day, as an ISO 8601 interval: 2024-01-01/2024-06-30."""
        first, last = _SPAN_DAYS[self.span]
        return f"{self.year}-{first}/{self.year}-{last}"

    @property
    def sort_key(self) -> tuple[int, int]:
        """Later periods sort after earlier ones; a whole year after its parts."""
        return self.year, _SPAN_ORDER[self.span]

    def __str__(self) -> str:
        return f"{self.year}-{self.span}" if self.span else str(self.year)


@functools.cache
def parse_period(text: str) -> Period:
    """Return the period written as 2023, 2024-H1 or 2024-Q3. Raises: ValueError when it is written otherwise."""
    if not _PERIOD.match(text):
        raise ValueError(text)
    year, _, span = text.partition("-")
    return Period(int(year), span)
