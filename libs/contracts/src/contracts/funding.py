"""Events that funding publishes. Money is integer pence."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contracts.base import Event


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
