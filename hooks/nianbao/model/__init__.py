"""The report model: frozen, extra fields forbidden, no I/O."""

from nianbao.model.period import Kind, Period, parse_period
from nianbao.model.photo import Photo, PhotoMeasure
from nianbao.model.register import District, Indicator
from nianbao.model.report import Figure, Item, Part, Report, ReviewEntry, Revision, Role, Section, Source
from nianbao.model.table import Table

__all__ = [
    "District",
    "Figure",
    "Indicator",
    "Item",
    "Kind",
    "Part",
    "Period",
    "Photo",
    "PhotoMeasure",
    "Report",
    "ReviewEntry",
    "Revision",
    "Role",
    "Section",
    "Source",
    "Table",
    "parse_period",
]
