"""Attendance as it was marked, and what was decided from it.

A run with sessions is marked session by session: minutes are the only truth, and outcomes follow from them by a rule.
A run without sessions has nothing to add up: its staff state the outcome. No run knows both.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

StatedOutcome = Literal["attended", "absent"]
Outcome = Literal["attended", "absent", "incomplete"]
"""`incomplete`: some minutes, or excused from all, and the rule is not met."""
Basis = Literal["stated", "sessions"]
Presence = Literal["present", "absent", "excused"]
Origin = Literal["staff", "sign_in", "whole_run", "closing"]
"""Who says so: staff for the session, the teacher with its code, staff for the whole run, or the closing of it."""


class RegisterEntry(Base):
    """One booking's outcome as it stands, once settled. Hours are those it counts for, and only of who attended."""

    __tablename__ = "register_entry"
    __table_args__ = (
        CheckConstraint("(outcome = 'attended') = (hours IS NOT NULL)", name="hours_if_attended"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("minutes_attended BETWEEN 0 AND minutes_planned", name="minutes"),
    )

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(one_of("outcome", Outcome))
    hours: Mapped[Decimal | None]
    marked_at: Mapped[datetime]
    marked_by: Mapped[UUID]
    basis: Mapped[Basis] = mapped_column(one_of("basis", Basis), default="stated", server_default="stated")
    minutes_planned: Mapped[int | None]
    """Null where staff stated the outcome, as are the minutes attended."""
    minutes_attended: Mapped[int | None]
    explanation: Mapped[str | None] = mapped_column(Text)


class RegisterDecision(Base):
    """How a booking's outcome was decided, by which rule and from what: revision 1, 2, 3, …; rows never change."""

    __tablename__ = "register_decision"
    __table_args__ = (
        UniqueConstraint("booking_id", "revision"),
        CheckConstraint("revision >= 1", name="revision"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"))
    revision: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(one_of("outcome", Outcome))
    hours: Mapped[Decimal | None]
    basis: Mapped[Basis] = mapped_column(one_of("basis", Basis))
    rule_id: Mapped[UUID | None] = mapped_column(ForeignKey("completion_rule.id"))
    inputs: Mapped[dict[str, object]] = mapped_column(JSONB)
    """Everything the rule looked at; `rules.judge` on it gives the same outcome again."""
    explanation: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(300))
    """Why it was corrected, or marked early."""
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]


class RunRegister(Base):
    """What is settled about a run as a whole: the rule all its bookings are judged by, and when it was closed."""

    __tablename__ = "run_register"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),)

    course_run_id: Mapped[UUID] = mapped_column(ForeignKey("course_run.id"), primary_key=True)
    rule_id: Mapped[UUID | None] = mapped_column(ForeignKey("completion_rule.id"))
    """Chosen when the first booking is judged, and the run's for good; null for a run without sessions."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]


class SessionAttendance(Base):
    """Whether the holder of a booking was at a session, and for how many of its minutes of learning."""

    __tablename__ = "session_attendance"
    __table_args__ = (
        CheckConstraint("(presence = 'present') = (minutes > 0) AND minutes >= 0", name="minutes"),
        CheckConstraint("presence = 'present' OR (arrived_at IS NULL AND left_at IS NULL)", name="times"),
        CheckConstraint("arrived_at < left_at", name="order"),
        Index("ix_session_attendance_booking_id", "booking_id"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("course_session.id"), primary_key=True)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    presence: Mapped[Presence] = mapped_column(one_of("presence", Presence))
    minutes: Mapped[int]
    arrived_at: Mapped[datetime | None]
    """Null: for the beginning, or nobody noted it."""
    left_at: Mapped[datetime | None]
    origin: Mapped[Origin] = mapped_column(one_of("origin", Origin))
    marked_at: Mapped[datetime]
    marked_by: Mapped[UUID]


class SignInCode(Base):
    """The one code by which teachers sign in to a session just now. Only its digest is kept."""

    __tablename__ = "sign_in_code"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("course_session.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID]
    expires_at: Mapped[datetime]


class SignInTries(Base):
    """How often codes were tried for a booking since a moment; counted before a code is looked at."""

    __tablename__ = "sign_in_tries"

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    tries: Mapped[int]
    since_at: Mapped[datetime]
