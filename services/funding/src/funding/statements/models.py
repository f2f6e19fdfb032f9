"""Closed statements and their lines. The database lets neither be changed; only the settlement is added later."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class PartyKind(StrEnum):
    """Whose statement it is."""

    SCHOOL = "school"
    """Named by its URN."""
    HUB = "hub"
    ORGANISATION = "organisation"


class StatementStatus(StrEnum):
    """Where a statement stands. One that is still open is computed and not kept."""

    CLOSED = "closed"
    PAID = "paid"
    """What it came to has been settled."""


class LineKind(StrEnum):
    """What a line is about. Amounts are as the party sees them: what it gets adds, what it owes takes off."""

    BURSARY_PAID = "bursary_paid"
    BURSARY_REVERSED = "bursary_reversed"
    """A bursary that was paid has to be paid back, or the bank sent it back: the exact opposite of its line."""
    FEE_OWED = "fee_owed"
    """What a school owes for a place."""
    FEE_EARNED = "fee_earned"
    """What a hub is owed for a place."""
    FEE_REVERSED = "fee_reversed"
    TO_BE_RECOVERED = "to_be_recovered"
    """A part of what was paid has to be paid back."""
    RECOVERED = "recovered"
    """What the party paid back, or let be taken off a payment."""
    WRITTEN_OFF = "written_off"
    GRANT_PAID = "grant_paid"
    GRANT_REVERSED = "grant_reversed"


REVERSALS = (LineKind.BURSARY_REVERSED, LineKind.FEE_REVERSED, LineKind.GRANT_REVERSED)


def _listed(words: tuple[StrEnum, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


class Statement(Base):
    """One party's closed month. `document` is the whole statement as canonical text, and what its digest is of."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("party_kind", "party", "month"),
        UniqueConstraint("id", "party_kind", "party"),
        CheckConstraint(f"party_kind IN {_listed(tuple(PartyKind))}", name="party_kind"),
        CheckConstraint("status IN ('closed', 'paid')", name="status"),
        CheckConstraint("extract(day FROM month) = 1", name="month"),
        CheckConstraint("lines > 0", name="lines"),
        CheckConstraint("(status = 'paid') = (settled_by IS NOT NULL)", name="settled"),
        CheckConstraint("settled_by <> closed_by", name="second_person"),
        Index("ix_statement_month", "month", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    party_kind: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(60))
    month: Mapped[date]
    """Its first day."""
    status: Mapped[str] = mapped_column(String(20))
    lines: Mapped[int]
    total_pence: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[str] = mapped_column(Text)
    document_sha256: Mapped[str] = mapped_column(String(64))
    closed_by: Mapped[UUID]
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settlement_reference: Mapped[str | None] = mapped_column(String(100))
    seal: Mapped[str | None] = mapped_column(Text)


class StatementLine(Base):
    """One fact on a statement. A fact is on one statement of a party, and a line is reversed once, to the penny."""

    __tablename__ = "statement_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["statement_id", "party_kind", "party"], ["statement.id", "statement.party_kind", "statement.party"]
        ),
        UniqueConstraint("statement_id", "position"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("amount_pence <> 0", name="amount"),
        CheckConstraint(f"kind IN {_listed(tuple(LineKind))}", name="kind"),
        CheckConstraint(f"(kind IN {_listed(REVERSALS)}) = (reverses_id IS NOT NULL)", name="reversal"),
        Index(
            "uq_statement_line_fact",
            "party_kind",
            "party",
            "source",
            unique=True,
            postgresql_where=text("reverses_id IS NULL"),
        ),
        Index("ix_statement_line_source", "source"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    statement_id: Mapped[UUID]
    position: Mapped[int]
    party_kind: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(120))
    """The fact, such as `payment:0190…`."""
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    narrative: Mapped[str] = mapped_column(String(200))
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("statement_line.id"))
    seal: Mapped[str | None] = mapped_column(Text)
