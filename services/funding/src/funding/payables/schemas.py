"""Payables on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.payables.models import PayableStatus


class PayableOut(BaseModel):
    """An approved debt."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    source: str = Field(description="What it came from; the ledger names it the same")
    subject: str = Field(description="What it belongs to")
    budget: str
    payee_kind: str
    payee_id: str
    payee_name: str
    amount_pence: int
    narrative: str
    requested_by: UUID
    approved_by: UUID
    ready_at: datetime
    status: PayableStatus
    payment_run_id: UUID | None
