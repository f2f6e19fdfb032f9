"""Events as their organisers keep them: planned, edited, called off, and told who came."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.academic_years import academic_year_of
from hubs.areas.models import District
from hubs.areas.queries import locate
from hubs.areas.rules import read_postcode
from hubs.directory.models import Hub
from hubs.programmes.models import PupilProgramme
from hubs.programmes.rules import is_settled
from hubs.programmes.service import programme_in
from hubs.pupil_events.access import is_run_by, partners_served_by
from hubs.pupil_events.errors import (
    AttendanceSettled,
    AttendanceTooEarly,
    AttendanceWrong,
    OrganiserNotYours,
    PupilCapacityTaken,
    PupilEventHeld,
    PupilEventNotFound,
    PupilEventNotOpen,
    PupilEventWrong,
)
from hubs.pupil_events.models import EventCancellationCause, PupilBooking, PupilEvent
from hubs.pupil_events.schemas import AttendanceIn, PupilEventEdit, PupilEventIn
from hubs.registers.access import hubs_staffed_by


async def plan(session: AsyncSession, caller: Principal, body: PupilEventIn) -> UUID:
    """Plan an event. Raises OrganiserNotYours, PupilEventWrong, what a programme's year and a postcode may raise."""
    region = await _region_of_organiser(session, caller, body)
    starts_on = body.starts_at.astimezone(ENGLAND).date()
    academic_year = academic_year_of(starts_on)
    programme = await programme_in(session, body.programme_slug, academic_year)
    _require_fit(programme, body.key_stages, body.approach)
    if body.starts_at <= clock.now():
        raise PupilEventWrong("An event is planned before it begins.", field="starts_at")
    event = PupilEvent(
        id=new_id(),
        **body.model_dump(),
        starts_on=starts_on,
        academic_year=academic_year,
        pupils_booked=0,
        schools_booked=0,
        version=1,
        region=region,
    )
    await _place(session, event)
    session.add(event)
    details: dict[str, audit.JSON] = {"programme": body.programme_slug}
    await audit.record(session, caller, "pupil-event.planned", f"pupil_event:{event.id}", details)
    await session.flush()
    return event.id


async def _region_of_organiser(session: AsyncSession, caller: Principal, body: PupilEventIn) -> str | None:
    if body.partner_id is not None and body.partner_id in partners_served_by(caller):
        return None
    hub = await session.get(Hub, body.hub_id) if body.hub_id in hubs_staffed_by(caller) else None
    if hub is None:
        raise OrganiserNotYours("You run events for no hub or organisation with this id.")
    return hub.region


def _require_fit(programme: PupilProgramme, key_stages: Sequence[str], approach: str | None) -> None:
    if beyond := sorted(set(key_stages) - set(programme.key_stages)):
        raise PupilEventWrong(f"{programme.title} is not for {', '.join(beyond)}.", field="key_stages")
    if programme.approaches and approach not in programme.approaches:
        named = ", ".join(programme.approaches)
        raise PupilEventWrong(f"Each event of {programme.title} follows one of: {named}.", field="approach")
    if not programme.approaches and approach is not None:
        raise PupilEventWrong(f"{programme.title} compares no approaches.", field="approach")


async def _place(session: AsyncSession, event: PupilEvent) -> None:
    """Set the position, and a partner's region, from the postcode; raises what a wrong postcode raises."""
    if event.postcode is None:
        return
    postcode = read_postcode(event.postcode)
    place = await locate(await session.connection(), postcode)
    event.postcode = postcode.text
    event.latitude, event.longitude = place.position.latitude, place.position.longitude
    if event.hub_id is None and place.district_code is not None:
        event.region = await session.scalar(select(District.region).where(District.code == place.district_code))


async def hold_event(session: AsyncSession, event_id: UUID) -> PupilEvent:
    """The event, held until commit; PupilEventNotFound."""
    held = {"key_share": True}
    event = await session.get(PupilEvent, event_id, with_for_update=held, populate_existing=True)
    if event is None:
        raise PupilEventNotFound("No event has this id.")
    return event


async def _hold_own(session: AsyncSession, caller: Principal, event_id: UUID) -> PupilEvent:
    own = select(PupilEvent.id).where(PupilEvent.id == event_id, is_run_by(caller))
    if await session.scalar(own) is None:
        raise PupilEventNotFound("No event has this id.")
    return await hold_event(session, event_id)


