"""Registers on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hubs.bookings.models import BookingStatus
from hubs.completion_rules.models import Credit, RuleScope
from hubs.registers.models import Basis, Origin, Outcome, Presence, StatedOutcome

MOST_HOURS = 60
"""Above any course of the catalogue; a slip of the finger is refused."""
MOST_ENTRIES = 500
MOST_MINUTES = 600
"""Of a session, as it is planned."""
A_BOOKING = "01920000-0000-7000-8000-000000000000"

Reason = Annotated[str, StringConstraints(min_length=5, max_length=300)]


class EntryIn(BaseModel):
    """How the whole run turned out for one booking."""

    model_config = ConfigDict(extra="forbid")

    booking_id: UUID
    outcome: StatedOutcome
    hours: Decimal | None = Field(
        default=None,
        gt=0,
        le=MOST_HOURS,
        decimal_places=2,
        description="Hours attended, of a run without sessions only; the course's when left out",
    )


class RegisterIn(BaseModel):
    """Outcomes of the whole run; bookings left out keep theirs. Of a run with sessions: the same of each session."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"entries": [{"booking_id": A_BOOKING, "outcome": "attended"}]}]},
    )

    entries: list[EntryIn] = Field(min_length=1, max_length=MOST_ENTRIES)
    early: bool = Field(default=False, description="Mark before the run begins; the hub's lead only, with a reason")
    reason: Reason | None = Field(default=None, description="Why it is marked early, or why it is corrected")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.early and self.reason is None:
            raise ValueError("early marking needs a reason")
        if len({entry.booking_id for entry in self.entries}) < len(self.entries):
            raise ValueError("a booking is named more than once")
        return self


class SessionEntryIn(BaseModel):
    """How one booking's holder was at a session."""

    model_config = ConfigDict(extra="forbid")

    booking_id: UUID
    presence: Presence
    arrived_at: AwareDatetime | None = Field(default=None, description="When later than the session began")
    left_at: AwareDatetime | None = Field(default=None, description="When sooner than the session ended")
    minutes: int | None = Field(
        default=None,
        gt=0,
        le=MOST_MINUTES,
        description="Of learning; when left out the planned ones, less those before arriving and after leaving",
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        stated = (self.arrived_at, self.left_at, self.minutes)
        if self.presence != "present" and any(one is not None for one in stated):
            raise ValueError("only who was present arrived, left, and has minutes")
        return self


class SessionMarksIn(BaseModel):
    """Marks of one session; bookings left out keep theirs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"entries": [{"booking_id": A_BOOKING, "presence": "present", "minutes": 60}]}]
        },
    )

    entries: list[SessionEntryIn] = Field(min_length=1, max_length=MOST_ENTRIES)
    early: bool = Field(default=False, description="Mark before the session's day; the hub's lead only, with a reason")
    reason: Reason | None = Field(default=None, description="Why it is marked early, or why it is corrected")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.early and self.reason is None:
            raise ValueError("early marking needs a reason")
        if len({entry.booking_id for entry in self.entries}) < len(self.entries):
            raise ValueError("a booking is named more than once")
        return self


class ClosureIn(BaseModel):
    """How to close a run."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"unmarked_are_absent": True}]})

    unmarked_are_absent: bool = Field(
        default=False,
        description="Who is not marked was absent; when false, closing is refused while a mark is missing",
    )


class CodeIn(BaseModel):
    """How long the code is to be good for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"valid_for_minutes": 30}]})

    valid_for_minutes: int = Field(default=30, ge=5, le=120, description="Never beyond the end of the session")


class CodeOut(BaseModel):
    """A code, shown this once. The one before it is good no longer."""

    session_id: UUID
    code: str = Field(examples=["K7MQ-2XPD"])
    opened_at: datetime
    expires_at: datetime


class SignInWithCode(BaseModel):
    """The code that the hub shows at the session."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": "K7MQ-2XPD"}]})

    code: str = Field(min_length=4, max_length=20, description="Capitals, hyphens and spaces make no difference")


class MarkOut(BaseModel):
    """How somebody was at a session."""

    session_id: UUID
    ordinal: int
    presence: Presence | Literal["pending"]
    minutes_planned: int
    minutes: int | None = Field(description="Of learning; null until marked")
    arrived_at: datetime | None
    left_at: datetime | None
    minutes_late: int
    minutes_left_early: int
    origin: Origin | None = Field(description="Who says so")


class SignedIn(MarkOut):
    """The session that was signed in to."""

    booking_id: UUID


class EntryOut(BaseModel):
    """A booking and its outcome so far."""

    booking_id: UUID
    teacher_id: UUID
    school_urn: str
    booking_status: BookingStatus
    outcome: Outcome | Literal["pending"] = Field(description="As settled; pending until the run is closed or marked")
    hours: Decimal | None = Field(description="Hours it counts for")
    basis: Basis | None = Field(description="Whether the outcome was stated or follows from the sessions")
    minutes_planned: int | None
    minutes_attended: int | None
    is_met: bool | None = Field(description="The rule, by the marks so far; null while it can go either way")
    explanation: str | None = Field(description="Why the rule is met or not")
    sessions: list[MarkOut]


class RegisterSessionOut(BaseModel):
    """A session, and how much of it is marked."""

    id: UUID
    ordinal: int
    starts_at: datetime
    ends_at: datetime
    minutes: int
    marked: int
    unmarked: int


class RuleOut(BaseModel):
    """What the run is judged by."""

    id: UUID
    scope: RuleScope
    applies_to: str
    version: int
    minimum_percent: Decimal
    credit: Credit


class RegisterOut(BaseModel):
    """The register of a run."""

    course_run_id: UUID
    course_code: str
    title: str
    hours: Decimal | None = Field(description="What attending counts for, unless an entry says less")
    starts_on: date
    ends_on: date
    closed_at: datetime | None
    rule: RuleOut | None = Field(description="Null for a run without sessions: its outcomes are stated")
    sessions: list[RegisterSessionOut]
    entries: list[EntryOut]


class ClosureOut(BaseModel):
    """What a closed run came to."""

    course_run_id: UUID
    closed_at: datetime
    closed_by: UUID
    attended: int
    incomplete: int
    no_show: int
    hours_credited: Decimal = Field(description="Of all together")


class RegisterFilter(BaseModel):
    """Which registers to list."""

    status: Literal["open", "due", "overdue", "closed"] | None = Field(
        default=None, description="due: over, to be closed; overdue: over for more than a week"
    )
    hub_id: UUID | None = None


class RegisterListed(BaseModel):
    """A register that there is something to do with, or was."""

    course_run_id: UUID
    course_code: str
    title: str
    hub_id: UUID
    starts_on: date
    ends_on: date
    ends_at: datetime
    status: Literal["open", "due", "overdue", "closed"]
    closed_at: datetime | None
    people: int = Field(description="Bookings on the register")
    settled: int = Field(description="Those whose outcome is settled")


class DecisionFilter(BaseModel):
    """Whose decisions to list."""

    booking_id: UUID | None = None


class DecisionOut(BaseModel):
    """How an outcome was decided. Revision 1 is the first; each correction adds one."""

    id: UUID
    booking_id: UUID
    revision: int
    outcome: Outcome
    hours: Decimal | None
    basis: Basis
    rule_id: UUID | None
    inputs: dict[str, object] = Field(description="Everything the rule looked at")
    explanation: str
    reason: str | None
    decided_at: datetime
    decided_by: UUID | None
