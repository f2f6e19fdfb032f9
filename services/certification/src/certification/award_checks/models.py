"""Checks of earned certificates, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base
from chassis.db import UtcDateTime
from chassis.ids import new_id


class AwardCheck(Base):
    """An earned certificate that was drawn: it is awarded, or withheld, once two people agree."""

    __tablename__ = "award_check"
    __table_args__ = (
        UniqueConstraint("teacher_id", "scheme"),
        CheckConstraint("recommendation IN ('award', 'withhold')", name="recommendation"),
        CheckConstraint("outcome IN ('awarded', 'withheld')", name="outcome"),
        CheckConstraint("decided_by <> recommended_by", name="two_persons"),
        CheckConstraint("teacher_id NOT IN (recommended_by, decided_by)", name="not_ones_own"),
        CheckConstraint("num_nonnulls(recommendation, reason, recommended_by, recommended_at) IN (0, 4)", name="whole"),
        CheckConstraint("num_nonnulls(outcome, decided_by, closed_at) IN (0, 3)", name="closed_whole"),
        CheckConstraint("outcome IS NULL OR recommendation IS NOT NULL", name="recommended_first"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recommendation: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    recommended_by: Mapped[UUID | None]
    recommended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
