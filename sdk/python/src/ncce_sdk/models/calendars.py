"""Bodies and answers of calendars. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.transport import Model


class CalendarFeedOut(Model):
    """A link to the caller's calendar, without its secret."""

    created_at: dt.datetime
    id: UUID
    rotated_at: dt.datetime | None


class CalendarFeedsOut(Model):
    """The caller's links, oldest first."""

    data: list[CalendarFeedOut]


class NewCalendarFeed(Model):
    """A link, shown this once."""

    created_at: dt.datetime
    id: UUID
    rotated_at: dt.datetime | None
    url: str
