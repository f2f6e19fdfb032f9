"""Requests to draw."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class DrawdownStatus(StrEnum):
    """Where a request stands. What is approved is owed, and a payable of its own says when it is paid."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"


TRANSITIONS = (
    (DrawdownStatus.REQUESTED, DrawdownStatus.APPROVED),
    (DrawdownStatus.REQUESTED, DrawdownStatus.DECLINED),
)


class GrantDrawdown(Base):
    """A request to draw from one instalment."""

    __tablename__ = "grant_drawdown"
    __table_args__ = (
        CheckConstraint("status IN ('requested', 'approved', 'declined')", name="status"),
        CheckConstraint("decided_by <> requested_by", name="second_person"),
        CheckConstraint("(status = 'requested') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("cardinality(evidence) > 0", name="evidence"),
        Index("ix_grant_drawdown_grant_id", "grant_id", "requested_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    instalment_id: Mapped[UUID] = mapped_column(ForeignKey("grant_instalment.id"))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    evidence: Mapped[list[str]] = mapped_column(ARRAY(String(300)))
    """References to what shows that the condition is met."""
    status: Mapped[str] = mapped_column(String(20))
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
