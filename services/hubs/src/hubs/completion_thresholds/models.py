"""Completion thresholds."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base


class CompletionThreshold(Base):
    """A version of the threshold of one activity, or of all that have none of their own. Rows never change.

    On a day the highest version counts that began by then.
    """

    __tablename__ = "completion_threshold"
    __table_args__ = (
        UniqueConstraint("activity_code", "version", postgresql_nulls_not_distinct=True),
        CheckConstraint("percent > 0 AND percent <= 100", name="percent"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    activity_code: Mapped[str | None] = mapped_column(ForeignKey("activity.code"))
    """Null: every activity without a threshold of its own."""
    version: Mapped[int]
    percent: Mapped[Decimal]
    valid_from_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(500))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    """Null when it came with the platform."""
