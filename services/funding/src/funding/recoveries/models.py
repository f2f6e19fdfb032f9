"""Recovery cases, what came of them, and each of their steps. The database allows only the steps of a case's life."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class RecoveryStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    """An officer said how to get the money back; a second person has to agree."""
    AGREED = "agreed"
    SETTLED = "settled"
    """All of it came back or was written off."""
    DROPPED = "dropped"
    """What made the payment wrong was itself taken back."""


class Because(StrEnum):
    """Why the money has to come back."""

    COMPLETION_WITHDRAWN = "completion_withdrawn"
    BOOKING_CANCELLED = "booking_cancelled"
    PROGRAMME_GIVEN_UP = "programme_given_up"
    """A programme was not completed, and its policy asks paid parts back."""
    OVERPAYMENT = "overpayment"
    UNDERSPEND = "underspend"


class Method(StrEnum):
    """How it comes back."""

    OFFSET = "offset"
    """Taken off what is paid next."""
    INVOICE = "invoice"
    WRITE_OFF = "write_off"
    """It does not."""


class RecoveryCase(Base):
    """One payment, or a part of it, that has to come back. It knows no end of a budget's year or of a contract."""

    __tablename__ = "recovery_case"
    __table_args__ = (
        CheckConstraint("party_kind IN ('school', 'hub', 'organisation')", name="party_kind"),
        CheckConstraint(
            "because IN ('completion_withdrawn', 'booking_cancelled', 'programme_given_up', 'overpayment', "
            "'underspend')",
            name="because",
        ),
        CheckConstraint("status IN ('open', 'proposed', 'agreed', 'settled', 'dropped')", name="status"),
        CheckConstraint("method IN ('offset', 'invoice', 'write_off')", name="method"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint(
            "recovered_pence >= 0 AND written_off_pence >= 0 AND recovered_pence + written_off_pence <= amount_pence",
            name="never_too_much",
        ),
        CheckConstraint("(status = 'settled') = (recovered_pence + written_off_pence = amount_pence)", name="settled"),
        CheckConstraint("status NOT IN ('agreed', 'settled') OR agreed_by IS NOT NULL", name="agreed"),
        CheckConstraint("agreed_by <> proposed_by", name="second_person"),
        CheckConstraint("(status = 'open') OR (method IS NOT NULL) OR (status = 'dropped')", name="has_method"),
        Index("uq_recovery_case_cause", "cause", unique=True, postgresql_where=text("status <> 'dropped'")),
        Index("ix_recovery_case_opened_at", "opened_at", "id"),
        Index("ix_recovery_case_party", "party_kind", "party"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(120))
    """What was paid, such as `payment:0190…`: it is recovered in one case at a time."""
    because: Mapped[str] = mapped_column(String(30))
    is_whole: Mapped[bool]
    """Whether all of the payment has to come back."""
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id"), index=True)
    """The payment's id, which is its claim's; the money may not have left yet."""
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    party_kind: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(40))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    recovered_pence: Mapped[int] = mapped_column(BigInteger)
    written_off_pence: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    method: Mapped[str | None] = mapped_column(String(20))
    proposed_by: Mapped[UUID | None]
    agreed_by: Mapped[UUID | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[UUID | None]
    """None when the platform did it."""
    reason: Mapped[str] = mapped_column(Text)
    """Of the last step."""
    seal: Mapped[str | None] = mapped_column(Text)


class RecoveryStep(Base):
    """One step of a case, written by the database when the case changes."""

    __tablename__ = "recovery_step"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str] = mapped_column(String(20))
    method: Mapped[str | None] = mapped_column(String(20))
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class RecoveryReceipt(Base):
    """A part of a case that came back or was written off."""

    __tablename__ = "recovery_receipt"
    __table_args__ = (
        CheckConstraint("kind IN ('offset', 'invoice', 'write_off')", name="kind"),
        CheckConstraint("amount_pence > 0", name="amount"),
        UniqueConstraint("case_id", "reference"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str] = mapped_column(String(100))
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
