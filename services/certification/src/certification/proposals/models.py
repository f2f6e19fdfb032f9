"""The columns that drafts of every kind have."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Integer, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import UtcDateTime
from chassis.ids import new_id

DECIDED = "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)"


def constraints() -> tuple[CheckConstraint, ...]:
    """What holds of drafts of every kind."""
    return (
        CheckConstraint("status IN ('draft', 'tested', 'approved', 'declined', 'published')", name="status"),
        CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="dates"),
        CheckConstraint("decided_by <> author_id", name="second_person"),
        CheckConstraint(DECIDED, name="decision"),
        CheckConstraint("(status = 'published') = (published_version IS NOT NULL)", name="publication"),
    )


class Draft:
    """Something that somebody proposes. Published, it becomes a version and changes no more."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Counts every change; its entity tag."""
    status: Mapped[str] = mapped_column(String(10))
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)
    cases: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    author_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    tested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_version: Mapped[int | None] = mapped_column(Integer)
