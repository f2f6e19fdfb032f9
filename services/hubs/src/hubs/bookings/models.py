"""Places that teachers hold, wait for and are offered, and the bands by which they wait."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.identity import Phase
from hubs.base import Base, one_of

BookingStatus = Literal[
    "held", "waiting", "offered", "confirmed", "attended", "incomplete", "no_show", "cancelled", "expired"
]
Criterion = Literal["priority_school", "hub_member", "anyone"]

TAKES_PLACE: tuple[BookingStatus, ...] = ("held", "offered", "confirmed", "attended", "incomplete", "no_show")
"""States that count in a run's `places_taken`."""
LIVE: tuple[BookingStatus, ...] = (*TAKES_PLACE, "waiting")
PASSES: tuple[BookingStatus, ...] = ("held", "offered", "waiting")
"""States that end by themselves at `expires_at`."""
SETTLED: tuple[BookingStatus, ...] = ("attended", "incomplete", "no_show")
"""States that say how the run turned out for somebody."""
ON_REGISTER: tuple[BookingStatus, ...] = ("confirmed", *SETTLED)


def listed(states: tuple[BookingStatus, ...]) -> str:
    """The states as SQL writes a list."""
    return "(" + ", ".join(f"'{status}'" for status in states) + ")"


class Booking(Base):
    """A place on a run, or a wish for one. A teacher has one live booking of a run at most.

    `rules.TRANSITIONS` says which state may follow which.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        CheckConstraint(f"(status IN {listed(PASSES)}) = (expires_at IS NOT NULL)", name="expires_at"),
        CheckConstraint("(band IS NULL) = (waiting_since IS NULL)", name="band"),
        Index(
            "uq_booking_live",
            "course_run_id",
            "teacher_id",
            unique=True,
            postgresql_where=text(f"status IN {listed(LIVE)}"),
        ),
        Index("ix_booking_teacher_id_id", "teacher_id", "id"),
        Index("ix_booking_expires_at", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
        Index(
            "ix_booking_waiting",
            "course_run_id",
            "band",
            "waiting_since",
            "id",
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_run_id: Mapped[UUID] = mapped_column(ForeignKey("course_run.id"))
    teacher_id: Mapped[UUID]
    school_urn: Mapped[str] = mapped_column(String(6))
    """The teacher's school when the place was booked."""
    phase: Mapped[Phase] = mapped_column(one_of("phase", Phase))
    status: Mapped[BookingStatus] = mapped_column(one_of("status", BookingStatus))
    placed_at: Mapped[datetime]
    """When the booking was made, whatever it was then."""
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """When a hold, an offer or the waiting ends by itself."""
    band: Mapped[int | None]
    """Of those who wait or have waited: lower bands first."""
    waiting_since: Mapped[datetime | None]
    booked_by: Mapped[UUID | None]
    """Who booked for the school; null when the teacher did."""
    transferred_from: Mapped[UUID | None] = mapped_column(ForeignKey("booking.id"))


class WaitingBand(Base):
    """One band of every waiting list. A teacher waits in the lowest band whose criterion holds when they join."""

    __tablename__ = "waiting_band"

    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion: Mapped[Criterion] = mapped_column(one_of("criterion", Criterion))
    title: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(120))


class PriorityScheme(Base):
    """A scheme of the lists in `area_lists` that makes schools priority schools, from a day to a day (both included).

    A school is one when the list in force, whatever its keys, has the school in one of the categories; when
    `categories` is empty, when it has the school at all.
    """

    __tablename__ = "priority_scheme"

    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    categories: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    source: Mapped[str] = mapped_column(String(200))
