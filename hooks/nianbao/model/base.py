"""What every model has in common."""

import datetime
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$"), Field(max_length=64)]
Day = Annotated[datetime.date, BeforeValidator(_read_day)]
