"""How long a course is, in hours of learning and in days of release, from what the catalogue states."""

from datetime import date, datetime, timedelta
from decimal import ROUND_UP, Decimal
from math import ceil

from contracts.hubs import DeliveryMode
from hubs.courses.models import RunStatus

HOURS_PER_DAY = Decimal(6)
"""A day of face-to-face training; the catalogue's five- and six-hour courses are its one-day courses."""
ONLINE_HOURS_PER_WEEK = Decimal(2)
MOST_STUDY_WEEKS = 4
"""Our assumption, documented in reference/README.md: two hours a week; a longer figure is a window of access."""
RELEASE_FROM_HOURS = Decimal(3)
"""Shorter live sessions are held after school and need no release."""
HALF = Decimal("0.5")
CENT = Decimal("0.01")

STATUS_CHANGES: dict[RunStatus, frozenset[RunStatus]] = {
    "draft": frozenset({"open"}),
    "open": frozenset({"postponed", "moved_online", "closed"}),
    "postponed": frozenset({"open", "moved_online", "closed"}),
    "moved_online": frozenset({"open", "postponed", "closed"}),
    "closed": frozenset({"open", "moved_online"}),
    "cancelled": frozenset(),
}
"""What an edit may make of a run. Calling one off is no edit: it has consequences for bookings, and is for good."""

WEEKS_OF_NOTICE = 3
DAYS_PER_WEEK = 7
SECONDS_PER_MINUTE = 60
MINUTES_PER_HOUR = 60


def learning_hours(value: Decimal | None, unit: str) -> Decimal | None:
    """Hours a course counts for; None when the catalogue gives no duration, or one in a unit it does not explain."""
    if value is None:
        return None
    per_unit = {"minutes": 1 / Decimal(60), "hours": Decimal(1), "days": HOURS_PER_DAY}
    if unit == "weeks":
        return ONLINE_HOURS_PER_WEEK * min(value, Decimal(MOST_STUDY_WEEKS))
    return (value * per_unit[unit]).quantize(CENT) if unit in per_unit else None


def release_days(value: Decimal | None, unit: str, mode: DeliveryMode) -> Decimal | None:
    """Days a teacher is out of school: as stated, else hours rounded up to half days; online courses need none."""
    if mode == "online":
        return Decimal(0)
    if unit == "days":
        return value
    hours = learning_hours(value, unit)
    if hours is None or hours < RELEASE_FROM_HOURS:
        return None if hours is None else Decimal(0)
    halves = (hours / HOURS_PER_DAY / HALF).quantize(Decimal(1), rounding=ROUND_UP)
    return halves * HALF


def weeks_to_shift(first_run_on: date, loaded_on: date) -> int:
    """Whole weeks by which a past calendar moves so that its first run is at least three weeks ahead.

    Whole weeks keep each run on its day of the week.
    """
    earliest = loaded_on + timedelta(weeks=WEEKS_OF_NOTICE)
    return max(0, ceil((earliest - first_run_on).days / DAYS_PER_WEEK))


def sessions_told(
    starts_at: datetime, ends_at: datetime, hours: Decimal | None, days: Decimal | None
) -> list[tuple[datetime, datetime, int]]:
    """Beginning, end and minutes of the sessions that follow from a run's first and last moment, where they do.

    They do for a run on one day, and for a course of so many days on as many days running; `days` is None for a course
    that is not stated in days. Of a run between whose days nobody said on which it meets, there are none.
    """
    span = (ends_at.date() - starts_at.date()).days + 1
    if (days is None and span > 1) or (days is not None and ceil(days) != span) or ends_at.time() <= starts_at.time():
        return []
    length = datetime.combine(starts_at.date(), ends_at.time()) - datetime.combine(starts_at.date(), starts_at.time())
    lasts = int(length.total_seconds()) // SECONDS_PER_MINUTE
    minutes = lasts if hours is None else min(lasts, int(hours * MINUTES_PER_HOUR / span))
    return [(starts_at + timedelta(days=day), starts_at + timedelta(days=day) + length, minutes) for day in range(span)]
