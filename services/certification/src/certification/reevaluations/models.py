"""Re-evaluations and what they found about each person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class ReEvaluation(Base):
    """A look at everybody enrolled in a scheme when it was asked for, in batches that commit what they found.

    `cursor` is the last teacher who is done, so that whoever goes on after a crash goes on behind it.
    """

    __tablename__ = "re_evaluation"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'finished', 'cancelled')", name="status"),
        CheckConstraint("action IN ('dry_run', 'migrate_if_better', 'migrate_all', 'recheck')", name="action"),
        CheckConstraint("(action = 'recheck') = (rules IS NULL)", name="rules"),
        CheckConstraint("(version IS NULL) OR (draft_id IS NULL)", name="target"),
        CheckConstraint("done BETWEEN 0 AND total", name="progress"),
        # One at a time may move people of a scheme; any number may look.
        Index(
            "uq_re_evaluation_moving",
            "scheme",
            unique=True,
            postgresql_where=text("status IN ('queued', 'running') AND action <> 'dry_run'"),
        ),
        Index("ix_re_evaluation_open", "id", postgresql_where=text("status IN ('queued', 'running')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"))
    action: Mapped[str] = mapped_column(String(20))
    version: Mapped[int | None] = mapped_column(Integer)
    """The version looked at; null for a draft, and when everybody is looked at under their own."""
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("scheme_draft.id"))
    rules: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    """The rules looked at, as they were when it was asked for."""
    status: Mapped[str] = mapped_column(String(10))
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer, default=0)
    moved: Mapped[int] = mapped_column(Integer, default=0)
    cursor: Mapped[UUID | None]
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReEvaluationFinding(Base):
    """What a re-evaluation found about one person."""

    __tablename__ = "re_evaluation_finding"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('stays_complete', 'would_complete', 'would_lose', 'stays_incomplete')", name="outcome"
        ),
        Index("ix_re_evaluation_finding_outcome", "re_evaluation_id", "outcome", "teacher_id"),
    )

    re_evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("re_evaluation.id"), primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), primary_key=True)
    from_version: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(20))
    is_awarded: Mapped[bool]
    """Whether the certificate was awarded already; it stays so."""
    was_moved: Mapped[bool]
    missing: Mapped[str] = mapped_column(Text)
    """What is missing under the rules looked at, in sentences; empty for nothing."""
