"""Tables of re-markings."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from certification.assessments.models import PERCENT
from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class ReMarking(Base):
    """A question was wrong, two people say so, and everybody who answered it is marked again."""

    __tablename__ = "re_marking"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'declined', 'running', 'done')", name="status"),
        CheckConstraint("treatment IN ('other_answer', 'marks_for_all')", name="treatment"),
        CheckConstraint("(treatment = 'other_answer') = (right_options IS NOT NULL)", name="right_options"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(status = 'proposed') = (decided_by IS NULL AND decided_at IS NULL)", name="decision"),
        CheckConstraint("(status = 'done') = (finished_at IS NOT NULL)", name="finished"),
        Index(
            "uq_re_marking_question_id",
            "question_id",
            unique=True,
            postgresql_where=text("status IN ('proposed', 'running')"),
        ),
        Index("ix_re_marking_assessment_id", "assessment", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment: Mapped[str] = mapped_column(ForeignKey("assessment.slug"))
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"))
    treatment: Mapped[str] = mapped_column(String(16))
    right_options: Mapped[list[int] | None] = mapped_column(ARRAY(SmallInteger))
    """What is right after all, by the options' places in the question."""
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    after_attempt: Mapped[UUID | None]
    """How far the marking has come."""
    attempts_seen: Mapped[int] = mapped_column(Integer, default=0)
    attempts_changed: Mapped[int] = mapped_column(Integer, default=0)
    passes_given: Mapped[int] = mapped_column(Integer, default=0)
    passes_kept: Mapped[int] = mapped_column(Integer, default=0)
    """Passes that the new marks would not have reached: they stand."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReMarkingChange(Base):
    """What a re-marking changed of an attempt."""

    __tablename__ = "re_marking_change"

    re_marking_id: Mapped[UUID] = mapped_column(ForeignKey("re_marking.id"), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_attempt.id"), primary_key=True)
    percent_before: Mapped[Decimal] = mapped_column(PERCENT)
    percent_after: Mapped[Decimal] = mapped_column(PERCENT)
    outcome_before: Mapped[str] = mapped_column(String(6))
    outcome_after: Mapped[str] = mapped_column(String(6))
