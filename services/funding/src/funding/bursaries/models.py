"""Bursaries and the decisions on them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class BursaryStatus(StrEnum):
    """Where a bursary stands."""

    ELIGIBLE = "eligible"
    """The rule says yes; a second person has to approve."""
    NEEDS_REVIEW = "needs_review"
    INELIGIBLE = "ineligible"
    APPROVED = "approved"
    """The budget holds the money; the course is not completed yet."""
    DECLINED = "declined"
    CLAIMABLE = "claimable"
    CLAIMED = "claimed"
    PAID = "paid"
    CANCELLED = "cancelled"
    """The booking was given up; what was reserved is available again."""


LIVE = (
    BursaryStatus.ELIGIBLE,
    BursaryStatus.NEEDS_REVIEW,
    BursaryStatus.APPROVED,
    BursaryStatus.CLAIMABLE,
    BursaryStatus.CLAIMED,
    BursaryStatus.PAID,
)
"""States in which a bursary holds its booking and its quota."""

FUNDED = (BursaryStatus.APPROVED, BursaryStatus.CLAIMABLE, BursaryStatus.CLAIMED, BursaryStatus.PAID)
"""States that only a second person's approval leads to."""


def _listed(states: tuple[BursaryStatus, ...]) -> str:
    return "(" + ", ".join(f"'{status}'" for status in states) + ")"


_IS_LIVE = text(f"status IN {_listed(LIVE)}")


class Bursary(Base):
    """A school's bursary for one booking. `amount_pence` is what the school receives, the fee already taken off."""

    __tablename__ = "bursary"
    __table_args__ = (
        ForeignKeyConstraint(["policy", "policy_version"], ["policy_version.policy", "policy_version.version"]),
        CheckConstraint(f"status IN {_listed(tuple(BursaryStatus))}", name="status"),
        CheckConstraint("decided_by <> teacher_id", name="second_person"),
        CheckConstraint(
            f"status NOT IN {_listed(FUNDED)} OR (decided_by IS NOT NULL AND amount_pence > 0)", name="approved"
        ),
        CheckConstraint("amount_pence >= 0", name="amount"),
        Index("uq_bursary_live_booking", "booking_id", unique=True, postgresql_where=_IS_LIVE),
        Index("uq_bursary_live_quota", "quota_key", unique=True, postgresql_where=_IS_LIVE),
        Index("ix_bursary_teacher_id", "teacher_id", "applied_at"),
        Index("ix_bursary_applied_at", "applied_at", "id"),
        Index("ix_bursary_school_urn", "school_urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.booking_id"))
    teacher_id: Mapped[UUID]
    school_urn: Mapped[str] = mapped_column(String(20))
    course_code: Mapped[str] = mapped_column(String(40))
    days: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    policy: Mapped[str] = mapped_column(String(60))
    policy_version: Mapped[int]
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    status: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    fee_pence: Mapped[int | None] = mapped_column(BigInteger)
    quota_key: Mapped[str | None] = mapped_column(String(200))
    decisions: Mapped[int]
    """How many decisions the rule has made; the last of them holds."""
    applied_on: Mapped[date]
    """The day whose policy version decides, in England."""
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class BursaryDecision(Base):
    """One decision of the rule: every input and the whole result, as canonical text that replays to the same bytes."""

    __tablename__ = "bursary_decision"

    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(20))
    inputs: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
