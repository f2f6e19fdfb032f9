"""Places that teachers hold."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.identity import Phase
from hubs.base import Base, one_of

BookingStatus = Literal["placed", "cancelled"]


class Booking(Base):
    """A place on a run. A teacher holds at most one per run at a time; a cancelled one may be followed by another."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        Index(
            "uq_booking_live", "course_run_id", "teacher_id", unique=True, postgresql_where=text("status = 'placed'")
        ),
        Index("ix_booking_teacher_id_id", "teacher_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_run_id: Mapped[UUID] = mapped_column(ForeignKey("course_run.id"))
    teacher_id: Mapped[UUID]
    school_urn: Mapped[str] = mapped_column(String(6))
    """The teacher's school when the place was booked."""
    phase: Mapped[Phase] = mapped_column(one_of("phase", Phase))
    status: Mapped[BookingStatus] = mapped_column(one_of("status", BookingStatus))
    placed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
