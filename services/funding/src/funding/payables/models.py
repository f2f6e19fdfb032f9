"""Payables: one row for each approved debt, whatever it came from. Its source is its natural key."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class PayableStatus(StrEnum):
    """Where a payable stands."""

    READY = "ready"
    """Owed, and waiting for a payment run."""
    SCHEDULED = "scheduled"
    PAID = "paid"


TRANSITIONS = (
    (PayableStatus.READY, PayableStatus.SCHEDULED),
    (PayableStatus.SCHEDULED, PayableStatus.READY),
    (PayableStatus.SCHEDULED, PayableStatus.PAID),
    (PayableStatus.PAID, PayableStatus.READY),
)
"""Every step that the database lets a payable take; the last one when a payment comes back from the bank."""


class Payable(Base):
    """An approved debt to an organisation. The ledger holds it as payable under the same source."""

    __tablename__ = "payable"
    __table_args__ = (
        CheckConstraint("status IN ('ready', 'scheduled', 'paid')", name="status"),
        CheckConstraint("(status = 'ready') = (payment_run_id IS NULL)", name="in_run"),
        CheckConstraint("approved_by <> requested_by", name="second_person"),
        CheckConstraint("amount_pence > 0", name="amount"),
        Index("ix_payable_to_pay", "budget", postgresql_where=text("status = 'ready'")),
        Index("ix_payable_subject", "subject"),
        Index("ix_payable_ready_at", "ready_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120), unique=True)
    """What it came from, such as `grant_drawdown:0190…`: paid once."""
    subject: Mapped[str] = mapped_column(String(120))
    """What it belongs to, such as `grant:0190…`."""
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    payee_kind: Mapped[str] = mapped_column(String(20))
    payee_id: Mapped[str] = mapped_column(String(60))
    payee_name: Mapped[str] = mapped_column(String(200))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    narrative: Mapped[str] = mapped_column(String(200))
    requested_by: Mapped[UUID]
    approved_by: Mapped[UUID]
    ready_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20))
    payment_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment_run.id"), index=True)
    seal: Mapped[str | None] = mapped_column(Text)
    people: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    """Who else had a part in what is owed, such as those who awarded it; they release no payment of it either."""
