"""Registers on the wire."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hubs.registers.models import Outcome

MOST_HOURS = 60
"""Above any course of the catalogue; a slip of the finger is refused."""
MOST_ENTRIES = 500


class EntryIn(BaseModel):
    """How one booking turned out."""

    model_config = ConfigDict(extra="forbid")

    booking_id: UUID
    outcome: Outcome
    hours: Decimal | None = Field(
        default=None, gt=0, le=MOST_HOURS, decimal_places=2, description="Hours attended; the course's when left out"
    )


class RegisterIn(BaseModel):
    """Outcomes to mark; bookings left out keep theirs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "entries": [
                        {"booking_id": "01920000-0000-7000-8000-000000000000", "outcome": "attended", "hours": "5.5"}
                    ]
                }
            ]
        },
    )

    entries: list[EntryIn] = Field(min_length=1, max_length=MOST_ENTRIES)
    early: bool = Field(default=False, description="Mark before the run begins; the hub's lead only, with a reason")
    reason: str | None = Field(
        default=None, min_length=5, max_length=300, description="Why it is marked early, or why it is corrected"
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.early and self.reason is None:
            raise ValueError("early marking needs a reason")
        if len({entry.booking_id for entry in self.entries}) < len(self.entries):
            raise ValueError("a booking is named more than once")
        return self


class EntryOut(BaseModel):
    """A booking and its outcome so far."""

    booking_id: UUID
    teacher_id: UUID
    school_urn: str
    outcome: Outcome | Literal["pending"]
    hours: Decimal | None


class RegisterOut(BaseModel):
    """The register of a run."""

    course_run_id: UUID
    course_code: str
    title: str
    hours: Decimal | None = Field(description="What attending counts for, unless an entry says less")
    starts_on: date
    ends_on: date
    entries: list[EntryOut]
