"""Calendars. Written by `./ncce sdk`; do not edit."""

from uuid import UUID

from ncce_sdk.models.calendars import CalendarFeedsOut, NewCalendarFeed
from ncce_sdk.transport import Area, answer, segment


class CalendarsArea(Area):
    """Runs and bookings as calendar feeds."""

    def create_calendar_feed(self) -> NewCalendarFeed:
        """Make a link to the caller's calendar, for a calendar program to subscribe to. It is shown this once."""
        return answer(NewCalendarFeed, self._transport.send("POST", "/v1/calendar-feeds"))

    def get_calendar(self, secret: str) -> bytes:
        """Somebody's own courses, for the program that has the link: no sign-in. Nobody may keep a copy on the
        way.
        """
        return self._transport.send("GET", f"/v1/calendars/{segment(secret)}.ics").content

    def get_hub_calendar(self, hub: str) -> bytes:
        """A hub's listed runs."""
        return self._transport.send("GET", f"/v1/hubs/{segment(hub)}/calendar.ics").content

    def list_calendar_feeds(self) -> CalendarFeedsOut:
        """The caller's links, without what they lead by."""
        return answer(CalendarFeedsOut, self._transport.send("GET", "/v1/calendar-feeds"))

    def revoke_calendar_feed(self, feed_id: UUID) -> None:
        """Take a link back."""
        self._transport.send("DELETE", f"/v1/calendar-feeds/{segment(feed_id)}")

    def rotate_calendar_feed(self, feed_id: UUID) -> NewCalendarFeed:
        """Exchange a link for another; the one before leads nowhere from now on."""
        return answer(NewCalendarFeed, self._transport.send("POST", f"/v1/calendar-feeds/{segment(feed_id)}/rotation"))
