"""Messages that hubs asks for, and mail with invitations as a program reads it."""

from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event

from chassis import clock
from chassis.ids import new_id
from contracts.messages import Meeting, MessageRequested

STARTS_AT = datetime(2036, 10, 24, 8, 30, tzinfo=UTC)
"""Half past nine: the last Friday of summer time."""


def a_meeting(number: int = 1, days_later: int = 0) -> Meeting:
    starts_at = STARTS_AT + timedelta(days=days_later)
    return Meeting(uid=f"run-{number}@ncce.example.org", starts_at=starts_at, ends_at=starts_at + timedelta(hours=6))


def a_message(person_id: UUID, **changes: Any) -> MessageRequested:
    """That somebody's place is confirmed, unless changed."""
    booking_id = new_id()
    facts: dict[str, Any] = {
        "message_id": new_id(),
        "person_id": person_id,
        "kind": "booking_confirmed",
        "occasion": f"booking_confirmed:{booking_id}",
        "useless_from_at": clock.now() + timedelta(days=30),
        "booking_id": booking_id,
        "course_run_id": new_id(),
        "course_code": "CP008",
        "title": "Programming with robots",
        "hub_name": "Moorland",
        "is_online": False,
        "place": "Town Hall, Ashton, OL6 6NX",
        "joining_link": None,
        "meetings": (a_meeting(),),
        "method": "REQUEST",
        "sequence": 1,
    }
    return MessageRequested(**facts | changes)


def a_reminder(person_id: UUID, **changes: Any) -> MessageRequested:
    """That a course begins soon."""
    told = {"kind": "booking_reminder", "occasion": f"booking_reminder:{new_id()}", "method": None, "days_before": 7}
    return a_message(person_id, **told | changes)


def text_of(mail: Message) -> str:
    """The words of a mail."""
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def calendars_in(mail: Message) -> list[Calendar]:
    """The calendars that come with a mail, in their order; each part says its method as its content does."""
    found = []
    for part in (part for part in mail.walk() if part.get_content_type() == "text/calendar"):
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        calendar = Calendar.from_ical(content)
        assert isinstance(calendar, Calendar)
        assert part.get_param("method") == calendar["METHOD"]
        assert part.get_param("charset") == "utf-8"
        found.append(calendar)
    return found


def event_in(calendar: Calendar) -> Event:
    """The one meeting that a calendar is about."""
    [event] = calendar.events
    return event
