"""A day in a request is written one way."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.wire import Day

DAY: TypeAdapter[date] = TypeAdapter(Day)


def test_a_written_day_is_read() -> None:
    assert DAY.validate_python("2026-11-22") == date(2026, 11, 22)
    assert DAY.validate_python(date(2026, 11, 22)) == date(2026, 11, 22)
    assert DAY.json_schema() == {"type": "string", "format": "date"}


@pytest.mark.parametrize("written", [0, 1_700_000_000, 1.5, "0", "1700000000", "2026-11-22T00:00:00", "22/11/2026", ""])
def test_what_pydantic_alone_would_guess_at_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        DAY.validate_python(written)


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01", "0000-01-01", None, True, []])
def test_no_day_of_the_calendar_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(written)
