"""Bursaries on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from funding.bursaries.models import BursaryStatus
from funding.eligibility.rules import Outcome
from funding.policies.conditions import CriterionResult
from funding.policies.milestones import Milestone
from funding.policies.rules import AmountLine, Decision, Inputs


class BursaryApplication(BaseModel):
    """A teacher applies for the bursary of their own booking."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"booking_id": "01920000-0000-7000-8000-000000000000"}]}
    )

    booking_id: UUID


class ApprovalDecision(BaseModel):
    """What a second person decides, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"outcome": "approved", "reason": "The register of the course shows the attendance."}]
        },
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000, examples=["Checked against the register."])


class ApprovalDecisions(ApprovalDecision):
    """The same for several bursaries: all of them, or none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "bursary_ids": ["01920000-0000-7000-8000-000000000000"],
                    "outcome": "approved",
                    "reason": "The week's list, looked through.",
                }
            ]
        },
    )

    bursary_ids: list[UUID] = Field(
        min_length=1, max_length=100, description="Each once", json_schema_extra={"uniqueItems": True}
    )

    @field_validator("bursary_ids")
    @classmethod
    def _each_once(cls, named: list[UUID]) -> list[UUID]:
        if len(set(named)) < len(named):
            raise ValueError("each bursary is named once")
        return named


class Decided(BaseModel):
    """How one of them stands now."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    status: BursaryStatus
    amount_pence: int


class DecidedList(BaseModel):
    """In the order in which they were named."""

    data: list[Decided]


class BursaryPreview(BaseModel):
    """What an application would be told today. Nothing is stored or held."""

    booking_id: UUID
    policy: str
    policy_version: int
    outcome: Outcome
    reason: str
    amount_pence: int = Field(description="What the school would receive, the fee taken off")
    fee_pence: int | None = Field(description="Null while the facts leave more than one fee possible")
    trace: tuple[AmountLine, ...]
    criteria: tuple[CriterionResult, ...]
    milestones: tuple[Milestone, ...] = Field((), description="The parts it is paid in; empty when paid at once")
    valid_until: date | None = Field(None, description="The last day on which the decision may be relied on")


class BursaryOut(BursaryPreview):
    """A bursary, with the whole of the decision that holds."""

    id: UUID
    teacher_id: UUID
    school_urn: str
    course_code: str
    days: Decimal
    budget: str
    status: BursaryStatus
    applied_on: date
    applied_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    part: str | None = Field(description="The milestone that this is paid for; null when it is paid at once")
    group_id: UUID | None = Field(description="Names the parts of one application; they are approved together")
    earn_by_on: date | None = Field(description="The last day on which the milestone can be reached")
    second_approval_above_pence: int | None = Field(
        description="Above this a second approver is needed; 0 for the parts of an application above the threshold"
    )
    second_approved_by: UUID | None
    second_approved_at: datetime | None


class Withdrawal(BaseModel):
    """Giving up what was applied for, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "I leave the programme; my timetable has changed."}]}
    )

    reason: str = Field(min_length=3, max_length=1000)


class MoveOut(BaseModel):
    """One step in a bursary's life."""

    model_config = ConfigDict(from_attributes=True)

    from_status: BursaryStatus | None = Field(description="Null: it began like this")
    to_status: BursaryStatus
    actor_id: UUID | None = Field(description="Null when the platform moved it")
    reason: str | None
    cause: str | None = Field(description="The fact that moved it", examples=["completion:0193b5d0-…"])
    moved_at: datetime


class History(BaseModel):
    """Every step, the oldest first."""

    data: list[MoveOut]


class DecisionOut(BaseModel):
    """One decision as it was made: every input with source and day, and the whole result."""

    ordinal: int
    supersedes: int | None = Field(description="The decision that this one took the place of")
    cause: str | None = Field(examples=["application:0193b5d0-…"])
    outcome: Outcome
    valid_until_on: date | None
    decided_at: datetime
    inputs: Inputs
    result: Decision
    checksum: str = Field(description="SHA-256 of the result's text")


class DecisionList(BaseModel):
    """Every decision on a bursary, the oldest first; the last one holds."""

    data: list[DecisionOut]


class Replay(BaseModel):
    """A recorded decision, made again from its own inputs by its own policy version."""

    bursary_id: UUID
    ordinal: int
    is_same: bool = Field(description="Whether both results are the same, byte for byte")
    recorded_checksum: str
    replayed_checksum: str
    result: Decision
