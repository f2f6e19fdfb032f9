"""Types of requests, where pydantic alone would take more than the description says."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_as_a_day(value: object) -> object:
    # Pydantic reads numbers as seconds since 1970: a mistyped day would be taken for one long past.
    if isinstance(value, int | float) or (isinstance(value, str) and not WRITTEN_DAY.fullmatch(value)):
        raise PydanticCustomError("day-format", "Write a day as YYYY-MM-DD.")
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
"""A calendar day in a request, written YYYY-MM-DD and in no other way."""

Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
"""A moment in a request, with its offset. At the ends of Python's calendar it could not be told in another offset."""
