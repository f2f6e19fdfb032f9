"""Centres, their spaces, and the times that are booked. Two bookings of a space never overlap: the database refuses."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

CentreStatus = Literal["planned", "open", "closed"]
SpacePurpose = Literal["pupils", "training", "meeting", "community", "setting_up"]
SpaceBookingStatus = Literal["booked", "cancelled"]
SpaceBookingCause = Literal["booker", "centre", "centre_closed"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AccessFact = Literal[
    "step_free_entrance",
    "lift",
    "accessible_toilet",
    "accessible_parking",
    "hearing_loop",
    "height_adjustable_desks",
    "quiet_room",
    "assistance_dogs",
]


class Centre(Base):
    """A place with equipment that a hub's schools may use."""

    __tablename__ = "centre"
    __table_args__ = (
        UniqueConstraint("hub_id", "name"),
        CheckConstraint("status <> 'open' OR opened_on IS NOT NULL", name="opened_on"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_on"),
        CheckConstraint("planned_cost_pence >= 0", name="planned_cost_pence"),
        Index("ix_centre_hub_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    host_urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    """The school in whose grounds it is; null for one elsewhere, such as above a library."""
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200))
    town: Mapped[str] = mapped_column(String(80))
    postcode: Mapped[str] = mapped_column(String(8))
    latitude: Mapped[float]
    longitude: Mapped[float]
    opening_hours: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    """`{"weekday", "opens", "closes"}` in England's wall-clock time (`09:00`), at most one a weekday."""
    accessibility: Mapped[dict[str, bool]] = mapped_column(JSONB)
    """What is there and what is not; what is left out is not known."""
    planned_cost_pence: Mapped[int | None]
    status: Mapped[CentreStatus] = mapped_column(one_of("status", CentreStatus))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class CentreSpace(Base):
    """A room or area of a centre, with what is in it."""

    __tablename__ = "centre_space"
    __table_args__ = (UniqueConstraint("centre_id", "name"), CheckConstraint("capacity > 0", name="capacity"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    name: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[int]
    """People, staff included."""
    equipment: Mapped[list[dict[str, str | int]]] = mapped_column(JSONB)
    """`{"name", "count"}`."""
    is_bookable: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class SpaceBooking(Base):
    """A space is taken from a moment up to another, which is free again."""

    __tablename__ = "space_booking"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_because IS NULL)", name="cause"),
        ExcludeConstraint(
            ("space_id", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            where=text("status = 'booked'"),
            using="gist",
            name="ex_space_booking_no_overlap",
        ),
        Index("ix_space_booking_urn_id", "urn", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    space_id: Mapped[UUID] = mapped_column(ForeignKey("centre_space.id"))
    urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    """The school that booked; null when the centre's hub did."""
    purpose: Mapped[SpacePurpose] = mapped_column(one_of("purpose", SpacePurpose))
    people: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[SpaceBookingStatus] = mapped_column(one_of("status", SpaceBookingStatus))
    booked_by: Mapped[UUID]
    booked_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[SpaceBookingCause | None] = mapped_column(one_of("cancelled_because", SpaceBookingCause))
