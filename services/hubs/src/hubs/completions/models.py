"""Completed professional development, and what partners report of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.hubs import DeliveryMode
from hubs.base import Base, one_of

ReportState = Literal["queued", "recorded", "duplicate"]


class Activity(Base):
    """An approved activity that a partner may report. Hours come with each report: the sources store none."""

    __tablename__ = "activity"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    mode: Mapped[DeliveryMode] = mapped_column(one_of("mode", DeliveryMode))


class PartnerLearner(Base):
    """A learner under a partner's own number. Until somebody says which teacher it is, it waits in the match queue."""

    __tablename__ = "partner_learner"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_learner_id"),
        CheckConstraint("(teacher_id IS NULL) = (linked_at IS NULL)", name="linked_at"),
        Index("ix_partner_learner_waiting", "id", postgresql_where=text("teacher_id IS NULL")),
        Index(
            "ix_partner_learner_claimed_teacher_id",
            "claimed_teacher_id",
            postgresql_where=text("teacher_id IS NULL AND claimed_teacher_id IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    external_learner_id: Mapped[str] = mapped_column(String(100))
    teacher_id: Mapped[UUID | None]
    claimed_teacher_id: Mapped[UUID | None]
    """Whom the partner named while we did not know that teacher; linked when identity tells of them."""
    first_seen_at: Mapped[datetime]
    linked_at: Mapped[datetime | None]
    linked_by: Mapped[UUID | None]
    """The moderator; null when the partner's own statement linked it."""


class Completion(Base):
    """One real-world completion. Natural keys keep it single for ever: per run, and per activity and partner."""

    __tablename__ = "completion"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("(course_run_id IS NULL) <> (reported_by_organisation_id IS NULL)", name="one_source"),
        Index(
            "uq_completion_attended",
            "teacher_id",
            "course_run_id",
            unique=True,
            postgresql_where=text("course_run_id IS NOT NULL"),
        ),
        Index(
            "uq_completion_reported",
            "teacher_id",
            "activity_code",
            "reported_by_organisation_id",
            unique=True,
            postgresql_where=text("reported_by_organisation_id IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    activity_code: Mapped[str] = mapped_column(String(20))
    mode: Mapped[DeliveryMode] = mapped_column(one_of("mode", DeliveryMode))
    hours: Mapped[Decimal]
    completed_on: Mapped[date]
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey("booking.id"))
    course_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("course_run.id"))
    reported_by_organisation_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime]


class CompletionCorrection(Base):
    """How a completion stands after revision 1, 2, 3, …: the highest counts. Hours 0 withdraw it; rows never change."""

    __tablename__ = "completion_correction"
    __table_args__ = (
        CheckConstraint("hours >= 0 AND hours <> hours_before", name="hours"),
        CheckConstraint("revision >= 1", name="revision"),
    )

    completion_id: Mapped[UUID] = mapped_column(ForeignKey("completion.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hours_before: Mapped[Decimal]
    hours: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(String(300))
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[UUID | None]


class CompletionReport(Base):
    """One item a partner sent, once per its own number whatever the number of batches that carry it."""

    __tablename__ = "completion_report"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_id"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("(state = 'queued') = (completion_id IS NULL)", name="completion_id"),
        Index("ix_completion_report_waiting", "learner_id", postgresql_where=text("state = 'queued'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    external_id: Mapped[str] = mapped_column(String(100))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("partner_learner.id"))
    activity_code: Mapped[str] = mapped_column(ForeignKey("activity.code"))
    hours: Mapped[Decimal]
    completed_on: Mapped[date]
    received_at: Mapped[datetime]
    state: Mapped[ReportState] = mapped_column(one_of("state", ReportState))
    completion_id: Mapped[UUID | None] = mapped_column(ForeignKey("completion.id"))
    """The completion it speaks of: its own, or for a duplicate the earlier one."""
