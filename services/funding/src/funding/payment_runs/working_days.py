"""Days on which banks in England work: weekdays that are no bank holiday, as far as the holidays are known."""

import csv
import importlib.resources
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England and Wales in the reference data."""
    file = importlib.resources.files("funding") / "reference" / "bank_holidays.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return frozenset(date.fromisoformat(row["on"]) for row in rows)


def is_working_day(day: date) -> bool:
    """Whether banks work on this day."""
    return day.weekday() < 5 and day not in bank_holidays()


def is_known(day: date) -> bool:
    """Whether the holidays of this day's year are known."""
    return any(holiday.year == day.year for holiday in bank_holidays())


def next_working_day(after: date) -> date:
    """The first working day after this one."""
    day = after + DAY
    while not is_working_day(day):
        day += DAY
    return day
