"""Events that funding publishes. Money is integer pence."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from contracts.base import AuditChained, AuditWitnessed, ErasureCompleted, Event, ExportPrepared, RecordsViewed


class BursaryEvent(Event):
    """What every event of a bursary says."""

    aggregate: ClassVar[str] = "bursary"
    key: ClassVar[str] = "bursary_id"

    bursary_id: UUID
    teacher_id: UUID
    booking_id: UUID
    amount_pence: int
    """What the school receives, after any fee has been netted off."""


class BursaryApplied(BursaryEvent):
    """A bursary was applied for; the rule version that decides it is named."""

    subject: ClassVar[str] = "bursary.applied"

    policy: str
    policy_version: int


class BursaryApproved(BursaryEvent):
    """A second person approved the bursary and the budget holds the money; nothing has been paid yet."""

    subject: ClassVar[str] = "bursary.approved"

    approved_at: datetime


class BursaryDeclined(BursaryEvent):
    """A bursary was refused, by the rule or by a person; the reason is in plain English."""

    subject: ClassVar[str] = "bursary.declined"

    reason: str


class BursaryPaid(BursaryEvent):
    """The money of a bursary left the budget in a payment run."""

    subject: ClassVar[str] = "bursary.paid"

    payment_run_id: UUID
    paid_at: datetime


class BursaryPaymentReturned(BursaryEvent):
    """The bank sent a payment of a bursary back: it is owed again, and `bursary.paid` comes once more for the next."""

    subject: ClassVar[str] = "bursary.payment_returned"

    payment_run_id: UUID
    returned_at: datetime


class BursaryClawedBack(BursaryEvent):
    """Money that was paid for a bursary came back, because it was not earned after all."""

    subject: ClassVar[str] = "bursary.clawed_back"

    clawed_back_at: datetime


class ClaimApproved(Event):
    """A claim for an earned bursary was approved and waits for a payment run."""

    subject: ClassVar[str] = "claim.approved"
    aggregate: ClassVar[str] = "claim"
    key: ClassVar[str] = "claim_id"

    claim_id: UUID
    bursary_id: UUID
    amount_pence: int


class PaymentReleased(Event):
    """A payment run was released by a third person."""

    subject: ClassVar[str] = "payment.released"
    aggregate: ClassVar[str] = "payment_run"
    key: ClassVar[str] = "payment_run_id"

    payment_run_id: UUID
    payments: int
    amount_pence: int
    released_at: datetime


class PaymentReturned(Event):
    """The bank sent a payment of a released run back: what it paid is owed again."""

    subject: ClassVar[str] = "payment.returned"
    aggregate: ClassVar[str] = "payment_run"
    key: ClassVar[str] = "payment_run_id"

    payment_run_id: UUID
    payment_id: UUID
    award_kind: str
    """`claim` or `payable`."""
    award_id: UUID
    amount_pence: int
    return_code: str
    """As the bank wrote it."""
    returned_at: datetime


class RemittanceIssued(Event):
    """The bank debited a payment: its payee is to be told what the money is for, once. Never an account number."""

    subject: ClassVar[str] = "remittance.issued"
    aggregate: ClassVar[str] = "payment"
    key: ClassVar[str] = "payment_id"

    payment_id: UUID
    payee_kind: str
    """`school`, `trust`, `authority`, `hub` or `organisation`."""
    payee_reference: str
    """A school's URN, a hub's or an organisation's id."""
    amount_pence: int
    reference: str
    """What stands on the payee's bank statement."""
    arrives_on: date


class GrantEvent(Event):
    """What every event of a grant to an organisation says. Never a person."""

    aggregate: ClassVar[str] = "grant"
    key: ClassVar[str] = "grant_id"

    grant_id: UUID


class GrantAwarded(GrantEvent):
    """A second person approved the grant and the budget holds our part; the recipient has not agreed yet."""

    subject: ClassVar[str] = "grant.awarded"

    card: str
    card_version: int
    recipient_kind: str
    recipient_id: str
    """A hub's id, a school's URN, or an organisation's id."""
    amount_pence: int
    """By all funders together."""
    own_pence: int
    """What our budget pays of it."""
    awarded_at: datetime


class GrantAdjusted(GrantEvent):
    """Another calculation of a grant took effect, because what it is for has changed."""

    subject: ClassVar[str] = "grant.adjusted"

    snapshot: int
    """The calculation that holds from now on."""
    amount_pence: int
    difference_pence: int


class DrawdownApproved(Event):
    """A request to draw a part of a grant was approved; the money waits for a payment run."""

    subject: ClassVar[str] = "drawdown.approved"
    aggregate: ClassVar[str] = "drawdown"
    key: ClassVar[str] = "drawdown_id"

    drawdown_id: UUID
    grant_id: UUID
    amount_pence: int
    drawn_pence: int
    """All that was drawn by now."""


class GrantEnded(GrantEvent):
    """A grant was completed or terminated."""

    subject: ClassVar[str] = "grant.ended"

    outcome: str
    """`completed` or `terminated`."""
    lapsed_pence: int
    due_back_pence: int


class GroupGrantChanged(Event):
    """The money of a group of a network's project as it now stands: our part, in pence."""

    subject: ClassVar[str] = "group_grant.changed"
    aggregate: ClassVar[str] = "group_grant"
    key: ClassVar[str] = "group_id"

    group_id: UUID
    hub_id: UUID
    network: str
    project_code: str
    project_year: str
    grant_id: UUID | None
    """The latest award that was proposed for it."""
    grant_status: str | None
    expected_pence: int
    """What the card comes to for the group as it stands."""
    awarded_pence: int
    drawn_pence: int
    owed_pence: int
    """Awarded and not drawn yet."""
    to_return_pence: int
    question_code: str | None
    """Why the grant is not in line with the group; `None` when it is."""


class FundingErasureCompleted(ErasureCompleted):
    """Funding erased what it held about somebody; counts by table, of those as well that stay."""

    subject: ClassVar[str] = "funding_erasure.completed"


class FundingAuditChained(AuditChained):
    """Funding's audit trail has a new head: a service that keeps it would notice if the trail were rewritten."""

    subject: ClassVar[str] = "funding_audit.chained"


class FundingAuditWitnessed(AuditWitnessed):
    """What funding holds of another service's audit trail, and what does not agree."""

    subject: ClassVar[str] = "funding_audit.witnessed"


class FundingRecordsViewed(RecordsViewed):
    """Staff looked at what funding holds about people."""

    subject: ClassVar[str] = "funding_records.viewed"


class FundingExportPrepared(ExportPrepared):
    """Funding's part of somebody's export is ready."""

    subject: ClassVar[str] = "funding_export.prepared"
