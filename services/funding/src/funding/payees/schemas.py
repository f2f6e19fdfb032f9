"""Payees on the wire. Account numbers come in and never go out: all that is shown is how they end."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic.config import JsonDict

from chassis.wire import Day
from funding.payees.models import ConfirmationMethod, PayeeKind
from funding.payees.rules import ModulusCheck

PayeeKey = Annotated[str, Field(pattern=r"^(school|trust|authority|hub|organisation):[A-Za-z0-9-]{1,40}$")]
DETAILS_EXAMPLE: JsonDict = {
    "account_name": "Meadow Primary School",
    "sort_code": "089999",
    "account_number": "66374958",
    "reason": "Letter of the head teacher, 3 November.",
}


class DetailsProposal(BaseModel):
    """Bank details as somebody received them. Another person confirms and approves them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [DETAILS_EXAMPLE]})

    account_name: str = Field(min_length=1, max_length=100)
    sort_code: SecretStr = Field(
        min_length=6, max_length=6, json_schema_extra={"pattern": "^[0-9]{6}$"}, examples=["089999"]
    )
    account_number: SecretStr = Field(
        min_length=8, max_length=8, json_schema_extra={"pattern": "^[0-9]{8}$"}, examples=["66374958"]
    )
    collects_for: list[PayeeKey] = Field(
        default=[],
        max_length=500,
        description="Whose money it takes besides its own: a trust's academies, a maintained school's authority",
        examples=[["school:900002"]],
    )
    reason: str = Field(min_length=1, max_length=1000)


class NewPayee(BaseModel):
    """A payee with its first bank details."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "trust", "reference": "16001", "name": "Meadow Learning Trust", "details": DETAILS_EXAMPLE}
            ]
        },
    )

    kind: PayeeKind
    reference: str = Field(pattern=r"^[A-Za-z0-9-]{1,40}$", description="URN, group or authority number, hub id")
    name: str = Field(min_length=1, max_length=100)
    details: DetailsProposal


class Confirmation(BaseModel):
    """How the second person made sure, by another way than the details came."""

    model_config = ConfigDict(extra="forbid")

    method: ConfirmationMethod
    on: Day
    note: str = Field(min_length=1, max_length=1000, description="Whom they spoke to, and how they were known")


class DetailsDecision(BaseModel):
    """What the second person says of bank details. Approving needs the confirmation."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "outcome": "approved",
                    "reason": "The school's business manager read the numbers out.",
                    "confirmation": {
                        "method": "telephone",
                        "on": "2026-11-20",
                        "note": "Called the number on the school's own page.",
                    },
                }
            ]
        },
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000)
    confirmation: Confirmation | None = None


class DetailsOut(BaseModel):
    """A version of a payee's bank details, as much of it as anybody is shown."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    account_name: str
    sort_code_ending: str = Field(examples=["99"])
    account_ending: str = Field(examples=["4958"])
    collects_for: list[str]
    modulus_check: ModulusCheck
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    outcome: Literal["approved", "declined"] | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    confirmation_method: ConfirmationMethod | None
    confirmed_on: Day | None
    confirmation_note: str | None
    usable_from_at: datetime | None = Field(description="No payment uses them earlier")


class PayeeSummary(BaseModel):
    """A payee."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: PayeeKind
    reference: str
    name: str
    created_by: UUID
    created_at: datetime


class PayeeOut(PayeeSummary):
    """A payee with every version of its bank details, the latest first."""

    details: list[DetailsOut]
