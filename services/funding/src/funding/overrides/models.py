"""Overrides of facts. What one says never changes; who approved it is another person."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class OverrideStatus(StrEnum):
    """Where an override stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """It holds until it expires or is ended."""
    DECLINED = "declined"
    ENDED = "ended"


class FactOverride(Base):
    """One fact about a school, or about a teacher of one, said by a person with evidence and approved by another."""

    __tablename__ = "fact_override"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'approved', 'declined', 'ended')", name="status"),
        CheckConstraint("decided_by <> requested_by", name="second_person"),
        CheckConstraint("teacher_id NOT IN (requested_by, decided_by)", name="not_of_oneself"),
        CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision"),
        CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("expires_on > requested_on AND expires_on <= requested_on + 366", name="expiry"),
        CheckConstraint("length(reason) > 0 AND length(evidence) > 0", name="evidence"),
        Index(
            "uq_fact_override_approved",
            "school_urn",
            text("coalesce(teacher_id::text, '')"),
            "fact",
            unique=True,
            postgresql_where=text("status = 'approved'"),
        ),
        Index("ix_fact_override_expires_on", "expires_on", postgresql_where=text("status = 'approved'")),
        Index("ix_fact_override_requested_at", "requested_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    school_urn: Mapped[str] = mapped_column(String(20))
    teacher_id: Mapped[UUID | None]
    fact: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(Text)
    """The value as JSON, so that it keeps its type."""
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    """Where the proof is: a document's reference, never the document."""
    requested_by: Mapped[UUID]
    requested_on: Mapped[date]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date]
    """The last day on which it holds."""
    status: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
