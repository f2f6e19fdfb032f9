"""Rates and claims on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day
from funding.grant_claims.models import ClaimedStatus, RateKind
from funding.grants.schemas import PositivePence, Words
from funding.payables.models import PayableStatus


class RateOut(BaseModel):
    """A rate from a day on."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")

    rate: str
    effective_from: date
    title: str
    kind: RateKind
    day_pence: int | None
    cap_pence: int | None = Field(description="The most of it for one award")
    source: str


class RateList(BaseModel):
    """Every rate, the latest of each last."""

    data: list[RateOut]


class ClaimLine(BaseModel):
    """Days at a day rate, or a cost at cost."""

    model_config = ConfigDict(extra="forbid")

    rate: str = Field(max_length=60, examples=["contact-day"])
    what: Words
    happened_on: Day
    days: Annotated[Decimal, Field(gt=0, le=366, decimal_places=2)] | None = Field(
        default=None, description="At a day rate"
    )
    cost_pence: PositivePence | None = Field(default=None, description="At cost")
    evidence: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class GrantClaimSubmission(BaseModel):
    """Days and travel on one award."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "lines": [
                        {
                            "rate": "contact-day",
                            "what": "Session 1 with the group",
                            "happened_on": "2026-11-12",
                            "days": "1",
                            "evidence": "Register of session 1",
                        },
                        {
                            "rate": "school-visit-travel",
                            "what": "Visits in November",
                            "happened_on": "2026-11-19",
                            "cost_pence": 4250,
                            "evidence": "Mileage log, November",
                        },
                    ]
                }
            ]
        },
    )

    lines: list[ClaimLine] = Field(min_length=1, max_length=50)


class ClaimLineOut(BaseModel):
    """A line with the rate as it was."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    rate: str
    what: str
    happened_on: date
    quantity: Decimal
    rate_pence: int
    amount_pence: int
    evidence: str


class GrantClaimOut(BaseModel):
    """A claim, and whether what was approved has been paid."""

    id: UUID
    grant_id: UUID
    amount_pence: int
    status: ClaimedStatus
    payment: PayableStatus | None = Field(description="Null until it is approved")
    lines: list[ClaimLineOut]
    claimed_by: UUID
    claimed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None


class GrantClaimList(BaseModel):
    """All claims on an award, the first first."""

    data: list[GrantClaimOut]
