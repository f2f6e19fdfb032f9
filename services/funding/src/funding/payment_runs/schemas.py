"""Payment runs on the wire."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from funding.payment_runs.models import PaymentStatus, RunStatus

SHA256 = Field(pattern=r"^[0-9a-f]{64}$", description="The run's `content_sha256` as you have seen it")
A_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class PaymentRunRequest(BaseModel):
    """Which budget's approved claims to collect."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"budget": "cpd-bursaries"}]})

    budget: str = Field(max_length=60, examples=["cpd-bursaries"])
    processing_on: Day | None = Field(
        default=None, description="The working day on which banks process it; the next one when left out"
    )


class RunCheck(BaseModel):
    """The content that was checked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"content_sha256": A_HASH}]})

    content_sha256: str = SHA256


class RunApproval(BaseModel):
    """What the approver says of the content that was checked. Declining makes it a draft again."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"content_sha256": A_HASH, "outcome": "approved", "reason": "Agrees with the claims."}]
        },
    )

    content_sha256: str = SHA256
    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000)


class ProcessingDay(BaseModel):
    """Another day for the banks to process the run on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"processing_on": "2026-11-26"}]})

    processing_on: Day


class Removal(BaseModel):
    """A payment to take out of a run; it waits for a later one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"payment_id": "01920000-0000-7000-8000-000000000000", "reason": "The school asked to wait."}]
        },
    )

    payment_id: UUID
    reason: str = Field(min_length=1, max_length=1000)


class Cancellation(BaseModel):
    """Why a run is given up; what was in it waits for another."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Prepared by mistake."}]})

    reason: str = Field(min_length=1, max_length=1000)


class BankConfirmation(BaseModel):
    """That the bank debited the sum of the run."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"bank_reference": "STMT 2026-11 p3"}]})

    bank_reference: str = Field(min_length=1, max_length=60, description="Where it is on the bank's statement")


class PaymentOut(BaseModel):
    """One payment of a run."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    award_kind: str = Field(examples=["claim"])
    award_id: UUID
    attempt: int
    claim_id: UUID | None
    bursary_id: UUID | None
    payee_urn: str | None
    payee_id: UUID | None
    amount_pence: int
    narrative: str | None
    reference: str | None = Field(description="On the payee's bank statement, and on the bank's report of returns")
    status: PaymentStatus
    flags: list[str] = Field(description="Why a fourth person has to look at the run")
    returned_at: datetime | None
    return_code: str | None


class PaymentRunSummary(BaseModel):
    """A payment run."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    budget: str
    status: RunStatus
    payments: int
    amount_pence: int
    needs_fourth_person: bool = Field(description="Whether checker and approver have to be two people")
    processing_on: date | None
    prepared_by: UUID
    prepared_at: datetime
    checked_by: UUID | None
    checked_at: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None
    released_by: UUID | None
    released_at: datetime | None
    confirmed_by: UUID | None
    confirmed_at: datetime | None
    bank_reference: str | None


class PaymentRunOut(PaymentRunSummary):
    """A payment run with its payments."""

    content_sha256: str = Field(description="Of what the run pays to whom; check and approve by it")
    arrives_on: date | None = Field(description="When the money is on the payees' accounts")
    returned_payments: int = Field(description="Of the items, those that the bank sent back")
    returned_pence: int
    items: list[PaymentOut]


class Waiting(BaseModel):
    """Something that is owed, and whether it can be paid now."""

    award_kind: str
    award_id: UUID
    payee_key: str = Field(examples=["school:900001"])
    amount_pence: int
    narrative: str
    is_payable: bool
    held_because: Literal["no-payee", "cooling-off", "returned"] | None = Field(
        description="`returned`: the bank sent money back that went by the present bank details"
    )
    payable_from_at: datetime | None = Field(description="The end of the pause after new bank details")


class WaitingList(BaseModel):
    """Everything of a budget that is owed and in no run."""

    data: list[Waiting]
