"""The table of drafts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class SchemeDraft(Base):
    """Rules that somebody proposes. Published, it becomes a version and changes no more."""

    __tablename__ = "scheme_draft"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'tested', 'approved', 'declined', 'published')", name="status"),
        CheckConstraint("standing IN ('in_force', 'on_record')", name="standing"),
        CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="dates"),
        CheckConstraint("decided_by <> author_id", name="second_person"),
        CheckConstraint(
            "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decision",
        ),
        CheckConstraint("(status = 'published') = (published_version IS NOT NULL)", name="publication"),
        UniqueConstraint("scheme", "published_version"),
        ForeignKeyConstraint(["scheme", "published_version"], ["scheme_version.scheme", "scheme_version.version"]),
        Index("ix_scheme_draft_scheme_id", "scheme", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Counts every change; its entity tag."""
    status: Mapped[str] = mapped_column(String(10))
    standing: Mapped[str] = mapped_column(String(10))
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `schemes.rules.SchemeRules` document."""
    cases: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    """`schemes.cases.Case` documents."""
    author_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    tested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_version: Mapped[int | None] = mapped_column(Integer)
