"""Payment runs and the payments in them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class RunStatus(StrEnum):
    """Where a payment run stands."""

    PREPARED = "prepared"
    RELEASED = "released"


class PaymentRun(Base):
    """Approved claims of one budget, to be paid together."""

    __tablename__ = "payment_run"
    __table_args__ = (
        CheckConstraint("status IN ('prepared', 'released')", name="status"),
        CheckConstraint("(status = 'released') = (released_by IS NOT NULL)", name="released"),
        CheckConstraint("payments > 0 AND amount_pence > 0", name="not_empty"),
        Index("ix_payment_run_prepared_at", "prepared_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    status: Mapped[str] = mapped_column(String(20))
    payments: Mapped[int]
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    prepared_by: Mapped[UUID]
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by: Mapped[UUID | None]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class Payment(Base):
    """One claim in a run. A claim is paid once: it is the key. The people of every step stand in the row."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint(
            "released_by NOT IN (claimant_id, bursary_approved_by, claim_approved_by)", name="third_person"
        ),
    )

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    payment_run_id: Mapped[UUID] = mapped_column(ForeignKey("payment_run.id"), index=True)
    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"))
    payee_urn: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    claimant_id: Mapped[UUID]
    bursary_approved_by: Mapped[UUID]
    claim_approved_by: Mapped[UUID]
    released_by: Mapped[UUID | None]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
