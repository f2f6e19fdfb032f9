"""Bodies and answers of payments. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import (
    AmountLine,
    Calculation,
    CriterionResult,
    PageInfo,
    PayableStatus,
    PayeeKind,
    PaymentStatus,
    SourceOut,
)
from ncce_sdk.transport import Model


class ClaimedLine(Model):
    """A line of a claim, at the rate of its day."""

    amount_pence: int
    evidence: str
    happened_on: dt.date
    quantity: str
    rate: str
    rate_pence: int
    what: str


class AskedPart(Model):
    """What the recipient asked for, and what shows that it was due: a drawdown, or a claim of days and travel."""

    amount_pence: int
    asked_at: dt.datetime
    condition: str | None
    decided_at: dt.datetime | None
    evidence: list[str]
    id: UUID
    instalment: str | None
    kind: str
    lines: list[ClaimedLine]
    reason: str | None


class AttemptPart(Model):
    """One time that the claim was paid, or is about to be."""

    attempt: int
    payment_id: UUID
    payment_run_id: UUID
    reference: str | None
    released_at: dt.datetime | None
    return_code: str | None
    returned_at: dt.datetime | None
    status: str


class AwardPart(Model):
    """The award that it was drawn from."""

    accepted_at: dt.datetime | None
    agreement_reference: str
    amount_pence: int
    application_id: UUID | None
    application_percent: str | None
    decided_at: dt.datetime | None
    decision_reason: str | None
    grant_id: UUID
    own_pence: int
    proposed_at: dt.datetime
    reference: str
    title: str


class CalculatedPart(Model):
    """What the award was calculated from: the calculation that holds now, with the source of every figure."""

    because: str
    calculation: Calculation
    card_source: str
    card_title: str
    is_replayed: bool
    ordinal: int


class ClaimedPart(Model):
    """The claim that was paid."""

    claim_id: UUID
    decided_at: dt.datetime | None
    reason: str | None
    submitted_at: dt.datetime


class DecidedPart(Model):
    """What the rule said, by which version, from which facts of which vintage."""

    criteria: list[CriterionResult]
    decided_at: dt.datetime
    is_replayed: bool
    ordinal: int
    outcome: str
    policy: str
    policy_checksum: str
    policy_effective_from: dt.date
    policy_source: str
    policy_title: str
    policy_version: int
    reason: str
    trace: list[AmountLine]


class EvidencePart(Model):
    """What shows that the course was completed."""

    completed_on: dt.date
    completion_id: UUID
    counts: bool
    hours: str
    revision: int


class GrantedPart(Model):
    """The bursary that was claimed."""

    applied_at: dt.datetime
    applied_on: dt.date
    approval_reason: str | None
    approved_at: dt.datetime | None
    booking_id: UUID
    bursary_id: UUID
    course_code: str
    days: str


class PaidPart(Model):
    """The payment itself."""

    amount_pence: int
    attempt: int
    budget: str
    fund: str
    lot: int | None
    payee_name: str | None
    payee_urn: str
    payment_id: UUID
    payment_run_id: UUID
    prepared_at: dt.datetime
    reference: str | None
    released_at: dt.datetime | None
    return_code: str | None
    returned_at: dt.datetime | None
    status: str


class PersonPart(Model):
    """Who did what, when."""

    at: dt.datetime | None
    person_id: UUID
    step: str


class PostingPart(Model):
    """One posting of the ledger."""

    account: str
    amount_pence: int
    kind: str
    posted_at: dt.datetime
    source: str


class RecoveryPart(Model):
    """A case in which it has to come back."""

    amount_pence: int
    because: str
    case_id: UUID
    recovered_pence: int
    status: str
    written_off_pence: int


class StatementPart(Model):
    """Where it stands on a statement."""

    amount_pence: int
    line_id: UUID
    month: str
    statement_id: UUID


class Explanation(Model):
    """Where one payment came from, to the penny."""

    attempts: list[AttemptPart]
    bursary: GrantedPart
    claim: ClaimedPart
    decision: DecidedPart
    evidence: EvidencePart | None
    payment: PaidPart
    people: list[PersonPart] | None
    postings: list[PostingPart] | None
    recoveries: list[RecoveryPart]
    sentences: list[str]
    statements: list[StatementPart]


class OwedPart(Model):
    """What is owed and to whom."""

    amount_pence: int
    budget: str
    fund: str
    lot: int | None
    payable_id: UUID
    payee_id: str
    payee_kind: str
    payee_name: str
    ready_at: dt.datetime
    status: str


class PaymentAttempt(Model):
    """A line of a payment run that pays it, or that the bank sent back."""

    attempt: int
    payment_id: UUID
    payment_run_id: UUID
    reference: str | None
    released_at: dt.datetime | None
    status: str


class GrantExplanation(Model):
    """Where one payment on a grant came from, to the penny."""

    asked: AskedPart
    award: AwardPart
    calculated: CalculatedPart
    funders: list[SourceOut]
    owed: OwedPart
    payments: list[PaymentAttempt]
    people: list[PersonPart] | None
    postings: list[PostingPart] | None
    sentences: list[str]


class PayableOut(Model):
    """An approved debt."""

    amount_pence: int
    approved_by: UUID
    budget: str
    id: UUID
    narrative: str
    payee_id: str
    payee_kind: str
    payee_name: str
    payment_run_id: UUID | None
    ready_at: dt.datetime
    requested_by: UUID
    source: str
    status: PayableStatus
    subject: str


class PagePayableOut(Model):
    """PagePayableOut."""

    data: list[PayableOut]
    page: PageInfo


class PaymentSummary(Model):
    """A payment that left."""

    amount_pence: int
    narrative: str
    payee_kind: PayeeKind
    payee_name: str
    payee_reference: str
    payment_id: UUID
    reference: str
    released_at: dt.datetime
    returned_at: dt.datetime | None
    status: PaymentStatus


class PagePaymentSummary(Model):
    """PagePaymentSummary."""

    data: list[PaymentSummary]
    page: PageInfo


class RemittanceLine(Model):
    """A part of the amount."""

    amount_pence: int
    days: str | None = None
    item: str
    rate_pence: int | None = None


class Remittance(Model):
    """What a payment was for, and where it went. Of the account only the end is shown."""

    account_ending: str
    account_name: str
    amount_pence: int
    arrives_on: dt.date
    attempt: int
    award_id: UUID
    award_kind: str
    booking_id: UUID | None
    budget: str
    confirmed_at: dt.datetime | None
    course_code: str | None
    lines: list[RemittanceLine]
    narrative: str
    payee_kind: PayeeKind
    payee_name: str
    payee_reference: str
    payer: str
    payment_id: UUID
    payment_run_id: UUID
    processing_on: dt.date
    reference: str
    released_at: dt.datetime
    returned_at: dt.datetime | None
    sort_code_ending: str
    status: PaymentStatus
