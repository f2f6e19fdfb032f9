"""Double entry. The database sees to it that journal and postings are append-only and each transaction sums to zero."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class AccountKind(StrEnum):
    """The five accounts of a budget. Money goes from `funding` towards `paid`."""

    FUNDING = "funding"
    """Where the money comes from; its balance is what was allocated, negative."""
    AVAILABLE = "available"
    """Allocated and not promised to anybody."""
    RESERVED = "reserved"
    """Promised by approved bursaries."""
    PAYABLE = "payable"
    """Owed: the claim is approved."""
    PAID = "paid"


class EntryKind(StrEnum):
    """Why money moved."""

    ALLOCATION = "allocation"
    RESERVATION = "reservation"
    RELEASE = "release"
    ACCRUAL = "accrual"
    PAYMENT = "payment"
    VIREMENT = "virement"
    """From one budget to another, by two people."""
    RECOVERY = "recovery"
    """Money that was paid came back, and may be promised again."""
    REVERSAL = "reversal"
    """The exact opposite of an earlier entry, which it names."""


KINDS = "kind IN (" + ", ".join(f"'{kind}'" for kind in EntryKind) + ")"


class LedgerAccount(Base):
    """An account and its balance in pence, which always equals the sum of its postings."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        CheckConstraint("kind IN ('funding', 'available', 'reserved', 'payable', 'paid')", name="kind"),
        CheckConstraint(
            "CASE kind WHEN 'funding' THEN balance_pence <= 0 ELSE balance_pence >= 0 END", name="never_overspent"
        ),
        UniqueConstraint("budget", "kind"),
    )

    account: Mapped[str] = mapped_column(String(80), primary_key=True)
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    kind: Mapped[str] = mapped_column(String(20))
    balance_pence: Mapped[int] = mapped_column(BigInteger, default=0)


class JournalTransaction(Base):
    """One movement of money. `(kind, source)` is its natural key: the same fact is never posted twice.

    A reversal has the source of what it reverses, and the database sees to it that it is the exact opposite and the
    only one. Nothing is posted into a month that is closed.
    """

    __tablename__ = "journal_transaction"
    __table_args__ = (
        Index(
            "uq_journal_transaction_kind_source",
            "kind",
            "source",
            unique=True,
            postgresql_where=text("reverses_id IS NULL"),
        ),
        Index("ix_journal_transaction_source", "source", postgresql_ops={"source": "varchar_pattern_ops"}),
        Index("ix_journal_transaction_posted_at", "posted_at"),
        UniqueConstraint("reverses_id"),
        CheckConstraint(KINDS, name="kind"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(120))
    narrative: Mapped[str] = mapped_column(String(200))
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("journal_transaction.id"))


class Posting(Base):
    """One side of a movement, in pence; positive adds to the account."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("amount_pence <> 0", name="amount"),
        Index("ix_posting_transaction_id", "transaction_id"),
        Index("ix_posting_account_id", "account", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("journal_transaction.id"))
    account: Mapped[str] = mapped_column(ForeignKey("ledger_account.account"))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    seal: Mapped[str | None] = mapped_column(Text)


class LedgerPeriod(Base):
    """A month whose closing was proposed by one person and, once checked by another, is final. Others are open."""

    __tablename__ = "ledger_period"
    __table_args__ = (
        CheckConstraint("extract(day FROM month) = 1", name="month"),
        CheckConstraint("closed_by <> proposed_by", name="second_person"),
        CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closed"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day, in England."""
    transactions: Mapped[int]
    journal_sha256: Mapped[str] = mapped_column(String(64))
    """Of every posting of the month, as it stood when closing was proposed; the second person confirms the same."""
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
