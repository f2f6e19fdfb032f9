"""Overrides on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict

from chassis.wire import Day
from funding.overrides.models import OverrideStatus

Value = Annotated[bool, Strict()] | Annotated[int, Strict()] | date | Annotated[str, Strict(), Field(max_length=100)]


class OverrideRequest(BaseModel):
    """What a fact is in truth, why it is said here, and where the proof is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "school_urn": "900001",
                    "fact": "area.category",
                    "value": 5,
                    "reason": "The list that we hold is partial and leaves the district out.",
                    "evidence": "Letter of the department, file F-2026-114",
                    "expires_on": "2027-07-31",
                }
            ]
        },
    )

    school_urn: str = Field(pattern=r"^[0-9]{6}$")
    teacher_id: UUID | None = Field(None, description="For facts about a teacher; null for all others")
    fact: str = Field(max_length=80, examples=["area.category"])
    value: Value = Field(description="A truth value, a number, a text or a day, as the fact is")
    reason: str = Field(min_length=3, max_length=1000)
    evidence: str = Field(min_length=3, max_length=1000, description="Where the proof is filed; no personal data")
    expires_on: Day = Field(description="The last day on which it holds, within a year")


class OverrideDecision(BaseModel):
    """A second person's word."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "I have seen the letter."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=3, max_length=1000)


class OverrideEnd(BaseModel):
    """Why it holds no longer."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The complete list has come."}]}
    )

    reason: str = Field(min_length=3, max_length=1000)


class OverrideOut(BaseModel):
    """An override."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    school_urn: str
    teacher_id: UUID | None
    fact: str
    value: str = Field(description="As JSON")
    reason: str
    evidence: str
    requested_by: UUID
    requested_at: datetime
    expires_on: date
    status: OverrideStatus
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    ended_at: datetime | None
