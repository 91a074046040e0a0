"""The report model: frozen, extra fields forbidden, no I/O."""

from nianbao.model.period import Kind, Period, parse_period
from nianbao.model.register import District, Indicator
from nianbao.model.report import Figure, Item, Part, Report, ReviewEntry, Revision, Role, Section, Source

__all__ = [
    "District",
    "Figure",
    "Indicator",
    "Item",
    "Kind",
    "Part",
    "Period",
    "Report",
    "ReviewEntry",
    "Revision",
    "Role",
    "Section",
    "Source",
    "parse_period",
]
