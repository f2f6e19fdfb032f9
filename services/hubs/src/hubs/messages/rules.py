"""What a change of a run is called, and for whom it is news; no database here."""

from contracts.messages import InvitationMethod, Meeting, MessageKind, RunChange
from hubs.bookings.models import Booking
from hubs.calendars.rules import OFF
from hubs.messages.queries import RunFacts

WITH_INVITATION: frozenset[MessageKind] = frozenset(
    {"booking_confirmed", "booking_cancelled", "run_changed", "run_cancelled"}
)


def changes_between(before: RunFacts, after: RunFacts) -> tuple[RunChange, ...]:
    """What those with a place or a turn should hear of; empty when it makes no difference to them."""
    moved = after.status != before.status
    found: dict[RunChange, bool] = {
        "postponed": moved and after.status == "postponed",
        "moved_online": moved and after.status == "moved_online",
        "goes_ahead": before.status == "postponed" and after.status == "open",
        "dates": _times(before.meetings) != _times(after.meetings),
        "place": before.place != after.place and not after.is_online,
        "joining_link": before.joining_link != after.joining_link,
    }
    return tuple(change for change, is_so in found.items() if is_so)


def _times(meetings: tuple[Meeting, ...]) -> list[tuple[object, object]]:
    return [(meeting.starts_at, meeting.ends_at) for meeting in meetings]


def withdrawn_between(before: RunFacts, after: RunFacts) -> tuple[Meeting, ...]:
    """Meetings that no longer are."""
    still = {meeting.uid for meeting in after.meetings}
    return tuple(meeting for meeting in before.meetings if meeting.uid not in still)


def method_for(kind: MessageKind, booking: Booking, facts: RunFacts) -> InvitationMethod | None:
    """What the person's calendar is to do: it holds the meetings of places that are or were confirmed."""
    if kind not in WITH_INVITATION or booking.confirmed_at is None:
        return None
    return "CANCEL" if booking.status == "cancelled" or facts.status in OFF else "REQUEST"
