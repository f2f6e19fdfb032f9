"""Bodies and answers of registers. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class ClosureOut(Model):
    """What a closed run came to."""

    attended: int
    closed_at: dt.datetime
    closed_by: UUID
    course_run_id: UUID
    hours_credited: str
    incomplete: int
    no_show: int


class CodeIn(Model):
    """How long the code is to be good for."""

    valid_for_minutes: int | None = None


class CodeOut(Model):
    """A code, shown this once. The one before it is good no longer."""

    code: str
    expires_at: dt.datetime
    opened_at: dt.datetime
    session_id: UUID


class EntryIn(Model):
    """How the whole run turned out for one booking."""

    booking_id: UUID
    hours: Decimal | None = None
    outcome: Literal["attended", "absent"]


class MarkOut(Model):
    """How somebody was at a session."""

    arrived_at: dt.datetime | None
    left_at: dt.datetime | None
    minutes: int | None
    minutes_late: int
    minutes_left_early: int
    minutes_planned: int
    ordinal: int
    origin: str | None
    presence: str | Literal["pending"]
    session_id: UUID


class HubsRegistersSchemasDecisionOut(Model):
    """How an outcome was decided. Revision 1 is the first; each correction adds one."""

    basis: str
    booking_id: UUID
    decided_at: dt.datetime
    decided_by: UUID | None
    explanation: str
    hours: str | None
    id: UUID
    inputs: dict[str, Any]
    outcome: str
    reason: str | None
    revision: int
    rule_id: UUID | None


class PageDecisionOut(Model):
    """PageDecisionOut."""

    data: list[HubsRegistersSchemasDecisionOut]
    page: PageInfo


class RegisterListed(Model):
    """A register that there is something to do with, or was."""

    closed_at: dt.datetime | None
    course_code: str
    course_run_id: UUID
    ends_at: dt.datetime
    ends_on: dt.date
    hub_id: UUID
    people: int
    settled: int
    starts_on: dt.date
    status: str
    title: str


class PageRegisterListed(Model):
    """PageRegisterListed."""

    data: list[RegisterListed]
    page: PageInfo


class RegisterIn(Model):
    """Outcomes of the whole run; bookings left out keep theirs. Of a run with sessions: the same of each
    session.
    """

    early: bool | None = None
    entries: list[EntryIn]
    reason: str | None = None


class RegisterSessionOut(Model):
    """A session, and how much of it is marked."""

    ends_at: dt.datetime
    id: UUID
    marked: int
    minutes: int
    ordinal: int
    starts_at: dt.datetime
    unmarked: int


class RuleOut(Model):
    """What the run is judged by."""

    applies_to: str
    credit: str
    id: UUID
    minimum_percent: str
    scope: str
    version: int


class HubsRegistersSchemasEntryOut(Model):
    """A booking and its outcome so far."""

    basis: str | None
    booking_id: UUID
    booking_status: str
    explanation: str | None
    hours: str | None
    is_met: bool | None
    minutes_attended: int | None
    minutes_planned: int | None
    outcome: str | Literal["pending"]
    school_urn: str
    sessions: list[MarkOut]
    teacher_id: UUID


class RegisterOut(Model):
    """The register of a run."""

    closed_at: dt.datetime | None
    course_code: str
    course_run_id: UUID
    ends_on: dt.date
    entries: list[HubsRegistersSchemasEntryOut]
    hours: str | None
    rule: RuleOut | None
    sessions: list[RegisterSessionOut]
    starts_on: dt.date
    title: str


class SessionEntryIn(Model):
    """How one booking's holder was at a session."""

    arrived_at: dt.datetime | None = None
    booking_id: UUID
    left_at: dt.datetime | None = None
    minutes: int | None = None
    presence: Literal["present", "absent", "excused"]


class SessionMarksIn(Model):
    """Marks of one session; bookings left out keep theirs."""

    early: bool | None = None
    entries: list[SessionEntryIn]
    reason: str | None = None


class SignInWithCode(Model):
    """The code that the hub shows at the session."""

    code: str


class SignedIn(Model):
    """The session that was signed in to."""

    arrived_at: dt.datetime | None
    booking_id: UUID
    left_at: dt.datetime | None
    minutes: int | None
    minutes_late: int
    minutes_left_early: int
    minutes_planned: int
    ordinal: int
    origin: str | None
    presence: str | Literal["pending"]
    session_id: UUID


class HubsRegistersSchemasClosureIn(Model):
    """How to close a run."""

    unmarked_are_absent: bool | None = None
