"""Spending and returns on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day
from funding.grant_spending.models import ReturnStatus
from funding.grants.schemas import PositivePence, Words


class Spending(BaseModel):
    """One thing that the grant was spent on, and what shows it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "item": "Release of two teachers, six days",
                    "amount_pence": 100000,
                    "spent_on": "2026-11-20",
                    "evidence": "Invoice 2026-55 of the supply agency",
                }
            ]
        },
    )

    item: Words
    amount_pence: PositivePence
    spent_on: Day
    evidence: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Receipt(BaseModel):
    """The money came back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reference": "Bank receipt 4711", "received_on": "2026-11-22"}]},
    )

    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    received_on: Day


class SpendOut(BaseModel):
    """Spending as it was shown."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    item: str
    amount_pence: int
    spent_on: date
    evidence: str
    recorded_by: UUID
    recorded_at: datetime


class ReturnOut(BaseModel):
    """Money due back."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Literal["underspend", "reduction"]
    amount_pence: int
    due_on: date
    status: ReturnStatus
    raised_by: UUID
    raised_at: datetime
    reference: str | None
    received_on: date | None
    received_by: UUID | None
    received_at: datetime | None


class SpendingOut(BaseModel):
    """What was drawn, what of it is shown as spent, and what goes back."""

    drawn_pence: int
    spent_pence: int
    due_back_pence: int = Field(description="Returned or still to be returned")
    returned_pence: int
    spending: list[SpendOut]
    returns: list[ReturnOut]
