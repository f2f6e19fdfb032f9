"""The catalogue and its runs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from contracts.hubs import DeliveryMode
from hubs.base import Base, one_of

Programme = Literal["core", "gcse_subject_knowledge"]
KeyStage = Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]
RunStatus = Literal["draft", "open", "postponed", "moved_online", "cancelled", "closed"]
BOOKABLE: frozenset[RunStatus] = frozenset({"open", "moved_online"})
"""States in which a run takes bookings."""
UNLISTED: frozenset[RunStatus] = frozenset({"draft", "cancelled"})
"""States in which a run is not offered to anybody."""


class Course(Base):
    """A course of the catalogue. Null hours or days: the source does not say how long it is."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("hours > 0", name="hours"), CheckConstraint("days >= 0", name="days"))

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    programme: Mapped[Programme] = mapped_column(one_of("programme", Programme))
    phases: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    """Phases the course is for, most fitting first; a booking takes the teacher's own if it is among them."""
    key_stages: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    subjects: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    mode: Mapped[DeliveryMode] = mapped_column(one_of("mode", DeliveryMode))
    hours: Mapped[Decimal | None]
    days: Mapped[Decimal | None]
    """Days of release a teacher needs: by rules.release_days."""
    is_listed: Mapped[bool]
    """False for the source's test records and for local events that have no template."""


class CourseRun(Base):
    """One dated run of a course. `places_taken` counts the bookings that take a place and never passes `capacity`.

    Whatever changes a run's bookings holds this row first, so that everything about one run happens in one order.
    """

    __tablename__ = "course_run"
    __table_args__ = (
        CheckConstraint("places_taken BETWEEN 0 AND capacity", name="places"),
        CheckConstraint("starts_at <= ends_at", name="dates"),
        CheckConstraint("status <> 'open' OR hub_id IS NOT NULL", name="open_has_hub"),
        CheckConstraint("places_per_school > 0", name="places_per_school"),
        CheckConstraint("hold_minutes > 0 AND offer_minutes > 0", name="minutes"),
        CheckConstraint("charge_pence >= 0 AND independent_charge_pence >= 0", name="charges"),
        Index("ix_course_run_starts_on_id", "starts_on", "id"),
        Index("ix_course_run_course_code", "course_code"),
        Index("ix_course_run_hub_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_code: Mapped[str] = mapped_column(ForeignKey("course.code"))
    hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    instance_code: Mapped[str] = mapped_column(String(10))
    status: Mapped[RunStatus] = mapped_column(one_of("status", RunStatus))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    starts_on: Mapped[date]
    """The calendar day in England, as is `ends_on`."""
    ends_on: Mapped[date]
    venue: Mapped[str | None] = mapped_column(String(120))
    town: Mapped[str | None] = mapped_column(String(80))
    postcode: Mapped[str | None] = mapped_column(String(8))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    capacity: Mapped[int]
    places_taken: Mapped[int] = mapped_column(default=0, server_default="0")
    places_per_school: Mapped[int | None]
    """Most places that one school's teachers may take together; null for no limit."""
    hold_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    """How long a place is held for somebody who has yet to confirm it."""
    offer_minutes: Mapped[int] = mapped_column(default=2880, server_default="2880")
    """How long a freed place is offered to the next in the waiting list: two days unless the hub says otherwise."""
    charge_pence: Mapped[int | None]
    """What the hub asks of each participant for the whole run; null for whatever the fee policy allows."""
    independent_charge_pence: Mapped[int | None]
    """The same for participants from schools that are not state-funded."""
    joining_link: Mapped[str | None] = mapped_column(String(300))
    """For those who hold a confirmed place and for the hub's staff; nobody else sees it."""
    facilitator_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    status_reason: Mapped[str | None] = mapped_column(String(300))
    """Why the run was cancelled, postponed or moved."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """Grows with each edit by the hub's staff; 1 until the first."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """When it was last edited, else when it was planned or loaded."""
    place_words: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed("to_tsvector('english'::regconfig, coalesce(venue, '') || ' ' || coalesce(town, ''))", persisted=True),
        deferred=True,
    )
    """What the search of runs finds the venue and the town by."""


class CourseSession(Base):
    """One meeting of a run. `minutes` are of learning, breaks left out."""

    __tablename__ = "course_session"
    __table_args__ = (
        UniqueConstraint("course_run_id", "ordinal"),
        CheckConstraint("starts_at < ends_at", name="dates"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_run_id: Mapped[UUID] = mapped_column(ForeignKey("course_run.id"))
    ordinal: Mapped[int]
    """1, 2, 3, … in the order of their beginning."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]


class CalendarShift(Base):
    """By how many weeks the demonstration calendar was moved when it was first loaded; one row."""

    __tablename__ = "calendar_shift"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    weeks: Mapped[int]
    loaded_on: Mapped[date]
