"""What every model has in common."""

import datetime
import re
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")


class Frozen(BaseModel):
    """A frozen model that forbids unknown fields. A text field takes a number as it is written (period: 2023)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


def _read_day(value: object) -> object:
    """Return the day written YYYY-MM-DD, and nothing looser: pydantic alone would take a number for a timestamp."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a day written YYYY-MM-DD")


def _read_number(value: object) -> object:
    """Return a number that is written plainly: Decimal alone would take 1e999999999, 5_270 and ５２７０."""
    # As the store reads them; a bool is no number. Hundreds of thousands are asked in a large build.
    if (
        type(value) is int
        or type(value) is Decimal
        or (isinstance(value, str | float) and _NUMBER.fullmatch(str(value)))
    ):
        return value
    raise PydanticCustomError("number", "not a plain decimal number")


def _one_line(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most, pattern=r"^[^\n\r]*$")


# The limits of all fields stand here, and go from here into the schema that editors read. Of the reports that they were
# chosen for, the longest title has 37 characters, the longest item 303; the most items are 28, the most figures 50.
Word = Annotated[str, _one_line(20)]
Name = Annotated[str, _one_line(60)]
Line = Annotated[str, _one_line(120)]
FigureName = Annotated[str, _one_line(200)]
FileName = Annotated[str, _one_line(255)]
Remark = Annotated[str, _one_line(1000)]
Excerpt = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$"), Field(max_length=64)]
Day = Annotated[datetime.date, BeforeValidator(_read_day)]
Number = Annotated[Decimal, BeforeValidator(_read_number)]
_Entry = TypeVar("_Entry")
Few = Annotated[tuple[_Entry, ...], Field(max_length=20)]
Some = Annotated[tuple[_Entry, ...], Field(max_length=100)]
Many = Annotated[tuple[_Entry, ...], Field(max_length=300)]
# Of a whole report, which no type of a field can say.
MOST_CHARACTERS = 200_000
MOST_ITEMS = 300
MOST_FIGURES = 1000
