"""What the API says about log entries."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from certification.moderation.rules import ReasonCode
from chassis.wire import Day

LEAST_LETTERS = 8


def _says_something(description: str) -> str:
    if sum(character.isalnum() for character in description) < LEAST_LETTERS:
        raise PydanticCustomError("description-empty", "Say in words what you did.")
    return description


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=10, max_length=4000),
    AfterValidator(_says_something),
]
Hours = Annotated[Decimal, Field(gt=0, le=1000, max_digits=6, decimal_places=2)]


class Status(StrEnum):
    """How far an entry is. In review is what a moderator has taken in hand; reversed, what was accepted in error."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class LogEntryChange(BaseModel):
    """An activity as its author tells it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "activity": "attend-a-cas-community-meeting",
                    "occurred_on": "2026-03-04",
                    "description": "Joined the spring meeting in Leeds and showed our unit on sorting networks.",
                }
            ]
        },
    )

    activity: str = Field(min_length=1, max_length=120, description="Code of a self-certifiable activity")
    occurred_on: Day
    hours: Hours | None = Field(None, description="How long it took; asked for where your scheme credits it by hours")
    description: Words = Field(description="What you did, for the moderator; name nobody else in it")


class LogEntryDraft(LogEntryChange):
    """An activity to record."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "activity": "attend-a-cas-community-meeting",
                    "occurred_on": "2026-03-04",
                    "description": "Joined the spring meeting and showed our unit on sorting networks.",
                },
                {
                    "activity": "other-community-activity",
                    "occurred_on": "2026-02-11",
                    "hours": "2.5",
                    "description": "Ran an evening for parents about passwords and games, with our pupils as guides.",
                    "as_draft": True,
                },
            ]
        },
    )

    as_draft: bool = Field(False, description="Keep it for now: evidence can be added, nobody looks at it")


class Because(StrEnum):
    """Why two entries may be one activity."""

    SAME_DAY = "same_day"
    SAME_FILE = "same_file"


class Duplicate(BaseModel):
    """Another entry that may be the same activity. It is a hint; a person decides."""

    model_config = ConfigDict(from_attributes=True)

    entry_id: UUID
    because: Because


class LogEntryOut(BaseModel):
    """An entry of the professional development log."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    teacher_id: UUID
    activity: str
    occurred_on: date
    hours: Decimal | None = None
    description: str
    status: Status
    version: int = Field(1, description="Send it as If-Match to change the entry")
    submission: int = Field(1, description="How often it has been put in; 0 for a draft")
    submitted_at: datetime = Field(description="When it was last put in; of a draft, when it was begun")
    due_at: datetime | None = Field(None, description="Until when a moderator is to decide; null when none has to")
    decided_at: datetime | None
    reason: str | None
    reason_code: ReasonCode | None = None
    is_sampled: bool = Field(True, description="False for what was accepted without a moderator looking at it")
    evidence_count: int = 0
    duplicates: list[Duplicate] = []


class EventOut(BaseModel):
    """A step in an entry's life."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    kind: str = Field(examples=["submitted"])
    actor: str = Field(description="teacher, moderator or platform", examples=["teacher"])
    submission: int
    reason_code: ReasonCode | None
    happened_at: datetime


class SubmissionOut(BaseModel):
    """What was put in, each time, and what was decided on it."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    activity: str
    occurred_on: date
    hours: Decimal | None
    description: str
    submitted_at: datetime
    outcome: str | None = Field(examples=["returned"])
    decided_at: datetime | None
    reason_code: ReasonCode | None
    reason: str | None


class History(BaseModel):
    """Everything that happened to an entry. What an earlier release did with it may be missing."""

    entry_id: UUID
    events: list[EventOut]
    submissions: list[SubmissionOut]
