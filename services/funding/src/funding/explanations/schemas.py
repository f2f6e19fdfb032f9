"""The explanation of a payment. What is left out for a school is null."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.policies.conditions import CriterionResult
from funding.policies.rules import AmountLine


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class PaidPart(_Part):
    """The payment itself."""

    payment_id: UUID
    attempt: int
    status: str
    reference: str | None = Field(description="On the payee's bank statement")
    returned_at: datetime | None = Field(description="When the bank sent it back")
    return_code: str | None
    amount_pence: int
    payee_urn: str
    payee_name: str | None
    payment_run_id: UUID
    budget: str
    fund: str
    lot: int | None
    prepared_at: datetime
    released_at: datetime | None


class AttemptPart(_Part):
    """One time that the claim was paid, or is about to be."""

    payment_id: UUID
    attempt: int
    payment_run_id: UUID
    reference: str | None
    status: str
    released_at: datetime | None
    returned_at: datetime | None
    return_code: str | None = Field(description="As the bank wrote it")


class ClaimedPart(_Part):
    """The claim that was paid."""

    claim_id: UUID
    submitted_at: datetime
    decided_at: datetime | None
    reason: str | None


class GrantedPart(_Part):
    """The bursary that was claimed."""

    bursary_id: UUID
    booking_id: UUID
    course_code: str
    days: Decimal
    applied_at: datetime
    applied_on: date
    approved_at: datetime | None
    approval_reason: str | None


class DecidedPart(_Part):
    """What the rule said, by which version, from which facts of which vintage."""

    ordinal: int = Field(description="Of the decisions on this bursary, the last of which holds")
    policy: str
    policy_version: int
    policy_title: str
    policy_source: str
    policy_effective_from: date = Field(description="The first day on which this version decides")
    policy_checksum: str
    outcome: str
    reason: str
    trace: tuple[AmountLine, ...]
    criteria: tuple[CriterionResult, ...]
    decided_at: datetime
    is_replayed: bool = Field(description="Made again now from the stored inputs it comes out the same, byte for byte")


class EvidencePart(_Part):
    """What shows that the course was completed."""

    completion_id: UUID = Field(description="Of the register's entry in hubs, as its event named it")
    hours: Decimal
    completed_on: date
    revision: int = Field(description="Of the last correction; 0 when there was none")
    counts: bool = Field(description="Whether it still counts")


class PersonPart(_Part):
    """Who did what, when."""

    step: str
    person_id: UUID
    at: datetime | None


class PostingPart(_Part):
    """One posting of the ledger."""

    kind: str
    source: str
    account: str
    amount_pence: int
    posted_at: datetime


class StatementPart(_Part):
    """Where it stands on a statement."""

    statement_id: UUID
    line_id: UUID
    month: str
    amount_pence: int


class RecoveryPart(_Part):
    """A case in which it has to come back."""

    case_id: UUID
    because: str
    status: str
    amount_pence: int
    recovered_pence: int
    written_off_pence: int


class Explanation(_Part):
    """Where one payment came from, to the penny."""

    sentences: list[str] = Field(description="All of it in plain English, in order")
    payment: PaidPart
    attempts: list[AttemptPart] = Field(description="Every payment of the claim, those that came back included")
    claim: ClaimedPart
    bursary: GrantedPart
    decision: DecidedPart
    evidence: EvidencePart | None
    statements: list[StatementPart]
    recoveries: list[RecoveryPart]
    people: list[PersonPart] | None = Field(description="For auditors and finance staff alone")
    postings: list[PostingPart] | None = Field(description="For auditors and finance staff alone")
