"""What teachers did and what it earned: two append-only tables, guarded by triggers, and the components completed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class ActivityRecord(Base):
    """One report of something a teacher did, kept whether or not it earns anything today.

    Credits are derived from these rows, so an enrolment that begins later, or whose news arrives later, credits what
    happened before it.
    """

    __tablename__ = "activity_record"
    __table_args__ = (
        # The same report twice is one row. Other hours make it another report: a corrected one.
        UniqueConstraint("teacher_id", "source", "hours"),
        CheckConstraint("hours >= 0", name="hours"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    kind: Mapped[str] = mapped_column(String(20))
    activity_key: Mapped[str] = mapped_column(String(160))
    """The activity in the real world, such as `cpd:CP228`; it earns once in a scheme."""
    activity: Mapped[str] = mapped_column(String(120))
    """As it was reported: a catalogue code, or what the platform calls its own action."""
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    """0 where hours are not what counts."""
    published_credits: Mapped[Decimal] = mapped_column(Numeric(10, 4))
    """What the catalogue gave for it when it was recorded; 0 where the catalogue does not decide."""
    occurred_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    source: Mapped[str] = mapped_column(String(160))
    """The fact or evidence it rests on, such as `completion:0190…` or `log-entry:0190…`."""


class CreditEntry(Base):
    """Credits in one component of one scheme. Revisions from 2 on top the activity up to a larger report of it.

    An entry is never changed: one that a correction leaves without ground is reversed by another of the same amounts
    below zero, and what the activity is still worth is entered anew.
    """

    __tablename__ = "credit_entry"
    __table_args__ = (
        UniqueConstraint("teacher_id", "scheme", "activity_key", "revision"),
        ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme_version.scheme", "scheme_version.version"]),
        CheckConstraint(
            "revision >= 1 AND CASE WHEN reverses_id IS NULL THEN credits > 0 AND hours >= 0"
            " ELSE credits < 0 AND hours <= 0 END",
            name="amounts",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    scheme: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[int] = mapped_column(Integer)
    component: Mapped[str] = mapped_column(String(40))
    activity_record_id: Mapped[UUID] = mapped_column(ForeignKey("activity_record.id"))
    activity_key: Mapped[str] = mapped_column(String(160))
    activity: Mapped[str] = mapped_column(String(120))
    """As it was reported in the record that earned this."""
    revision: Mapped[int] = mapped_column(Integer)
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    credits: Mapped[Decimal] = mapped_column(Numeric(10, 4))
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
    """The entry that this one takes back, whole; null for one that gives."""
    occurred_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class CompletionCorrection(Base):
    """How a completion stands after a revision, as the hubs told it; the highest counts. 0 hours: it was none."""

    __tablename__ = "completion_correction"
    __table_args__ = (CheckConstraint("hours >= 0", name="hours"),)

    completion_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), index=True)
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    occurred_on: Mapped[date | None] = mapped_column(Date)
    """The day on which it was completed; null in corrections heard by a release that did not keep it."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class ContributionCorrection(Base):
    """Whether a contribution to the community counts after a revision, as the hubs told it; the highest counts."""

    __tablename__ = "contribution_correction"

    contribution_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), index=True)
    counts: Mapped[bool] = mapped_column(Boolean)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class LogEntryReversal(Base):
    """An accepted entry of the log that a second look found not to count: for good."""

    __tablename__ = "log_entry_reversal"

    log_entry_id: Mapped[UUID] = mapped_column(ForeignKey("log_entry.id"), primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class ComponentCompletion(Base):
    """A teacher reached what a component needs: once for good."""

    __tablename__ = "component_completion"

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), primary_key=True)
    component: Mapped[str] = mapped_column(String(40), primary_key=True)
    scheme_version: Mapped[int] = mapped_column(Integer)
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())


class PendingAward(Base):
    """A certificate that is earned and waits for its award. The row goes with the award, or with its ground."""

    __tablename__ = "pending_award"

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), primary_key=True)
    earned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


Index("ix_credit_entry_activity_record_id", CreditEntry.activity_record_id)
