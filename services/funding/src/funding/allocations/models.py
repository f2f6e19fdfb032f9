"""Allocations and virements. The database refuses one that a single person proposed and approved."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class AllocationStatus(StrEnum):
    """Where an allocation stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """The money has moved."""
    DECLINED = "declined"


class Allocation(Base):
    """Money for a budget; a virement where it comes from another budget."""

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'approved', 'declined')", name="status"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("from_budget <> to_budget", name="another_budget"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("ix_allocation_proposed_at", "proposed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    to_budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    from_budget: Mapped[str | None] = mapped_column(ForeignKey("budget.budget"))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
