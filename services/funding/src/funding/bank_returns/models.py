"""Files that the bank sent and every line of them. The database keeps both, and lets two people settle a line.

A payment comes back by one line. Account numbers are not kept: only how they end, as of payees.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.bank_returns.rules import Unmatched
from funding.base import Base


class LineStatus(StrEnum):
    """Where a line stands."""

    MATCHED = "matched"
    """It was one payment's beyond doubt, which came back by it."""
    QUEUED = "queued"
    """A person has to say what it is."""
    PROPOSED = "proposed"
    """Somebody said; another person has to agree."""
    RESOLVED = "resolved"


class Outcome(StrEnum):
    """What a person says a line is."""

    PAYMENT = "payment"
    NOT_OURS = "not_ours"
    """No payment of ours came back by it: it is another's, came before, or belongs to a recovery case."""


UNMATCHED = "queued_because IN (" + ", ".join(f"'{why}'" for why in Unmatched) + ")"


class BankReturn(Base):
    """One file of returns. Its content is known by its hash: the same file is imported once."""

    __tablename__ = "bank_return"
    __table_args__ = (
        UniqueConstraint("content_sha256"),
        CheckConstraint("lines > 0 AND amount_pence > 0", name="not_empty"),
        Index("ix_bank_return_imported_at", "imported_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    lines: Mapped[int]
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    imported_by: Mapped[UUID]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class BankReturnLine(Base):
    """One line of a file."""

    __tablename__ = "bank_return_line"
    __table_args__ = (
        UniqueConstraint("bank_return_id", "line"),
        Index("uq_bank_return_line_payment_id", "payment_id", unique=True),
        Index("ix_bank_return_line_open", "id", postgresql_where=text("status IN ('queued', 'proposed')")),
        CheckConstraint("status IN ('matched', 'queued', 'proposed', 'resolved')", name="status"),
        CheckConstraint(UNMATCHED, name="queued_because"),
        CheckConstraint("(status = 'matched') = (queued_because IS NULL)", name="queued"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("outcome IN ('payment', 'not_ours')", name="outcome"),
        CheckConstraint(
            "(status IN ('proposed', 'resolved')) = (proposed_by IS NOT NULL) "
            "AND (proposed_by IS NULL) = (outcome IS NULL) AND (proposed_by IS NULL) = (reason IS NULL)",
            name="proposed",
        ),
        CheckConstraint("(outcome IS NOT DISTINCT FROM 'payment') = (proposed_payment_id IS NOT NULL)", name="which"),
        CheckConstraint("(status = 'resolved') = (decided_by IS NOT NULL)", name="decided"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "(payment_id IS NOT NULL) = (status = 'matched' OR (status = 'resolved' AND outcome = 'payment')) "
            "AND (status = 'matched' OR payment_id IS NULL OR payment_id = proposed_payment_id)",
            name="payment",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bank_return_id: Mapped[UUID] = mapped_column(ForeignKey("bank_return.id"))
    line: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    sort_code_ending: Mapped[str] = mapped_column(String(2))
    account_ending: Mapped[str] = mapped_column(String(4))
    returned_on: Mapped[date]
    """By the bank; in the ledger it came back when it was imported."""
    code: Mapped[str] = mapped_column(String(10))
    description: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(20))
    queued_because: Mapped[str | None] = mapped_column(String(30))
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"))
    """The payment that came back by it."""
    outcome: Mapped[str | None] = mapped_column(String(20))
    proposed_payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
