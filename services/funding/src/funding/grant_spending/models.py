"""Spending as it was shown, and money due back."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class ReturnStatus(StrEnum):
    """Where a return stands."""

    DUE = "due"
    RECEIVED = "received"


TRANSITIONS = ((ReturnStatus.DUE, ReturnStatus.RECEIVED),)


class GrantSpend(Base):
    """One thing that the grant was spent on. The table is append-only."""

    __tablename__ = "grant_spend"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="amount"),
        Index("ix_grant_spend_grant_id", "grant_id", "recorded_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    item: Mapped[str] = mapped_column(String(200))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    spent_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(String(300))
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantReturn(Base):
    """Money that the recipient owes back, because it was not spent or because the award became smaller."""

    __tablename__ = "grant_return"
    __table_args__ = (
        CheckConstraint("status IN ('due', 'received')", name="status"),
        CheckConstraint("kind IN ('underspend', 'reduction')", name="kind"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("received_by <> raised_by", name="second_person"),
        CheckConstraint("(status = 'received') = (received_by IS NOT NULL AND reference IS NOT NULL)", name="received"),
        Index("ix_grant_return_grant_id", "grant_id", "raised_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reference: Mapped[str | None] = mapped_column(String(120))
    received_on: Mapped[date | None]
    received_by: Mapped[UUID | None]
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
