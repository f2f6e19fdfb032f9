"""Events for pupils and the numbers that schools book. Nothing here says who a pupil is, and no column invites it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

PupilEventKind = Literal["road_show", "master_class", "workshop", "visit"]
PupilEventMode = Literal["face_to_face", "online"]
PupilEventStatus = Literal["draft", "open", "cancelled"]
EventCancellationCause = Literal["too_few_pupils", "staff_absent", "venue_lost", "weather", "other"]
PupilBookingStatus = Literal["booked", "cancelled"]
PupilBookingCause = Literal["school", "event_cancelled"]

_GROUPS = ("girls", "boys", "not_stated")
_NONE = " AND ".join(f"{group} IS NULL" for group in _GROUPS)


class PupilEvent(Base):
    """An event for pupils, run by a hub or by a partner organisation. The row is held by whatever changes its bookings.

    `pupils_booked` and `schools_booked` count the bookings that stand and never pass the capacities.
    """

    __tablename__ = "pupil_event"
    __table_args__ = (
        CheckConstraint("num_nonnulls(hub_id, partner_id) = 1", name="organiser"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("pupils_booked BETWEEN 0 AND pupil_capacity", name="pupils"),
        CheckConstraint("schools_booked BETWEEN 0 AND school_capacity", name="schools"),
        CheckConstraint("(status = 'cancelled') = (cancelled_because IS NOT NULL)", name="cancelled"),
        CheckConstraint("mode = 'online' OR postcode IS NOT NULL", name="place"),
        CheckConstraint(
            "(pupils_attended IS NULL AND staff_attended IS NULL AND schools_attended IS NULL) OR "
            "(pupils_attended >= 0 AND staff_attended >= 0 AND schools_attended >= 0)",
            name="attended",
        ),
        CheckConstraint(
            f"({_NONE}) OR (girls >= 0 AND boys >= 0 AND not_stated >= 0 "
            "AND girls + boys + not_stated = pupils_attended)",
            name="groups",
        ),
        Index("ix_pupil_event_programme_slug_academic_year", "programme_slug", "academic_year"),
        Index("ix_pupil_event_starts_at_id", "starts_at", "id"),
        Index("ix_pupil_event_hub_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_slug: Mapped[str] = mapped_column(ForeignKey("pupil_programme.slug"))
    hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    partner_id: Mapped[UUID | None]
    """The organisation that runs it, when no hub does."""
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PupilEventKind] = mapped_column(one_of("kind", PupilEventKind))
    approach: Mapped[str | None] = mapped_column(String(40))
    mode: Mapped[PupilEventMode] = mapped_column(one_of("mode", PupilEventMode))
    key_stages: Mapped[list[str]] = mapped_column(ARRAY(String(12)))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    starts_on: Mapped[date]
    """The calendar day in England."""
    academic_year: Mapped[str] = mapped_column(String(7))
    venue: Mapped[str | None] = mapped_column(String(120))
    town: Mapped[str | None] = mapped_column(String(80))
    postcode: Mapped[str | None] = mapped_column(String(8))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    region: Mapped[str | None] = mapped_column(String(40))
    """The hub's, else the venue's; null for a partner's event online."""
    joining_link: Mapped[str | None] = mapped_column(String(300))
    """For schools that booked and for the organiser."""
    pupil_capacity: Mapped[int]
    school_capacity: Mapped[int]
    pupils_booked: Mapped[int] = mapped_column(default=0, server_default="0")
    schools_booked: Mapped[int] = mapped_column(default=0, server_default="0")
    status: Mapped[PupilEventStatus] = mapped_column(one_of("status", PupilEventStatus))
    cancelled_because: Mapped[EventCancellationCause | None] = mapped_column(
        one_of("cancelled_because", EventCancellationCause)
    )
    pupils_attended: Mapped[int | None]
    """With the staff and schools, of the whole event; null until the organiser has said."""
    staff_attended: Mapped[int | None]
    schools_attended: Mapped[int | None]
    girls: Mapped[int | None]
    """Of those who came, in the event as a whole and never by school; null unless the programme counts groups."""
    boys: Mapped[int | None]
    not_stated: Mapped[int | None]
    """Another group, or none given."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class PupilBooking(Base):
    """So many pupils and so many staff of a school are to come. One standing booking per school and event."""

    __tablename__ = "pupil_booking"
    __table_args__ = (
        CheckConstraint("pupils > 0 AND staff > 0", name="numbers"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_because IS NULL)", name="cause"),
        CheckConstraint("(pupils_attended IS NULL) = (staff_attended IS NULL)", name="attended"),
        Index("uq_pupil_booking_live", "event_id", "urn", unique=True, postgresql_where=text("status = 'booked'")),
        Index("ix_pupil_booking_urn_id", "urn", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("pupil_event.id"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    pupils: Mapped[int]
    staff: Mapped[int]
    status: Mapped[PupilBookingStatus] = mapped_column(one_of("status", PupilBookingStatus))
    booked_by: Mapped[UUID]
    booked_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[PupilBookingCause | None] = mapped_column(one_of("cancelled_because", PupilBookingCause))
    pupils_attended: Mapped[int | None]
    staff_attended: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
