"""Recovery cases on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.recoveries.models import Because, Method, RecoveryStatus
from funding.statements.models import PartyKind

LARGEST_PENCE = 10**12


class Opening(BaseModel):
    """A payment, or a part of it, that has to come back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "payment_id": "01920000-0000-7000-8000-000000000000",
                    "amount_pence": 1000,
                    "because": "overpayment",
                    "reason": "One of the two days was held online.",
                }
            ]
        },
    )

    payment_id: UUID = Field(description="The payment's own id, or that of its claim")
    amount_pence: int = Field(gt=0, le=LARGEST_PENCE, strict=True)
    because: Literal[Because.OVERPAYMENT, Because.UNDERSPEND]
    reason: str = Field(min_length=1, max_length=1000)


class Proposal(BaseModel):
    """How to get it back, or that it will not come back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"method": "invoice", "reason": "The school has no further bursaries."}]},
    )

    method: Method
    reason: str = Field(min_length=1, max_length=1000)


class Agreement(BaseModel):
    """What the second person says of the proposal."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "As agreed by telephone."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000)


class Receipt(BaseModel):
    """Money that came back: an invoice that was paid, or what was taken off a later payment."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"amount_pence": 1000, "reference": "Bank statement of 3 November, line 9"}]},
    )

    amount_pence: int = Field(gt=0, le=LARGEST_PENCE, strict=True)
    reference: str = Field(min_length=1, max_length=100, description="Of the bank, or of the payment it was taken off")


class Step(BaseModel):
    """One step of a case."""

    model_config = ConfigDict(from_attributes=True)

    from_status: RecoveryStatus | None
    to_status: RecoveryStatus
    method: Method | None
    taken_by: UUID | None = Field(description="Null when the platform did it")
    taken_at: datetime
    reason: str


class ReceiptOut(BaseModel):
    """A part that came back or was written off."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Method
    amount_pence: int
    reference: str
    recorded_by: UUID
    recorded_at: datetime


class RecoverySummary(BaseModel):
    """A recovery case."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    payment_id: UUID | None = Field(
        description="The id of the claim that was paid: a payment that the bank sends back is made again under it"
    )
    because: Because
    budget: str
    party_kind: PartyKind
    party: str
    amount_pence: int
    recovered_pence: int
    written_off_pence: int
    status: RecoveryStatus
    method: Method | None
    opened_at: datetime


class RecoveryOut(RecoverySummary):
    """A recovery case with its history."""

    steps: list[Step]
    receipts: list[ReceiptOut]
