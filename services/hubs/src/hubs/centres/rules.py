"""What follows what in a centre's life, and whether it is open at a time. No database here."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import get_args

from chassis.clock import ENGLAND
from hubs.centres.models import CentreStatus, Weekday

STEPS: Mapping[CentreStatus, frozenset[CentreStatus]] = {
    "planned": frozenset({"open", "closed"}),
    "open": frozenset({"closed"}),
    "closed": frozenset(),
}
"""A centre that was closed does not open again; a new one is kept."""
LONGEST_AHEAD = timedelta(days=400)
"""How far ahead a space is booked: a school year and a little."""
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def is_open_at(hours: Sequence[Mapping[str, str]], starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the whole time lies within one day's opening hours, by the clocks of England."""
    starts, ends = starts_at.astimezone(ENGLAND), ends_at.astimezone(ENGLAND)
    if starts.date() != ends.date():
        return False
    weekday = WEEKDAYS[starts.weekday()]
    return any(
        day["weekday"] == weekday and day["opens"] <= f"{starts:%H:%M}" and _until_minute(ends) <= day["closes"]
        for day in hours
    )


def _until_minute(ends: datetime) -> str:
    """The minute by which something has ended: 10:00:01 ends by 10:01."""
    whole = ends if not (ends.second or ends.microsecond) else ends + timedelta(minutes=1)
    return f"{whole:%H:%M}"
