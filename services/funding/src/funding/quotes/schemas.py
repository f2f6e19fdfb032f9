"""Quotes on the wire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.fee_policies.rules import ExplainedCriterion, Outcome
from funding.policies.rules import Mode, Phase, Programme


class QuoteRequest(BaseModel):
    """The run to price for the calling teacher."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"course_run_id": "1b671a64-40d5-591e-99b0-da01ff1f3341"}]},
    )

    course_run_id: UUID


class QuoteOut(BaseModel):
    """What a run costs this teacher, and why. A booking before `valid_until_at` is charged no more than this."""

    id: UUID
    teacher_id: UUID
    school_urn: str
    course_run_id: UUID
    course_code: str
    phase: Phase = Field(description="For which the place would be booked")
    programme: Programme
    mode: Mode
    starts_on: date
    outcome: Outcome = Field(description="`needs_review` when a fact is missing; `criteria` says which")
    amount_pence: int | None = Field(description="For the whole run; null while the facts do not settle it")
    at_least_pence: int | None
    at_most_pence: int | None = Field(description="Promised too when the price itself is not settled")
    basis: str | None = Field(description="Row of the policy that applies", examples=["priority", "state-funded"])
    reason: str
    days: Decimal | None
    rate_per_day_pence: int | None
    cap_pence: int | None = Field(description="The most the policy allows for the run")
    hub_charge_pence: int | None = Field(description="What the hub asks; null when it asks what the policy allows")
    is_capped: bool = Field(description="Whether the hub asks more than the policy allows")
    plus_vat: bool = Field(description="Whether the published charge is without tax")
    policy_version: int
    criteria: tuple[ExplainedCriterion, ...]
    quoted_at: datetime
    valid_until_at: datetime
