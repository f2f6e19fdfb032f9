"""Rates, and claims made at them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class RateKind(StrEnum):
    """How a rate is meant."""

    DAY = "day"
    """Pence for a day."""
    AT_COST = "at_cost"
    """What it cost, up to a cap for each award."""


class ClaimedStatus(StrEnum):
    """Where a claim stands. What is approved is owed, and a payable of its own says when it is paid."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    DECLINED = "declined"


TRANSITIONS = (
    (ClaimedStatus.SUBMITTED, ClaimedStatus.APPROVED),
    (ClaimedStatus.SUBMITTED, ClaimedStatus.DECLINED),
)


class GrantRate(Base):
    """A rate from a day on. Never changed: another row takes over."""

    __tablename__ = "grant_rate"
    __table_args__ = (
        CheckConstraint("kind IN ('day', 'at_cost')", name="kind"),
        CheckConstraint("(kind = 'day') = (day_pence IS NOT NULL)", name="day"),
        CheckConstraint("day_pence > 0 AND cap_pence > 0", name="amounts"),
    )

    rate: Mapped[str] = mapped_column(String(60), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    day_pence: Mapped[int | None] = mapped_column(BigInteger)
    cap_pence: Mapped[int | None] = mapped_column(BigInteger)
    """The most of it for one award; None: only the award itself limits it."""
    source: Mapped[str] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantClaim(Base):
    """A claim on an award, decided by somebody else than made it."""

    __tablename__ = "grant_claim"
    __table_args__ = (
        CheckConstraint("status IN ('submitted', 'approved', 'declined')", name="status"),
        CheckConstraint("decided_by <> claimed_by", name="second_person"),
        CheckConstraint("(status = 'submitted') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("amount_pence > 0", name="amount"),
        Index("ix_grant_claim_grant_id", "grant_id", "claimed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    claimed_by: Mapped[UUID]
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantClaimLine(Base):
    """One line of a claim, with the rate as it was. The table is append-only."""

    __tablename__ = "grant_claim_line"
    __table_args__ = (CheckConstraint("quantity > 0 AND amount_pence > 0", name="amounts"),)

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("grant_claim.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rate: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(200))
    happened_on: Mapped[date]
    quantity: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    rate_pence: Mapped[int] = mapped_column(BigInteger)
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    evidence: Mapped[str] = mapped_column(String(300))
    seal: Mapped[str | None] = mapped_column(Text)
