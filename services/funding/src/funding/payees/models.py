"""Payees and the versions of their bank details. The database keeps every version and refuses one-person changes."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class PayeeKind(StrEnum):
    """What a payee is."""

    SCHOOL = "school"
    TRUST = "trust"
    AUTHORITY = "authority"
    HUB = "hub"
    ORGANISATION = "organisation"


class ConfirmationMethod(StrEnum):
    """How somebody made sure of the details, other than by the way in which they arrived."""

    TELEPHONE = "telephone"
    """Called back on a number known from before."""
    LETTER = "letter"
    IN_PERSON = "in_person"


class Payee(Base):
    """A school, trust, authority or hub, by its number or id."""

    __tablename__ = "payee"
    __table_args__ = (
        CheckConstraint("kind IN ('school', 'trust', 'authority', 'hub', 'organisation')", name="kind"),
        UniqueConstraint("kind", "reference"),
        Index("ix_payee_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class PayeeDetails(Base):
    """One version of a payee's bank details. Once decided it never changes; a change is another version."""

    __tablename__ = "payee_details"
    __table_args__ = (
        UniqueConstraint("payee_id", "version"),
        UniqueConstraint("id", "payee_id", "usable_from_at"),
        Index("uq_payee_details_undecided", "payee_id", unique=True, postgresql_where=text("decided_at IS NULL")),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("outcome IN ('approved', 'declined')", name="outcome"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (outcome IS NULL)", name="decided"
        ),
        CheckConstraint(
            "outcome <> 'approved' OR (confirmation_method IS NOT NULL AND confirmed_on IS NOT NULL "
            "AND usable_from_at >= decided_at)",
            name="confirmed",
        ),
        CheckConstraint("outcome = 'approved' OR usable_from_at IS NULL", name="usable"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payee.id"))
    version: Mapped[int]
    account_name: Mapped[str] = mapped_column(String(100))
    account_ending: Mapped[str] = mapped_column(String(4))
    sort_code_ending: Mapped[str] = mapped_column(String(2))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(100))
    collects_for: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    """Whose money it takes, such as `school:900001`; itself among them."""
    modulus_check: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmation_method: Mapped[str | None] = mapped_column(String(20))
    confirmed_on: Mapped[date | None]
    confirmation_note: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(20))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    usable_from_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The end of the cooling-off."""
    seal: Mapped[str | None] = mapped_column(Text)


class PayeeCollection(Base):
    """Who takes the money of whom, as the latest approved details say; nobody's goes to two."""

    __tablename__ = "payee_collection"

    payee_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payee.id"), index=True)
    details_id: Mapped[UUID] = mapped_column(ForeignKey("payee_details.id"))
    seal: Mapped[str | None] = mapped_column(Text)
