"""Claims on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from funding.claims.models import ClaimStatus


class ClaimSubmission(BaseModel):
    """A teacher claims their own bursary for the school."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"bursary_id": "01920000-0000-7000-8000-000000000000"}]}
    )

    bursary_id: UUID


class ClaimOut(BaseModel):
    """A claim. The money goes to the school, never to the teacher."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    bursary_id: UUID
    claimant_id: UUID
    payee_urn: str
    budget: str
    amount_pence: int
    status: ClaimStatus
    submitted_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    payment_run_id: UUID | None