async def edit(session: AsyncSession, caller: Principal, event_id: UUID, version: int, body: PupilEventEdit) -> None:
    """Change an event of the caller's from the version that was read.

    Raises PupilEventNotFound, StaleVersion, PupilEventNotOpen, PupilCapacityTaken, PupilEventWrong.
    """
    event = await _hold_own(session, caller, event_id)
    require_version(event.version, version)
    if event.status == "cancelled" or event.starts_at <= clock.now():
        raise PupilEventNotOpen("The event has begun or was called off.")
    programme = await session.get_one(PupilProgramme, event.programme_slug)
    _require_fit(programme, body.key_stages or event.key_stages, event.approach)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(event, name, value)
    if event.pupil_capacity < event.pupils_booked or event.school_capacity < event.schools_booked:
        booked = {"pupils_booked": event.pupils_booked, "schools_booked": event.schools_booked}
        raise PupilCapacityTaken(
            f"{event.pupils_booked} pupils of {event.schools_booked} schools are booked.", **booked
        )
    event.version += 1
    changed: list[str] = sorted(body.model_fields_set)
    await audit.record(session, caller, "pupil-event.edited", f"pupil_event:{event_id}", {"changed": changed})
    await session.flush()


async def call_off(session: AsyncSession, caller: Principal, event_id: UUID, because: EventCancellationCause) -> None:
    """Call an event off for good; every booking of it ends. A repeat changes nothing. Raises PupilEventHeld."""
    event = await _hold_own(session, caller, event_id)
    if event.status == "cancelled":
        return
    if event.starts_at <= clock.now() or event.pupils_attended is not None:
        raise PupilEventHeld("The event has begun; say who came, which may be nobody.")
    now = clock.now()
    for booking in await standing_bookings(session, event_id):
        booking.status, booking.cancelled_at, booking.cancelled_because = "cancelled", now, "event_cancelled"
        booking.version += 1
    event.status, event.cancelled_because = "cancelled", because
    event.pupils_booked = event.schools_booked = 0
    event.version += 1
    await audit.record(session, caller, "pupil-event.called-off", f"pupil_event:{event_id}", {"because": because})
    await session.flush()


async def standing_bookings(session: AsyncSession, event_id: UUID) -> list[PupilBooking]:
    """Bookings of an event that were not cancelled, oldest first. The caller holds the event."""
    query = select(PupilBooking).where(PupilBooking.event_id == event_id, PupilBooking.status == "booked")
    return list(await session.scalars(query.order_by(PupilBooking.id).execution_options(populate_existing=True)))


async def tell_attendance(
    session: AsyncSession, caller: Principal, event_id: UUID, version: int, body: AttendanceIn
) -> None:
    """Say, or correct, who came to an event of the caller's. All of it or nothing is kept.

    Raises PupilEventNotFound, StaleVersion, PupilEventNotOpen, AttendanceTooEarly, AttendanceSettled, AttendanceWrong.
    """
    event = await _hold_own(session, caller, event_id)
    require_version(event.version, version)
    _require_time_to_tell(event)
    programme = await session.get_one(PupilProgramme, event.programme_slug)
    bookings = {booking.id: booking for booking in await standing_bookings(session, event_id)}
    _require_consistent(programme, frozenset(bookings), body)
    for entry in body.entries:
        booking = bookings[entry.pupil_booking_id]
        booking.pupils_attended, booking.staff_attended = entry.pupils, entry.staff
        booking.version += 1
    event.pupils_attended = sum(entry.pupils for entry in body.entries)
    event.staff_attended = sum(entry.staff for entry in body.entries)
    event.schools_attended = sum(entry.pupils > 0 for entry in body.entries)
    for name in ("girls", "boys", "not_stated"):
        setattr(event, name, getattr(body.groups, name) if body.groups else None)
    event.version += 1
    details: dict[str, audit.JSON] = {"bookings": len(body.entries)}
    await audit.record(session, caller, "pupil-event.attendance-told", f"pupil_event:{event_id}", details)
    await session.flush()


def _require_time_to_tell(event: PupilEvent) -> None:
    if event.status != "open":
        raise PupilEventNotOpen("The event was called off or never offered.")
    if event.starts_at > clock.now():
        raise AttendanceTooEarly("Attendance is told once the event has begun.")
    if is_settled(event.academic_year, clock.today()):
        raise AttendanceSettled(f"The figures of {event.academic_year} are settled; ask an administrator.")


def _require_consistent(programme: PupilProgramme, standing: frozenset[UUID], body: AttendanceIn) -> None:
    told = [entry.pupil_booking_id for entry in body.entries]
    if len(told) != len(set(told)) or set(told) != standing:
        missing = sorted(str(one) for one in standing - set(told))
        raise AttendanceWrong("Send one entry for each booking that stands, and none else.", missing=missing)
    if programme.counts_groups != (body.groups is not None):
        word = "needs the groups of those who came" if programme.counts_groups else "counts no groups"
        raise AttendanceWrong(f"{programme.title} {word}.", field="groups")
    came = sum(entry.pupils for entry in body.entries)
    if body.groups is not None and body.groups.girls + body.groups.boys + body.groups.not_stated != came:
        raise AttendanceWrong(f"{came} pupils came; the groups add up to another number.", field="groups")
