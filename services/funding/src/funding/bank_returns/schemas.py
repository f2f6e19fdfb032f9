"""What the bank sent back, on the wire."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from funding.bank_returns.models import LineStatus, Outcome
from funding.bank_returns.rules import Unmatched

Reason = Field(min_length=1, max_length=1000)


class Resolution(BaseModel):
    """What a line is that was nobody's by itself."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"outcome": "not_ours", "reason": "The bank says that it was meant for another customer."}]
        },
    )

    outcome: Outcome = Field(description="`not_ours`: no payment is owed again by it, and the reason says why")
    payment_id: UUID | None = Field(default=None, description="The payment that came back, if `outcome` is `payment`")
    reason: str = Reason

    @model_validator(mode="after")
    def _names_the_payment(self) -> Self:
        if (self.outcome == Outcome.PAYMENT) != (self.payment_id is not None):
            raise ValueError("payment_id belongs to the outcome payment, and to no other")
        return self


class ResolutionDecision(BaseModel):
    """What another person says of it. Declining puts the line back into the queue."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "As in the bank's letter of 20 November."}]},
    )

    outcome: Literal["approved", "declined"]
    reason: str = Reason


class ReturnLineOut(BaseModel):
    """One line of the bank's."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    bank_return_id: UUID
    line: int = Field(description="In the file, whose header is line 1")
    reference: str
    amount_pence: int
    sort_code_ending: str
    account_ending: str
    returned_on: date
    code: str
    description: str
    status: LineStatus
    queued_because: Unmatched | None = Field(description="Why it was nobody's by itself")
    payment_id: UUID | None = Field(description="The payment that came back by it")
    outcome: Outcome | None
    proposed_payment_id: UUID | None
    reason: str | None
    proposed_by: UUID | None
    proposed_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None


class BankReturnSummary(BaseModel):
    """An imported file."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    content_sha256: str
    lines: int
    amount_pence: int
    matched: int = Field(description="Lines that were one payment's beyond doubt")
    waiting: int = Field(description="Lines that people still have to settle")
    imported_by: UUID
    imported_at: datetime


class BankReturnOut(BankReturnSummary):
    """An imported file with every line."""

    items: list[ReturnLineOut]
