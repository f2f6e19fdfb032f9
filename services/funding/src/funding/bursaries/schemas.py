"""Bursaries on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.bursaries.models import BursaryStatus
from funding.eligibility.rules import Outcome
from funding.policies.conditions import CriterionResult
from funding.policies.rules import AmountLine


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
