"""Versions of cards. The text never changes; a draft is approved or declined once."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class CardStatus(StrEnum):
    """Where a version of a card stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    DECLINED = "declined"


TRANSITIONS = ((CardStatus.DRAFT, CardStatus.APPROVED), (CardStatus.DRAFT, CardStatus.DECLINED))
"""Every step that the database lets a version take."""


class GrantCardVersion(Base):
    """One version of a card as canonical text with its checksum. Reference data ships approved, and has no proposer."""

    __tablename__ = "grant_card_version"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'approved', 'declined')", name="status"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "status = 'draft' OR proposed_by IS NULL OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decided",
        ),
        Index(
            "uq_grant_card_version_in_force",
            "card",
            "project_year",
            "effective_from",
            unique=True,
            postgresql_where=text("status = 'approved'"),
        ),
    )

    card: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_year: Mapped[str] = mapped_column(String(7))
    effective_from: Mapped[date]
    document: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    proposed_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
