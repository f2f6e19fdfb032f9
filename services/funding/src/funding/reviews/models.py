"""Review tasks, and what waits for each."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class ReviewStatus(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    SETTLED = "settled"


class ReviewTask(Base):
    """One fact about one school or teacher that decisions ask for and nobody has told."""

    __tablename__ = "review_task"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'settled')", name="status"),
        CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("(owner_id IS NULL) = (owned_at IS NULL)", name="owner"),
        Index(
            "uq_review_task_open",
            "school_urn",
            text("coalesce(teacher_id::text, '')"),
            "fact",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_review_task_due_on", "due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    school_urn: Mapped[str] = mapped_column(String(20))
    teacher_id: Mapped[UUID | None]
    """Of facts about a teacher."""
    fact: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    owner_id: Mapped[UUID | None]
    owned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReviewWait(Base):
    """A decision that waits for a task's fact: `bursary:…`, `fee:…` by its booking, or `quote:…`."""

    __tablename__ = "review_wait"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("review_task.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
