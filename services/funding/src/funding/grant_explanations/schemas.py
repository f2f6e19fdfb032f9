"""The explanation of a payment on a grant. What is left out for the recipient is null."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.explanations.schemas import PersonPart, PostingPart
from funding.grant_cards.rules import Calculation
from funding.grants.schemas import SourceOut


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class PaymentAttempt(_Part):
    """A line of a payment run that pays it, or that the bank sent back."""

    payment_id: UUID
    payment_run_id: UUID
    attempt: int
    status: str
    reference: str | None = Field(description="As on the payee's bank statement")
    released_at: datetime | None


class OwedPart(_Part):
    """What is owed and to whom."""

    payable_id: UUID
    amount_pence: int
    payee_kind: str
    payee_id: str
    payee_name: str
    budget: str
    fund: str
    lot: int | None
    status: str
    ready_at: datetime


class ClaimedLine(_Part):
    """A line of a claim, at the rate of its day."""

    what: str
    happened_on: date
    quantity: Decimal
    rate: str
    rate_pence: int
    amount_pence: int
    evidence: str


class AskedPart(_Part):
    """What the recipient asked for, and what shows that it was due: a drawdown, or a claim of days and travel."""

    kind: str = Field(examples=["grant_drawdown"])
    id: UUID
    amount_pence: int
    instalment: str | None
    condition: str | None
    evidence: list[str]
    lines: list[ClaimedLine]
    asked_at: datetime
    decided_at: datetime | None
    reason: str | None


class AwardPart(_Part):
    """The award that it was drawn from."""

    grant_id: UUID
    title: str
    reference: str
    amount_pence: int
    own_pence: int
    proposed_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    agreement_reference: str
    accepted_at: datetime | None
    application_id: UUID | None
    application_percent: Decimal | None


class CalculatedPart(_Part):
    """What the award was calculated from: the calculation that holds now, with the source of every figure."""

    ordinal: int
    because: str
    card_title: str
    card_source: str
    calculation: Calculation
    is_replayed: bool = Field(description="Calculated again now from its inputs it comes out the same, byte for byte")


class GrantExplanation(_Part):
    """Where one payment on a grant came from, to the penny."""

    sentences: list[str] = Field(description="All of it in plain English, in order")
    owed: OwedPart
    payments: list[PaymentAttempt]
    asked: AskedPart
    award: AwardPart
    calculated: CalculatedPart
    funders: list[SourceOut]
    people: list[PersonPart] | None = Field(description="For auditors and finance staff alone")
    postings: list[PostingPart] | None = Field(description="For auditors and finance staff alone")
