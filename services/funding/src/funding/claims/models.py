"""Claims: the school asks for the money of an earned bursary."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class ClaimStatus(StrEnum):
    """Where a claim stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    """Owed, and waiting for a payment run."""
    SCHEDULED = "scheduled"
    """In a payment run that is not released yet."""
    PAID = "paid"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Approved, and what it was for went away before anything was sent."""


class Claim(Base):
    """A claim, decided by somebody who neither made it nor approved the bursary; the payee is the school."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(
            "status IN ('submitted', 'approved', 'scheduled', 'paid', 'declined', 'withdrawn')", name="status"
        ),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("decided_by NOT IN (claimant_id, bursary_approved_by)", name="another_person"),
        CheckConstraint("status NOT IN ('approved', 'scheduled', 'paid') OR decided_by IS NOT NULL", name="approved"),
        CheckConstraint("(status IN ('scheduled', 'paid')) = (payment_run_id IS NOT NULL)", name="in_run"),
        Index(
            "uq_claim_live_bursary",
            "bursary_id",
            unique=True,
            postgresql_where=text("status NOT IN ('declined', 'withdrawn')"),
        ),
        Index("ix_claim_to_pay", "budget", postgresql_where=text("status = 'approved'")),
        Index("ix_claim_submitted_at", "submitted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"))
    claimant_id: Mapped[UUID]
    bursary_approved_by: Mapped[UUID]
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    payee_urn: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    payment_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment_run.id"), index=True)
    seal: Mapped[str | None] = mapped_column(Text)
