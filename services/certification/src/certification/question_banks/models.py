"""Tables of assessments, their question banks and questions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class Assessment(Base):
    """The summative assessment of a scheme, and the organisation whose assessors keep it."""

    __tablename__ = "assessment"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[UUID]
    """An organisation in identity, which is why no foreign key guards it."""


class QuestionBank(Base):
    """One version of an assessment: its limits and its questions. Published, it changes no more."""

    __tablename__ = "question_bank"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'approved', 'declined', 'published')", name="status"),
        CheckConstraint("decided_by <> author_id", name="second_person"),
        CheckConstraint(
            "status = 'draft' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL) OR origin = 'reference'",
            name="decision",
        ),
        CheckConstraint("(status = 'published') = (version IS NOT NULL AND published_at IS NOT NULL)", name="version"),
        CheckConstraint("(author_id IS NULL) = (origin = 'reference')", name="origin"),
        UniqueConstraint("assessment", "version"),
        Index("ix_question_bank_assessment_id", "assessment", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment: Mapped[str] = mapped_column(ForeignKey("assessment.slug"))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Counts every change; its entity tag."""
    status: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10), default="people")
    """`reference` for what came with the platform, which its makers read and approved before they shipped it."""
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `question_banks.schemas.BankContent` document."""
    author_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int | None] = mapped_column(Integer)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    announced_through: Mapped[UUID | None]
    """The enrolment up to which people were told that the assessment is open to them."""
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When everybody enrolled at publication had been looked at."""


class Question(Base):
    """A question as it was put. Never changed: with other words it is another row, with figures of its own."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("assessment", "name", "digest"), CheckConstraint("marks > 0", name="marks"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment: Mapped[str] = mapped_column(ForeignKey("assessment.slug"))
    name: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the content, by which a later version finds the same question again."""
    topic: Mapped[str] = mapped_column(String(60))
    difficulty: Mapped[str] = mapped_column(String(12))
    marks: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `question_banks.schemas.QuestionContent` document."""


class BankQuestion(Base):
    """A question of a published bank."""

    __tablename__ = "bank_question"
    __table_args__ = (Index("ix_bank_question_question_id", "question_id"),)

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("question_bank.id"), primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), primary_key=True)


class QuestionRetirement(Base):
    """A question that is put to nobody any more. Who answered it keeps the marks."""

    __tablename__ = "question_retirement"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), primary_key=True)
    retired_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=text("clock_timestamp()"))
    retired_by: Mapped[UUID]
    reason: Mapped[str] = mapped_column(Text)
