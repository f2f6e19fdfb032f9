"""Payment runs on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.payment_runs.models import RunStatus


class PaymentRunRequest(BaseModel):
    """Which budget's approved claims to collect."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"budget": "cpd-bursaries"}]})

    budget: str = Field(max_length=60, examples=["cpd-bursaries"])


class PaymentOut(BaseModel):
    """One payment, to a school."""

    model_config = ConfigDict(from_attributes=True)

    claim_id: UUID
    bursary_id: UUID
    payee_urn: str
    amount_pence: int


class PaymentRunSummary(BaseModel):
    """A payment run."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    budget: str
    status: RunStatus
    payments: int
    amount_pence: int
    prepared_by: UUID
    prepared_at: datetime
    released_by: UUID | None
    released_at: datetime | None


class PaymentRunOut(PaymentRunSummary):
    """A payment run with its payments."""

    items: list[PaymentOut]
