"""Runs as meetings in a calendar; no database here."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from chassis.clock import ENGLAND
from contracts.hubs import DeliveryMode
from contracts.messages import Meeting
from hubs.courses.models import RunStatus

UID_DOMAIN = "ncce.example.org"
"""Part of what names a meeting for good, wherever the platform is reached."""
OFF: frozenset[RunStatus] = frozenset({"postponed", "cancelled"})
"""States in which a run is not held on the dates it has."""


class Span(Protocol):
    """Something that begins and ends."""

    @property
    def starts_at(self) -> datetime:
        """The first moment."""

    @property
    def ends_at(self) -> datetime:
        """The last moment."""


def meetings_of(run_id: UUID, run: Span, sessions: Sequence[Span]) -> tuple[Meeting, ...]:
    """The run's sessions in their order, or the run itself where none are known.

    A meeting is named by the run and its number in it: whatever takes the place of the first session is the first.
    """
    spans = sessions or [run]
    return tuple(
        Meeting(
            uid=f"{run_id}-{number}@{UID_DOMAIN}",
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            is_whole_days=not sessions and _tells_days_only(span),
            takes_time=bool(sessions) or _is_within_a_day(span),
        )
        for number, span in enumerate(spans, start=1)
    )


def _tells_days_only(span: Span) -> bool:
    return all(at.astimezone(ENGLAND).time() == time() for at in (span.starts_at, span.ends_at))


def _is_within_a_day(span: Span) -> bool:
    return span.starts_at.astimezone(ENGLAND).date() == span.ends_at.astimezone(ENGLAND).date()


def is_online(mode: DeliveryMode, status: RunStatus) -> bool:
    """Whether one joins from anywhere."""
    return mode != "face_to_face" or status == "moved_online"


def place_of(venue: str | None, town: str | None, postcode: str | None) -> str | None:
    """Where to go, on one line; None when the hub has not said."""
    return ", ".join(part for part in (venue, town, postcode) if part) or None


def sequence_of(version: int, turns: int) -> int:
    """The number of a meeting's present form for somebody: grows with each edit of the run, and with each turn.

    A turn is a booking of theirs that was confirmed, or one that was cancelled.
    """
    return version - 1 + turns


def latest(*moments: datetime | None) -> datetime:
    """The last of those that there are."""
    return max(moment for moment in moments if moment is not None)


def reminder_day(now: datetime, hour: int) -> date:
    """The day whose reminders are to be sent: today from that hour on, by England's clocks; yesterday before."""
    local = now.astimezone(ENGLAND)
    return local.date() if local.hour >= hour else local.date() - timedelta(days=1)
