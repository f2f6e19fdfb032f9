"""Bookings and completions as the hubs' events told them, in whatever order those came."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class Booking(Base):
    """A place on a course run. `teacher_id` is known from either event; the rest only once it was placed."""

    __tablename__ = "booking"

    booking_id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    course_run_id: Mapped[UUID]
    school_urn: Mapped[str | None] = mapped_column(String(20))
    course_code: Mapped[str | None] = mapped_column(String(40))
    hub_id: Mapped[UUID | None]
    mode: Mapped[str | None] = mapped_column(String(20))
    phase: Mapped[str | None] = mapped_column(String(20))
    programme: Mapped[str | None] = mapped_column(String(40))
    days: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Completion(Base):
    """That the course of a booking was completed. One for each booking, whatever number of reports speak of it.

    `revision` is that of the last correction, 0 before any; a completion that was withdrawn has 0 hours.
    """

    __tablename__ = "completion"
    __table_args__ = (Index("ix_completion_teacher_id", "teacher_id"),)

    booking_id: Mapped[UUID] = mapped_column(primary_key=True)
    completion_id: Mapped[UUID]
    teacher_id: Mapped[UUID]
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    completed_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
