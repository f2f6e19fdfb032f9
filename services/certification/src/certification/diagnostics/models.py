"""Tables of questionnaires, answers and the pathways they recommend."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class Diagnostic(Base):
    """One version of a questionnaire. Rows are never changed or removed: a database trigger refuses it."""

    __tablename__ = "diagnostic"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    effective_from: Mapped[date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(120))
    activity: Mapped[str] = mapped_column(String(120))
    """The catalogue's code for completing it."""
    source: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `diagnostics.rules.Questionnaire` document."""


class DiagnosticResponse(Base):
    """One attempt, with everything its result rests on. Append-only."""

    __tablename__ = "diagnostic_response"
    __table_args__ = (
        ForeignKeyConstraint(["diagnostic", "version"], ["diagnostic.slug", "diagnostic.version"]),
        Index("ix_diagnostic_response_teacher_id_diagnostic", "teacher_id", "diagnostic"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    diagnostic: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)
    answers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    """The answer to each question in order; one only when the first ended the questionnaire."""
    score: Mapped[int] = mapped_column(Integer)
    pathway: Mapped[str] = mapped_column(ForeignKey("pathway.slug"))
    reason: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class Pathway(Base):
    """A recommended set of courses and community activities."""

    __tablename__ = "pathway"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    programme: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(10))
    courses: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    community: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
