"""Tables of attempts, passes, and of who was told that an assessment is open."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id

PERCENT = Numeric(7, 4)


class AssessmentAttempt(Base):
    """One sitting. At most one of a teacher's is in progress, which an index guards."""

    __tablename__ = "assessment_attempt"
    __table_args__ = (
        CheckConstraint("status IN ('in_progress', 'marked', 'expired')", name="status"),
        CheckConstraint("outcome IN ('passed', 'failed')", name="outcome"),
        CheckConstraint("ended_by IN ('submission', 'time_limit', 'expiry', 'result')", name="ended_by"),
        CheckConstraint("(status = 'in_progress') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("status <> 'marked' OR (outcome IS NOT NULL AND percent IS NOT NULL)", name="marked"),
        CheckConstraint("started_at < deadline_at AND deadline_at <= expires_at", name="times"),
        CheckConstraint("extra_time_percent BETWEEN 0 AND 100", name="extra_time"),
        UniqueConstraint("teacher_id", "assessment", "number"),
        ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme_version.scheme", "scheme_version.version"]),
        Index(
            "uq_assessment_attempt_in_progress",
            "teacher_id",
            "assessment",
            unique=True,
            postgresql_where=text("status = 'in_progress'"),
        ),
        Index("ix_assessment_attempt_deadline_at", "deadline_at", postgresql_where=text("status = 'in_progress'")),
        Index("ix_assessment_attempt_assessment_id", "assessment", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    assessment: Mapped[str] = mapped_column(ForeignKey("assessment.slug"))
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("question_bank.id"))
    scheme: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    """1, 2, 3, … of the teacher's attempts at this assessment."""
    status: Mapped[str] = mapped_column(String(12))
    provider: Mapped[str | None] = mapped_column(ForeignKey("assessment_provider.slug"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The first moment that is too late; at another's it is the expiry."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    extra_time_percent: Mapped[int] = mapped_column(SmallInteger)
    pass_percent: Mapped[Decimal] = mapped_column(PERCENT)
    """What passes, by the rules that the enrolment had when the attempt began."""
    seed: Mapped[int] = mapped_column(BigInteger)
    """What the paper was drawn with."""
    saved_number: Mapped[int] = mapped_column(Integer, default=0)
    """The client's count of what it saved last: what comes late does not replace it."""
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(10))
    marks_awarded: Mapped[int | None] = mapped_column(Integer)
    marks_possible: Mapped[int | None] = mapped_column(Integer)
    percent: Mapped[Decimal | None] = mapped_column(PERCENT)
    """Rounded down, so that what fails never reads like what passes."""
    outcome: Mapped[str | None] = mapped_column(String(6))


class AttemptItem(Base):
    """A question on somebody's paper. Options are named by their place in the question, not as they were shown."""

    __tablename__ = "attempt_item"
    __table_args__ = (
        UniqueConstraint("attempt_id", "question_id"),
        Index("ix_attempt_item_question_id", "question_id"),
    )

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"))
    shown: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    """The options in the order in which they were shown."""
    answer: Mapped[list[int] | None] = mapped_column(ARRAY(SmallInteger))
    seconds_spent: Mapped[int | None] = mapped_column(Integer)
    """As the client told it."""
    marks_awarded: Mapped[int | None] = mapped_column(SmallInteger)


class AssessmentPass(Base):
    """A teacher has passed. No later attempt changes that: the row is made once and stays."""

    __tablename__ = "assessment_pass"

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_attempt.id"), unique=True)
    passed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssessmentOpening(Base):
    """A teacher was told that the assessment is open to them: once, whatever happens after."""

    __tablename__ = "assessment_opening"

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AttemptLaunch(Base):
    """A link with which a teacher went to a provider. Only the digest of its token is kept."""

    __tablename__ = "attempt_launch"
    __table_args__ = (Index("ix_attempt_launch_attempt_id", "attempt_id"),)

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_attempt.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
