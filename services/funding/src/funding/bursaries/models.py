"""Bursaries and the decisions on them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    String,
    Text,
    text,
)
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
    LAPSED = "lapsed"
    """It was withdrawn, or can no longer be earned; what was reserved is available again."""
    CLAWED_BACK = "clawed_back"
    """It was paid, and the money came back."""


LIVE = (
    BursaryStatus.ELIGIBLE,
    BursaryStatus.NEEDS_REVIEW,
    BursaryStatus.APPROVED,
    BursaryStatus.CLAIMABLE,
    BursaryStatus.CLAIMED,
    BursaryStatus.PAID,
)
"""States in which a bursary holds its booking and its quota."""

FUNDED = (
    BursaryStatus.APPROVED,
    BursaryStatus.CLAIMABLE,
    BursaryStatus.CLAIMED,
    BursaryStatus.PAID,
    BursaryStatus.CLAWED_BACK,
)
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
        CheckConstraint("second_approved_by NOT IN (teacher_id, decided_by)", name="third_person"),
        CheckConstraint("second_approved_by IS NULL OR decided_by IS NOT NULL", name="approved_in_order"),
        CheckConstraint(
            f"status NOT IN {_listed(FUNDED)} OR second_approval_above_pence IS NULL "
            "OR amount_pence <= second_approval_above_pence OR second_approved_by IS NOT NULL",
            name="second_approval",
        ),
        CheckConstraint("(part IS NULL) = (group_id IS NULL)", name="part_of_group"),
        CheckConstraint("quota_at_most >= 1", name="quota"),
        Index("uq_bursary_live_part", "booking_id", text("coalesce(part, '')"), unique=True, postgresql_where=_IS_LIVE),
        Index(
            "uq_bursary_live_quota",
            "quota_key",
            unique=True,
            postgresql_where=text(f"status IN {_listed(LIVE)} AND quota_at_most = 1"),
        ),
        Index("ix_bursary_group_id", "group_id"),
        Index("ix_bursary_earn_by_on", "earn_by_on", postgresql_where=text("status = 'approved'")),
        Index("ix_bursary_booking_id", "booking_id"),
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
    quota_at_most: Mapped[int] = mapped_column(default=1, server_default="1")
    part: Mapped[str | None] = mapped_column(String(40))
    """Which milestone it is paid for; None when it is paid at once."""
    group_id: Mapped[UUID | None]
    """The first part of the same application, which all parts name; they are approved together."""
    earn_by_on: Mapped[date | None]
    """The last day on which its milestone can be reached."""
    second_approval_above_pence: Mapped[int | None] = mapped_column(BigInteger)
    """Above this a second approver is needed, besides the one in `decided_by`."""
    second_approved_by: Mapped[UUID | None]
    second_approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_by: Mapped[UUID | None]
    """Who brought it to its status: this and the next three become its history, by trigger."""
    moved_because: Mapped[str | None] = mapped_column(Text)
    moved_cause: Mapped[str | None] = mapped_column(String(120))
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
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
    cause: Mapped[str | None] = mapped_column(String(120))
    """Why it was made: the application, or what changed since."""
    valid_until_on: Mapped[date | None]
    inputs: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class BursaryMove(Base):
    """One step in a bursary's life, written by trigger whenever its status changes. Rows are never changed."""

    __tablename__ = "bursary_move"
    __table_args__ = (Index("ix_bursary_move_bursary_id", "bursary_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"))
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    """The person; None when the platform moved it."""
    reason: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(String(120))
    """The fact that moved it, such as `completion:0190…`."""
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class BursaryTransition(Base):
    """One step that the database allows; every other change of a bursary's status is refused by trigger."""

    __tablename__ = "bursary_transition"

    from_status: Mapped[str] = mapped_column(String(20), primary_key=True)
    """Empty: it begins like this."""
    to_status: Mapped[str] = mapped_column(String(20), primary_key=True)
    means: Mapped[str] = mapped_column(String(200))


class Entitlement(Base):
    """How much of a quota is held. Kept by trigger with every bursary that names its key."""

    __tablename__ = "entitlement"
    __table_args__ = (
        CheckConstraint("reserved >= 0 AND consumed >= 0 AND reserved + consumed <= at_most", name="within_quota"),
    )

    quota_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    at_most: Mapped[int]
    reserved: Mapped[int]
    consumed: Mapped[int]


class EntitlementEntry(Base):
    """One movement of an entitlement. Rows are never changed; the sum of them is what the entitlement says."""

    __tablename__ = "entitlement_entry"
    __table_args__ = (CheckConstraint("kind IN ('reserve', 'consume', 'release')", name="kind"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    quota_key: Mapped[str] = mapped_column(ForeignKey("entitlement.quota_key"), index=True)
    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"))
    kind: Mapped[str] = mapped_column(String(10))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
