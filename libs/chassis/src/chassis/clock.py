"""The time. Instants are aware UTC; calendar days are England's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, aware UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in England, by which effective dates and deadlines are read."""
    return now().astimezone(ENGLAND).date()
