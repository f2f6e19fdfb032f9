"""Numbers that schools book. Every change is made under the event's row, so that it never takes more than it has."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.programmes.service import holds_enrolment
from hubs.pupil_events.errors import (
    PupilBookingCancelled,
    PupilBookingNotFound,
    PupilEventNotFound,
    PupilEventNotOpen,
    PupilPlacesShort,
    PupilsBookedAlready,
    SchoolNotEnrolled,
)
from hubs.pupil_events.models import PupilBooking, PupilEvent
from hubs.pupil_events.schemas import PupilBookingIn
from hubs.pupil_events.service import hold_event
from hubs.schools.access import school_of_lead


async def book(session: AsyncSession, caller: Principal, event_id: UUID, wanted: PupilBookingIn) -> PupilBooking:
    """Book for the caller's school.

    Raises PupilEventNotFound, PupilEventNotOpen, SchoolNotEnrolled, PupilsBookedAlready, PupilPlacesShort.
    """
    urn = school_of_lead(caller)
    event = await hold_event(session, event_id)
    if event.status == "draft":
        raise PupilEventNotFound("No event has this id.")
    _require_open(event)
    if not await holds_enrolment(session, event.programme_slug, event.academic_year, urn):
        raise SchoolNotEnrolled(f"Enrol your school in the programme for {event.academic_year} first.")
    standing = select(PupilBooking.id).where(PupilBooking.event_id == event_id, PupilBooking.urn == urn)
    if known := await session.scalar(standing.where(PupilBooking.status == "booked")):
        raise PupilsBookedAlready("Change the numbers of your booking instead.", pupil_booking_id=str(known))
    if event.schools_booked >= event.school_capacity:
        raise PupilPlacesShort("The event has as many schools as it takes.", pupil_places_left=0)
    _take(event, wanted.pupils)
    event.schools_booked += 1
    booking = PupilBooking(
        id=new_id(),
        event_id=event_id,
        urn=urn,
        **wanted.model_dump(),
        status="booked",
        booked_by=caller.id,
        booked_at=clock.now(),
        version=1,
    )
    session.add(booking)
    await _note(session, caller, "pupils.booked", booking)
    await session.flush()
    return booking


async def change(
    session: AsyncSession, caller: Principal, booking_id: UUID, version: int, wanted: PupilBookingIn
) -> PupilBooking:
    """Change the numbers, from the version that was read. Raises what booking raises, StaleVersion beside it."""
    event, booking = await _hold_own(session, caller, booking_id)
    require_version(booking.version, version)
    if booking.status == "cancelled":
        raise PupilBookingCancelled("The booking was cancelled; book anew.")
    _require_open(event)
    _take(event, wanted.pupils - booking.pupils)
    booking.pupils, booking.staff = wanted.pupils, wanted.staff
    booking.version += 1
    await _note(session, caller, "pupils.booking-changed", booking)
    await session.flush()
    return booking


async def cancel(session: AsyncSession, caller: Principal, booking_id: UUID) -> PupilBooking:
    """Give the places up before the event begins. A repeat changes nothing. Raises PupilEventNotOpen."""
    event, booking = await _hold_own(session, caller, booking_id)
    if booking.status == "booked":
        _require_open(event)
        booking.status, booking.cancelled_at, booking.cancelled_because = "cancelled", clock.now(), "school"
        booking.version += 1
        event.pupils_booked -= booking.pupils
        event.schools_booked -= 1
        await _note(session, caller, "pupils.booking-cancelled", booking)
        await session.flush()
    return booking


async def _hold_own(session: AsyncSession, caller: Principal, booking_id: UUID) -> tuple[PupilEvent, PupilBooking]:
    """The booking of the caller's school under its event's row; a booking never changes event."""
    own = select(PupilBooking.event_id).where(PupilBooking.id == booking_id, PupilBooking.urn == school_of_lead(caller))
    event_id: UUID | None = await session.scalar(own)
    if event_id is None:
        raise PupilBookingNotFound("No booking of your school has this id.")
    event = await hold_event(session, event_id)
    return event, await session.get_one(PupilBooking, booking_id, populate_existing=True)


def _require_open(event: PupilEvent) -> None:
    if event.status != "open" or event.starts_at <= clock.now():
        raise PupilEventNotOpen("The event has begun or was called off.")


def _take(event: PupilEvent, pupils: int) -> None:
    left = event.pupil_capacity - event.pupils_booked
    if pupils > left:
        raise PupilPlacesShort(f"{left} places are left.", pupil_places_left=left)
    event.pupils_booked += pupils


async def _note(session: AsyncSession, caller: Principal, action: str, booking: PupilBooking) -> None:
    details: dict[str, audit.JSON] = {"urn": booking.urn, "pupils": booking.pupils, "staff": booking.staff}
    await audit.record(session, caller, action, f"pupil_booking:{booking.id}", details)
