"""Completed professional development, and what partners report of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.hubs import DeliveryMode
from hubs.base import Base, one_of

ReportState = Literal["queued", "recorded", "duplicate", "below_threshold", "withdrawn", "not_ours"]
SetAside = Literal["not_ours", "split", "unlinked"]
MatchOutcome = Literal["linked", "not_ours", "split", "unlinked"]


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
        Index("ix_partner_learner_external_learner_id", "external_learner_id"),
        Index("ix_partner_learner_teacher_id", "teacher_id", postgresql_where=text("teacher_id IS NOT NULL")),
        CheckConstraint("set_aside IS NULL OR teacher_id IS NULL", name="set_aside_or_linked"),
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
    school_urn: Mapped[str | None] = mapped_column(String(6))
    """Where the learner works, if the partner says so: the one hint by which candidates are found."""
    set_aside: Mapped[SetAside | None] = mapped_column(one_of("set_aside", SetAside))
    """What a person decided instead of a link. From then on the partner's own statements link nothing any more."""


class MatchDecision(Base):
    """What a person decided about a learner, and when: the last one counts. Rows never change."""

    __tablename__ = "match_decision"
    __table_args__ = (
        CheckConstraint("(outcome = 'linked') = (teacher_id IS NOT NULL)", name="teacher_id"),
        Index("ix_match_decision_learner_id", "learner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("partner_learner.id"))
    outcome: Mapped[MatchOutcome] = mapped_column(one_of("outcome", MatchOutcome))
    teacher_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]


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
        CheckConstraint("hours >= 0 AND (hours <> hours_before OR completed_on IS NOT NULL)", name="hours"),
        CheckConstraint("revision >= 1", name="revision"),
    )

    completion_id: Mapped[UUID] = mapped_column(ForeignKey("completion.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hours_before: Mapped[Decimal]
    hours: Mapped[Decimal]
    completed_on: Mapped[date | None]
    """The day that counts from now on; null when the correction is not about the day."""
    reason: Mapped[str] = mapped_column(String(300))
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[UUID | None]


class CompletionReport(Base):
    """What a partner last said under a number of its own, whatever the number of batches that spoke of it.

    The highest version counts: `revision`, then `revised_at`, then a withdrawal before what it withdraws. A withdrawal
    that came first may know nothing but the number.
    """

    __tablename__ = "completion_report"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_id"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("percent >= 0 AND percent <= 100", name="percent"),
        CheckConstraint("state NOT IN ('recorded', 'duplicate') OR completion_id IS NOT NULL", name="completion_id"),
        CheckConstraint("is_withdrawn = (state = 'withdrawn')", name="is_withdrawn"),
        CheckConstraint(
            "is_withdrawn OR (learner_id IS NOT NULL AND activity_code IS NOT NULL AND completed_on IS NOT NULL"
            " AND (state = 'below_threshold' OR hours IS NOT NULL OR catalogue_hours IS NOT NULL))",
            name="whole",
        ),
        Index("ix_completion_report_waiting", "learner_id", postgresql_where=text("state = 'queued'")),
        Index("ix_completion_report_learner_id_activity_code", "learner_id", "activity_code"),
        Index("ix_completion_report_teacher_id", "teacher_id", postgresql_where=text("teacher_id IS NOT NULL")),
        Index("ix_completion_report_changed_at", "organisation_id", "changed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    external_id: Mapped[str] = mapped_column(String(100))
    learner_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_learner.id"))
    activity_code: Mapped[str | None] = mapped_column(ForeignKey("activity.code"))
    hours: Mapped[Decimal | None]
    """As the partner says."""
    catalogue_hours: Mapped[Decimal | None]
    """The catalogue's, when the partner says a percentage only."""
    percent: Mapped[Decimal | None]
    completed_on: Mapped[date | None]
    occurred_at: Mapped[datetime | None]
    external_run_id: Mapped[str | None] = mapped_column(String(100))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    revised_at: Mapped[datetime | None]
    is_withdrawn: Mapped[bool] = mapped_column(server_default=text("false"))
    threshold_id: Mapped[UUID | None] = mapped_column(ForeignKey("completion_threshold.id"))
    """The version by which the percentage was judged."""
    teacher_id: Mapped[UUID | None]
    """Whose it is by a person's word, when two people shared the learner's number."""
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """When anything last changed of what the partner is shown of it; grows with every commit for one partner."""
    state: Mapped[ReportState] = mapped_column(one_of("state", ReportState))
    completion_id: Mapped[UUID | None] = mapped_column(ForeignKey("completion.id"))
    """The completion it speaks of: its own, or for a duplicate the one that counts."""
