"""The table of adjustments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class Adjustment(Base):
    """Extra time for one teacher at one assessment. It applies to attempts that begin while it stands."""

    __tablename__ = "assessment_adjustment"
    __table_args__ = (
        CheckConstraint("extra_time_percent BETWEEN 1 AND 100", name="extra_time"),
        CheckConstraint("granted_by <> teacher_id", name="second_person"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        Index(
            "uq_assessment_adjustment_standing",
            "teacher_id",
            "assessment",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_assessment_adjustment_assessment_id", "assessment", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    assessment: Mapped[str] = mapped_column(ForeignKey("assessment.slug"))
    extra_time_percent: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[UUID]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
