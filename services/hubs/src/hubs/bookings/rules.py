"""The life of a booking as a table, and for whom it is; no database here."""

from datetime import datetime, timedelta
from typing import Literal, cast

from contracts.identity import Phase
from hubs.bookings.errors import BookingStateConflict
from hubs.bookings.models import BookingStatus

Action = Literal["confirm", "offer", "cancel", "expire", "attend", "fall_short", "miss", "void"]
"""To fall short is to come, and not to enough of it. What was settled is void when the whole run is called off."""

TRANSITIONS: dict[tuple[BookingStatus, Action], BookingStatus] = {
    ("held", "confirm"): "confirmed",
    ("held", "cancel"): "cancelled",
    ("held", "expire"): "expired",
    ("waiting", "offer"): "offered",
    ("waiting", "cancel"): "cancelled",
    ("waiting", "expire"): "expired",
    ("offered", "confirm"): "confirmed",
    ("offered", "cancel"): "cancelled",
    ("offered", "expire"): "expired",
    ("confirmed", "cancel"): "cancelled",
    ("confirmed", "attend"): "attended",
    ("confirmed", "fall_short"): "incomplete",
    ("confirmed", "miss"): "no_show",
    ("attended", "attend"): "attended",
    ("attended", "fall_short"): "incomplete",
    ("attended", "miss"): "no_show",
    ("incomplete", "attend"): "attended",
    ("incomplete", "fall_short"): "incomplete",
    ("incomplete", "miss"): "no_show",
    ("no_show", "attend"): "attended",
    ("no_show", "fall_short"): "incomplete",
    ("no_show", "miss"): "no_show",
    ("attended", "void"): "cancelled",
    ("incomplete", "void"): "cancelled",
    ("no_show", "void"): "cancelled",
}
"""What may be done with a booking in which state, and what it is then. Whatever is not here is refused."""


def after(status: BookingStatus, action: Action) -> BookingStatus:
    """The state that follows; BookingStateConflict when the table has none."""
    found = TRANSITIONS.get((status, action))
    if found is None:
        raise BookingStateConflict(f"The booking is {status}.", booking_status=status)
    return found


def phase_of(course_phases: list[str], teacher_phase: str | None) -> Phase:
    """The phase a booking is for: the teacher's own where the course serves it, else the course's first."""
    return cast(Phase, teacher_phase if teacher_phase in course_phases else course_phases[0])


def ends_at(now: datetime, minutes: int, starts_at: datetime) -> datetime:
    """When a hold or an offer made now ends: after so many minutes, and never after the run has begun."""
    return min(now + timedelta(minutes=minutes), starts_at)
