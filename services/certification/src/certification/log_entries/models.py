"""The tables of the professional development log."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Text,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class LogEntry(Base):
    """Community activity that a teacher recorded.

    `status` keeps to the three words of the releases before. What they do not know they see as returned, which nobody
    decides on: `set_aside` says what it is. An entry is in review while somebody's claim on it lasts.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        CheckConstraint("status IN ('submitted', 'accepted', 'returned')", name="status"),
        CheckConstraint("(status = 'submitted') = (decided_at IS NULL AND decided_by IS NULL)", name="decision"),
        CheckConstraint("decided_by <> teacher_id", name="other_moderator"),
        CheckConstraint(
            "set_aside IS NULL OR (status = 'returned' AND set_aside IN ('draft', 'withdrawn', 'reversed'))",
            name="set_aside",
        ),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("claimed_by <> teacher_id", name="other_claims"),
        CheckConstraint("num_nonnulls(claimed_by, claimed_until) IN (0, 2)", name="claim_whole"),
        CheckConstraint(
            "audited_by IS NULL OR (audited_by <> teacher_id AND audited_by IS DISTINCT FROM decided_by)",
            name="other_auditor",
        ),
        CheckConstraint("audit_status IN ('waiting', 'confirmed', 'rejected')", name="audit_status"),
        Index("ix_log_entry_teacher_id_id", "teacher_id", "id"),
        Index("ix_log_entry_status_id", "status", "id"),
        Index("ix_log_entry_waiting", "due_at", "id", postgresql_where=text("status = 'submitted'")),
        Index("ix_log_entry_audit", "id", postgresql_where=text("audit_status = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    activity: Mapped[str] = mapped_column(ForeignKey("activity.code"))
    occurred_on: Mapped[date] = mapped_column(Date)
    hours: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    description: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    set_aside: Mapped[str | None] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))
    submission: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))
    """How often it has been put in; 0 for a draft."""
    school_urn: Mapped[str | None] = mapped_column(String(10))
    """Where its author taught when it was put in."""
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    """When it was last put in; of a draft, when it was begun."""
    due_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, server_default=literal_column("(clock_timestamp() + '14 days'::interval)")
    )
    """Until when it is to be decided on."""
    claimed_by: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    """Null for what was accepted without being looked at."""
    reason: Mapped[str | None] = mapped_column(Text)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    policy_version: Mapped[int | None] = mapped_column(ForeignKey("moderation_policy.version"))
    """The policy whose draw said whether somebody looks at it."""
    sampling_rate: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    sampling_draw: Mapped[Decimal | None] = mapped_column(Numeric(10, 9))
    """Below the rate, somebody looks at it."""
    is_sampled: Mapped[bool] = mapped_column(Boolean, default=True, server_default=text("true"))
    audit_status: Mapped[str | None] = mapped_column(String(10))
    """Whether the second look at an accepted entry is due or done; null where none is."""
    audited_by: Mapped[UUID | None]
    audited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LogEntrySubmission(Base):
    """What a teacher put in, each time, and what was decided on it."""

    __tablename__ = "log_entry_submission"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("log_entry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    activity: Mapped[str] = mapped_column(String(120))
    occurred_on: Mapped[date] = mapped_column(Date)
    hours: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    description: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)


class LogEntryEvent(Base):
    """A step in an entry's life: append-only, and without a word that anybody wrote."""

    __tablename__ = "log_entry_event"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("log_entry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(10))
    """teacher, moderator or platform."""
    actor_id: Mapped[UUID | None]
    submission: Mapped[int] = mapped_column(Integer)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
