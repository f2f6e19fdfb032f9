"""Requests to draw on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from funding.grant_drawdowns.models import DrawdownStatus
from funding.grants.schemas import PositivePence
from funding.payables.models import PayableStatus

Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class DrawdownRequest(BaseModel):
    """How much of which instalment, and what shows that its condition is met."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "instalment_id": "01920000-0000-7000-8000-000000000000",
                    "amount_pence": 100000,
                    "evidence": ["Registers of sessions 1 to 3, north-group-1"],
                }
            ]
        },
    )

    instalment_id: UUID
    amount_pence: PositivePence
    evidence: list[Reference] = Field(min_length=1, max_length=20)


class DrawdownOut(BaseModel):
    """A request, and whether what was approved has been paid."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    grant_id: UUID
    instalment_id: UUID
    amount_pence: int
    evidence: list[str]
    status: DrawdownStatus
    payment: PayableStatus | None = Field(description="Null until it is approved")
    requested_by: UUID
    requested_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None


class DrawdownList(BaseModel):
    """All requests of an award, the first first."""

    data: list[DrawdownOut]
