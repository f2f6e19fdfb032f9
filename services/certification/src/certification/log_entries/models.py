"""The table of the professional development log."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class LogEntry(Base):
    """Community activity that a teacher recorded. It is decided on once; after a return a new entry is made."""

    __tablename__ = "log_entry"
    __table_args__ = (
        CheckConstraint("status IN ('submitted', 'accepted', 'returned')", name="status"),
        CheckConstraint("(status = 'submitted') = (decided_at IS NULL AND decided_by IS NULL)", name="decision"),
        CheckConstraint("decided_by <> teacher_id", name="other_moderator"),
        Index("ix_log_entry_teacher_id_id", "teacher_id", "id"),
        Index("ix_log_entry_status_id", "status", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    activity: Mapped[str] = mapped_column(ForeignKey("activity.code"))
    occurred_on: Mapped[date] = mapped_column(Date)
    description: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None] = mapped_column()
    reason: Mapped[str | None] = mapped_column(Text)
