"""What hubs asks identity to tell people about course runs: only identity knows where somebody can be reached."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.base import Event
from contracts.hubs import CancellationCause

MessageKind = Literal[
    "booking_confirmed",
    "booking_waiting",
    "booking_offered",
    "booking_cancelled",
    "booking_reminder",
    "run_changed",
    "run_cancelled",
]
RunChange = Literal["dates", "place", "joining_link", "postponed", "moved_online", "goes_ahead"]
InvitationMethod = Literal["REQUEST", "CANCEL"]


class Meeting(BaseModel):
    """One meeting of a run, by the name it keeps in everybody's calendar."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    uid: str
    starts_at: datetime
    ends_at: datetime
    is_whole_days: bool = False
    """Only the days count."""
    takes_time: bool = True
    """Whether somebody in it is busy: not all the way through a run of weeks of which the sessions are not known."""


class MessageRequested(Event):
    """Somebody is to be told something about a course run, by whoever knows where they can be reached."""

    subject: ClassVar[str] = "message.requested"
    aggregate: ClassVar[str] = "message"
    key: ClassVar[str] = "message_id"

    message_id: UUID
    person_id: UUID
    kind: MessageKind
    occasion: str
    """What it is about, such as `booking_confirmed:0190…`: one message per occasion, whatever the number of events."""
    useless_from_at: datetime
    """From then on it is better not sent at all."""
    booking_id: UUID
    course_run_id: UUID
    course_code: str
    title: str
    hub_name: str
    is_online: bool
    is_postponed: bool = False
    """Not on the dates it has: those of the meetings are the old ones, or new ones that are not settled."""
    place: str | None
    joining_link: str | None
    """Only in messages to those who hold a confirmed place."""
    meetings: tuple[Meeting, ...]
    withdrawn: tuple[Meeting, ...] = ()
    """Meetings that were and are no more."""
    method: InvitationMethod | None = None
    """What the person's calendar is to do with the meetings; `None` when it is no concern of theirs."""
    sequence: int
    """Of the calendar entries: the highest counts."""
    changes: tuple[RunChange, ...] = ()
    reason: str | None = None
    cause: CancellationCause | None = None
    expires_at: datetime | None = None
    """Until when an offered place is kept."""
    days_before: int | None = None
    """Of a reminder."""
