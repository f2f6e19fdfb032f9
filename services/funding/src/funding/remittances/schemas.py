"""Payments as their payees see them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.payees.models import PayeeKind
from funding.payment_runs.models import PaymentStatus


class PaymentSummary(BaseModel):
    """A payment that left."""

    model_config = ConfigDict(from_attributes=True)

    payment_id: UUID
    reference: str = Field(description="On the payee's bank statement", examples=["NCCE0000000001"])
    status: PaymentStatus
    amount_pence: int
    narrative: str
    payee_kind: PayeeKind
    payee_reference: str
    payee_name: str
    released_at: datetime
    returned_at: datetime | None = Field(description="When the bank sent it back")


class RemittanceLine(BaseModel):
    """A part of the amount."""

    item: str
    days: Decimal | None = None
    rate_pence: int | None = None
    amount_pence: int


class Remittance(PaymentSummary):
    """What a payment was for, and where it went. Of the account only the end is shown."""

    payer: str = Field(description="As it stands on the payee's bank statement")
    account_name: str
    sort_code_ending: str
    account_ending: str
    processing_on: date
    arrives_on: date
    confirmed_at: datetime | None = Field(description="When it was noted that the bank had debited it")
    payment_run_id: UUID
    budget: str
    award_kind: str
    award_id: UUID
    attempt: int = Field(description="More than 1 if the bank had sent earlier payments of the same back")
    course_code: str | None
    booking_id: UUID | None
    lines: list[RemittanceLine]
