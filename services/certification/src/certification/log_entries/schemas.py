"""What the API says about log entries."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Day

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=4000)]


class Status(StrEnum):
    """How far an entry is."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class LogEntryDraft(BaseModel):
    """An activity to record."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "activity": "attend-a-cas-community-meeting",
                    "occurred_on": "2026-03-04",
                    "description": "Joined the spring meeting and showed our unit on sorting networks.",
                }
            ]
        },
    )

    activity: str = Field(min_length=1, max_length=120, description="Code of a self-certifiable activity")
    occurred_on: Day
    description: Words = Field(description="What you did, for the moderator; name nobody else in it")


class LogEntryOut(BaseModel):
    """An entry of the professional development log."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    teacher_id: UUID
    activity: str
    occurred_on: date
    description: str
    status: Status
    submitted_at: datetime
    decided_at: datetime | None
    reason: str | None


class Decision(BaseModel):
    """A moderator's decision. A returned entry needs a reason, from which its author can do better."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "accepted", "reason": "A clear account of what was shared."},
                {"outcome": "returned", "reason": "Say which meeting it was and what your colleagues took from it."},
            ]
        },
    )

    outcome: Literal["accepted", "returned"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None

    @model_validator(mode="after")
    def _return_has_a_reason(self) -> "Decision":
        if self.outcome == "returned" and not self.reason:
            raise ValueError("a returned entry needs a reason")
        return self
