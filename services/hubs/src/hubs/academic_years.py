"""Academic years of England's schools: from 1 September to 31 August, written `2026-27`."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

FIRST_MONTH = 9
PATTERN = r"^20[0-9]{2}-[0-9]{2}$"
AcademicYear = Annotated[str, StringConstraints(pattern=PATTERN)]


def academic_year_of(on: date) -> str:
    """The academic year that includes a day."""
    return _written(on.year if on.month >= FIRST_MONTH else on.year - 1)


def year_before(year: str) -> str:
    """The academic year before."""
    return _written(int(year[:4]) - 1)


def days_of(year: str) -> tuple[date, date]:
    """First and last day of an academic year; ValueError when the two halves of the text are not a year apart."""
    first = int(year[:4])
    if _written(first) != year:
        raise ValueError(f"{year} is not an academic year such as 2026-27")
    return date(first, FIRST_MONTH, 1), date(first + 1, FIRST_MONTH - 1, 31)


def _written(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"
