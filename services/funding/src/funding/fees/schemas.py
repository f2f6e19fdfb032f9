"""Fees on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from funding.fee_policies.rules import Price
from funding.fees.models import FeeStatus


class FeeOut(BaseModel):
    """What is due for a booking, with the price of the day it was booked."""

    booking_id: UUID
    teacher_id: UUID
    school_urn: str
    course_run_id: UUID
    course_code: str
    hub_id: UUID
    status: FeeStatus
    amount_pence: int | None = Field(description="Null while it is in review", examples=[7000])
    at_most_pence: int | None = Field(description="What it can come to at most")
    reason: str
    policy_version: int
    quote_id: UUID | None = Field(description="The quote whose promise is kept")
    price: Price = Field(description="By the policy alone, without the quote")
    priced_on: date
    placed_at: datetime
    voided_at: datetime | None
