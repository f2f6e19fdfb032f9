"""Tables of questionnaires, answers and the pathways they recommend."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id

_OF_VERSION = (["diagnostic", "version"], ["diagnostic.slug", "diagnostic.version"])


class Diagnostic(Base):
    """One version of a questionnaire. Rows are never changed or removed: a database trigger refuses it."""

    __tablename__ = "diagnostic"
    __table_args__ = (CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="dates"),)

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(120))
    activity: Mapped[str] = mapped_column(String(120))
    """The catalogue's code for completing it."""
    counts_as: Mapped[str | None] = mapped_column(String(60))
    """The questionnaire that it is the same as for credits: between them they earn once. Null for itself."""
    source: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A document for `diagnostics.fixed_form.read_definition`."""


class DiagnosticCase(Base):
    """A case that a published version passed, kept with it."""

    __tablename__ = "diagnostic_case"
    __table_args__ = (ForeignKeyConstraint(*_OF_VERSION),)

    diagnostic: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    document: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `diagnostics.cases.AnswersCase` document."""


class DiagnosticResponse(Base):
    """One attempt, with everything its result rests on. Append-only."""

    __tablename__ = "diagnostic_response"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_VERSION),
        Index("ix_diagnostic_response_teacher_id_diagnostic", "teacher_id", "diagnostic"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    diagnostic: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)
    answers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    """The answers in the order in which the questions were asked."""
    asked: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """The questions that they answer; null where that is 1, 2, 3, …, from before questionnaires branched."""
    scored: Mapped[list[dict[str, object]] | None] = mapped_column(JSONB)
    """`diagnostics.schemas.DimensionOut` documents; null from before there were dimensions."""
    score: Mapped[int] = mapped_column(Integer)
    pathway: Mapped[str] = mapped_column(ForeignKey("pathway.slug"))
    reason: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class DiagnosticSitting(Base):
    """Answers on their way: saved as they are given, under the version that was in force when it began.

    Finished, it leads to its response; one that is given up is deleted.
    """

    __tablename__ = "diagnostic_sitting"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_VERSION),
        CheckConstraint("(finished_at IS NULL) = (response_id IS NULL)", name="finished"),
        Index(
            "uq_diagnostic_sitting_open",
            "teacher_id",
            "diagnostic",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    diagnostic: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(Integer)
    """Counts every change; its entity tag."""
    way: Mapped[list[list[int]]] = mapped_column(JSONB)
    """Pairs of question and answer in the order in which they are asked; only those on the way are kept."""
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("diagnostic_response.id"), unique=True)


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
