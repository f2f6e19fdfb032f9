"""Refusals of calendars."""

from chassis.errors import Conflict, NotFound


class CalendarNotFound(NotFound):
    """There is no such calendar, or its link was taken back."""

    code, title = "calendar-not-found", "No such calendar"


class CalendarFeedNotFound(NotFound):
    """The caller has no such link."""

    code, title = "calendar-feed-not-found", "No such link of yours"


class TooManyCalendarFeeds(Conflict):
    """The caller has as many links as anybody may have."""

    code, title = "too-many-calendar-feeds", "You have enough links"
