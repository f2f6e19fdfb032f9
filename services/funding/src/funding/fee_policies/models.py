"""Published versions of the fee policy. The table is append-only: a change is another version."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class FeePolicyVersion(Base):
    """One version, as canonical text with its checksum."""

    __tablename__ = "fee_policy_version"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("approved_by <> author_id", name="second_person"),
        CheckConstraint(
            "(draft_id IS NULL) = (author_id IS NULL) AND (draft_id IS NULL) = (approved_by IS NULL)", name="people"
        ),
    )

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    effective_from: Mapped[date] = mapped_column(unique=True)
    document: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft_id: Mapped[UUID | None]
    """The draft that was approved, of a version that was written here; None of one that came with the release."""
    author_id: Mapped[UUID | None]
    approved_by: Mapped[UUID | None]
    seal: Mapped[str | None] = mapped_column(Text)
