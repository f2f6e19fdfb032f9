"""Teacher reference numbers as stored."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class Standing(StrEnum):
    """How sure the platform is of a number, least first."""

    SELF_DECLARED = "self_declared"
    MATCHED = "matched"
    """The register of teachers has the number with this name; nobody has proven to be that person."""
    VERIFIED = "verified"


class TeacherNumber(Base):
    """A person's number with who said so last, and when. What was said before is in the audit trail."""

    __tablename__ = "teacher_number"
    __table_args__ = (
        CheckConstraint("trn ~ '^[0-9]{7}$'", name="trn"),
        CheckConstraint("standing IN ('self_declared', 'matched', 'verified')", name="standing"),
        CheckConstraint("standing = 'self_declared' OR stated_by <> person_id", name="not_by_oneself"),
        Index("uq_teacher_number_verified", "trn", unique=True, postgresql_where=text("standing = 'verified'")),
        Index("ix_teacher_number_trn", "trn"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    trn: Mapped[str] = mapped_column(String(7))
    """Text, because leading zeros count."""
    standing: Mapped[str] = mapped_column(String(20))
    stated_by: Mapped[UUID]
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(300))
    """What staff saw. Here and not in the audit trail, from which nothing can be erased."""
