"""Payment runs and the payments in them.

The database holds the rules of the four steps: who may not do which, that what is approved is what was checked, byte
for byte, that an edit takes both back, and that nothing of a released run changes but what the bank says of it.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base

CONTROLS = 2
"""Runs of now: checked and approved before they are released. Those with 1 are older than these steps."""


class RunStatus(StrEnum):
    """Where a payment run stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    """A second person has seen every line; from here on the content is known by its hash."""
    APPROVED = "approved"
    RELEASED = "released"
    """Paid in the ledger; the bank's file can be had."""
    CONFIRMED = "confirmed"
    """The bank debited the sum, and nothing has come back."""
    PARTLY_RETURNED = "partly_returned"
    RETURNED = "returned"
    CANCELLED = "cancelled"


SENT = (RunStatus.RELEASED, RunStatus.CONFIRMED, RunStatus.PARTLY_RETURNED, RunStatus.RETURNED)
"""States behind the release: the money is on its way, there, or back."""


class PaymentStatus(StrEnum):
    """Where a payment stands."""

    PLANNED = "planned"
    SENT = "sent"
    RETURNED = "returned"
    """The bank sent the money back; what was owed is owed again."""


class PaymentRun(Base):
    """What is owed of one budget, to be paid together."""

    __tablename__ = "payment_run"
    __table_args__ = (
        CheckConstraint("status IN (" + ", ".join(f"'{status}'" for status in RunStatus) + ")", name="status"),
        CheckConstraint(
            "status NOT IN ('released', 'confirmed', 'partly_returned', 'returned') OR released_by IS NOT NULL",
            name="released",
        ),
        CheckConstraint("(payments > 0 AND amount_pence > 0) OR status = 'cancelled'", name="not_empty"),
        CheckConstraint("checked_by <> prepared_by", name="checked_by_another"),
        CheckConstraint("approved_by <> prepared_by", name="approved_by_another"),
        CheckConstraint("NOT needs_fourth_person OR approved_by <> checked_by", name="fourth_person"),
        CheckConstraint(
            "controls = 1 OR released_by NOT IN (prepared_by, checked_by, approved_by)", name="released_by_another"
        ),
        CheckConstraint(
            "controls = 1 OR status IN ('draft', 'cancelled') OR (checked_by IS NOT NULL "
            "AND content_sha256 IS NOT NULL AND processing_on IS NOT NULL)",
            name="checked",
        ),
        CheckConstraint(
            "controls = 1 OR status IN ('draft', 'checked', 'cancelled') OR approved_by IS NOT NULL", name="approved"
        ),
        CheckConstraint(
            "status <> 'draft' OR (checked_by IS NULL AND approved_by IS NULL AND content_sha256 IS NULL)",
            name="draft",
        ),
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
    controls: Mapped[int] = mapped_column(SmallInteger, server_default="1", default=CONTROLS)
    processing_on: Mapped[date | None]
    """The working day on which the banks process it; the money arrives on the next one."""
    needs_fourth_person: Mapped[bool] = mapped_column(server_default="false")
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the canonical lines, as the database writes them; what was checked and what is approved."""
    checked_by: Mapped[UUID | None]
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bank_reference: Mapped[str | None] = mapped_column(String(60))


class Payment(Base):
    """One line of a run. What is owed is in one live line; the people of every step stand in the row.

    `award_kind` and `award_id` say what is paid, a claim or something else; the columns of a claim are empty otherwise.
    """

    __tablename__ = "payment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["details_id", "payee_id", "usable_from_at"],
            ["payee_details.id", "payee_details.payee_id", "payee_details.usable_from_at"],
        ),
        UniqueConstraint("award_kind", "award_id", "attempt"),
        UniqueConstraint("reference"),
        Index(
            "uq_payment_live_award",
            "award_kind",
            "award_id",
            unique=True,
            postgresql_where=text("status <> 'returned'"),
        ),
        Index("ix_payment_payee_id", "payee_id"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("status IN ('planned', 'sent', 'returned')", name="status"),
        CheckConstraint("(status = 'planned') = (released_by IS NULL)", name="sent"),
        CheckConstraint("(status = 'returned') = (returned_at IS NOT NULL)", name="returned"),
        CheckConstraint(
            "released_by NOT IN (claimant_id, bursary_approved_by, claim_approved_by)", name="third_person"
        ),
        CheckConstraint("released_by <> ALL (people)", name="another_person"),
        CheckConstraint("released_at >= usable_from_at", name="cooled_off"),
        CheckConstraint(
            "(payee_id IS NULL) = (usable_from_at IS NULL) AND (payee_id IS NULL) = (details_id IS NULL)", name="payee"
        ),
        CheckConstraint(
            "award_kind <> 'claim' OR (claim_id IS NOT NULL AND bursary_id IS NOT NULL AND payee_urn IS NOT NULL "
            "AND claimant_id IS NOT NULL AND bursary_approved_by IS NOT NULL AND claim_approved_by IS NOT NULL)",
            name="claim",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id"), index=True)
    payment_run_id: Mapped[UUID] = mapped_column(ForeignKey("payment_run.id"), index=True)
    bursary_id: Mapped[UUID | None] = mapped_column(ForeignKey("bursary.id"))
    payee_urn: Mapped[str | None] = mapped_column(String(20))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    claimant_id: Mapped[UUID | None]
    bursary_approved_by: Mapped[UUID | None]
    claim_approved_by: Mapped[UUID | None]
    released_by: Mapped[UUID | None]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
    award_kind: Mapped[str] = mapped_column(String(30))
    award_id: Mapped[UUID]
    attempt: Mapped[int] = mapped_column(server_default="1")
    """The first time, or the next after the bank sent the money back."""
    journal_source: Mapped[str] = mapped_column(String(140))
    """How the journal names this payment; the next attempt has another name."""
    status: Mapped[str] = mapped_column(String(20))
    narrative: Mapped[str | None] = mapped_column(String(100))
    reference: Mapped[str | None] = mapped_column(String(18))
    """What stands on the payee's bank statement, and on the bank's report when the money comes back."""
    payee_id: Mapped[UUID | None] = mapped_column(ForeignKey("payee.id"))
    details_id: Mapped[UUID | None]
    usable_from_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    people: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    """Who had a part in what is paid, and must not release it."""
    flags: Mapped[list[str]] = mapped_column(ARRAY(String(30)), server_default="{}")
    """Why a fourth person has to look at it."""
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    return_code: Mapped[str | None] = mapped_column(String(10))
