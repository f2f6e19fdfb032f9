"""How a message is worded: values for its template, times as England's clocks have them."""

from datetime import datetime, timedelta

from chassis.calendars import Entry, Party, invitation, one_line
from chassis.clock import ENGLAND
from contracts.messages import InvitationMethod, Meeting, MessageRequested
from identity.mail.models import CalendarPart

OPTIONAL: dict[str, str] = {
    "booking_reminder": "Reminders before a course begins",
    "booking_waiting": "A receipt when you join a waiting list",
    "space_digest": "What is new in the spaces of your groups, once a day at most",
}
"""What one may do without. Everything else says that a place or a course is not as it was."""
KEPT_FOR = timedelta(days=90)
"""How long a message waits at most for somebody to have an account."""

PLACES_SHOWN = {"online": "Online", "unknown": "See the course's page"}
DAY = "%A %-d %B %Y"
TIME = "%H:%M"


def values_of(event: MessageRequested, given_name: str, public_url: str) -> dict[str, object]:
    """What the templates may say. Every text is on one line, whatever was typed where it comes from."""
    return {
        "given_name": one_line(given_name),
        "title": one_line(event.title),
        "hub": one_line(event.hub_name),
        "place": place_of(event),
        "link": one_line(event.joining_link) if event.joining_link else None,
        "meetings": [spoken(meeting) for meeting in event.meetings],
        "withdrawn": [spoken(meeting) for meeting in event.withdrawn],
        "changes": event.changes,
        "reason": one_line(event.reason) if event.reason else None,
        "cause": event.cause,
        "is_postponed": event.is_postponed,
        "expires_at": moment(event.expires_at) if event.expires_at else None,
        "days_before": event.days_before,
        "is_invitation": event.method == "REQUEST",
        "booking_id": event.booking_id,
        "public_url": public_url,
    }


def place_of(event: MessageRequested) -> str:
    """Where to go, in words."""
    if event.is_online:
        return PLACES_SHOWN["online"]
    return one_line(event.place) if event.place else PLACES_SHOWN["unknown"]


def moment(at: datetime) -> str:
    """A moment as people write it."""
    local = at.astimezone(ENGLAND)
    return local.strftime(f"{DAY}, {TIME}")


def spoken(meeting: Meeting) -> str:
    """A meeting's time as people write it."""
    starts, ends = meeting.starts_at.astimezone(ENGLAND), meeting.ends_at.astimezone(ENGLAND)
    form = DAY if meeting.is_whole_days else f"{DAY}, {TIME}"
    if starts.date() != ends.date():
        return f"{starts.strftime(form)} to {ends.strftime(form)}"
    return starts.strftime(form) + ("" if meeting.is_whole_days else f" to {ends.strftime(TIME)}")


def calendar_parts(event: MessageRequested, asked_at: datetime, sender: str, guest: Party) -> list[CalendarPart]:
    """One invitation or cancellation for each meeting: a method may speak of one UID only (RFC 5546)."""
    if event.method is None:
        return []
    organiser = Party(event.hub_name, sender)
    told: list[tuple[InvitationMethod, Meeting]] = [(event.method, meeting) for meeting in event.meetings]
    told += [("CANCEL", meeting) for meeting in event.withdrawn]
    return [
        {"method": method, "content": invitation(method, _entry(event, meeting, method, asked_at), organiser, guest)}
        for method, meeting in told
    ]


def _entry(event: MessageRequested, meeting: Meeting, method: InvitationMethod, asked_at: datetime) -> Entry:
    return Entry(
        uid=one_line(meeting.uid),
        sequence=event.sequence,
        changed_at=asked_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        is_whole_days=meeting.is_whole_days,
        takes_time=meeting.takes_time,
        title=event.title,
        status="CANCELLED" if method == "CANCEL" else "CONFIRMED",
        place=place_of(event),
        link=event.joining_link,
        notes=f"Join here: {event.joining_link}" if event.joining_link else None,
    )
