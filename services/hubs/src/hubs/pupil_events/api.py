"""`/v1/pupil-events` and `/v1/pupil-bookings`: events for pupils, and the numbers that schools book."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.base import AnyRow
from hubs.courses.errors import DistanceNeedsPlace
from hubs.programmes.errors import ProgrammeNotFound, ProgrammeNotRunning
from hubs.pupil_events import bookings, queries, service
from hubs.pupil_events.access import ORGANISERS
from hubs.pupil_events.errors import (
    AttendanceSettled,
    AttendanceTooEarly,
    AttendanceWrong,
    OrganiserNotYours,
    PupilBookingCancelled,
    PupilBookingNotFound,
    PupilCapacityTaken,
    PupilEventHeld,
    PupilEventNotFound,
    PupilEventNotOpen,
    PupilEventWrong,
    PupilPlacesShort,
    PupilsBookedAlready,
    SchoolNotEnrolled,
)
from hubs.pupil_events.models import PupilBooking
from hubs.pupil_events.schemas import (
    AttendanceIn,
    AttendanceOut,
    EventCancellation,
    PupilBookingFilter,
    PupilBookingIn,
    PupilBookingOut,
    PupilEventDetail,
    PupilEventEdit,
    PupilEventFilter,
    PupilEventIn,
    PupilEventOut,
)
from hubs.schools.access import SCHOOL_LEAD
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1", tags=["programmes for pupils"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Organiser = Annotated[Principal, allow(role(*ORGANISERS))]
SchoolLead = Annotated[Principal, allow(role(SCHOOL_LEAD))]
Concerned = Annotated[Principal, allow(role(SCHOOL_LEAD, *ORGANISERS))]
POSTCODE = (PostcodeMalformed, PostcodeUnknown, OutsideEngland)


def _tagged(response: Response, version: int) -> None:
    response.headers["ETag"] = etag(version)


@router.get("/pupil-events", response_model=Page[PupilEventOut], responses=errors(DistanceNeedsPlace, *POSTCODE))
async def list_pupil_events(
    reader: Reader, caller: Anybody, wanted: Annotated[PupilEventFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Events to come, soonest first; with `near`, nearest first."""
    rows = await queries.list_events(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: queries.key_of_event(row, wanted.near is not None))


@router.post(
    "/pupil-events",
    status_code=201,
    response_model=PupilEventDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(OrganiserNotYours, ProgrammeNotFound, ProgrammeNotRunning, PupilEventWrong, *POSTCODE),
)
async def plan_pupil_event(
    session: Session, caller: Organiser, body: PupilEventIn, response: Response
) -> dict[str, object]:
    """Plan an event for a hub or a partner organisation of the caller's."""
    event = await queries.find_event(session, caller, await service.plan(session, caller, body))
    _tagged(response, event["version"])
    return event


@router.get("/pupil-events/{event_id}", response_model=PupilEventDetail, responses=errors(PupilEventNotFound))
async def get_pupil_event(reader: Reader, caller: Anybody, event_id: UUID, response: Response) -> dict[str, object]:
    """One event, with the places left now; how to join it for schools that booked and for who runs it."""
    event = await queries.find_event(reader, caller, event_id)
    _tagged(response, event["version"])
    return event


@router.patch(
    "/pupil-events/{event_id}",
    response_model=PupilEventDetail,
    responses=errors(
        PupilEventNotFound, PupilEventNotOpen, PupilCapacityTaken, PupilEventWrong, IfMatchMissing, StaleVersion
    ),
)
async def edit_pupil_event(
    session: Session, caller: Organiser, event_id: UUID, seen: IfMatch, body: PupilEventEdit, response: Response
) -> dict[str, object]:
    """Change an event that the caller runs, from the version that was read."""
    await service.edit(session, caller, event_id, seen, body)
    event = await queries.find_event(session, caller, event_id)
    _tagged(response, event["version"])
    return event


@router.post(
    "/pupil-events/{event_id}/cancellation",
    response_model=PupilEventDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(PupilEventNotFound, PupilEventHeld),
)
async def call_off_pupil_event(
    session: Session, caller: Organiser, event_id: UUID, body: EventCancellation
) -> dict[str, object]:
    """Call an event off for good; every booking of it is cancelled."""
    await service.call_off(session, caller, event_id, body.because)
    return await queries.find_event(session, caller, event_id)


@router.get("/pupil-events/{event_id}/attendance", response_model=AttendanceOut, responses=errors(PupilEventNotFound))
async def get_attendance(reader: Reader, caller: Organiser, event_id: UUID, response: Response) -> dict[str, object]:
    """What the organiser said of who came, for the organiser. Its ETag is what telling it needs."""
    attendance = await queries.attendance_of(reader, caller, event_id)
    _tagged(response, attendance["version"])
    return attendance


@router.put(
    "/pupil-events/{event_id}/attendance",
    response_model=AttendanceOut,
    responses=errors(
        PupilEventNotFound,
        PupilEventNotOpen,
        AttendanceTooEarly,
        AttendanceSettled,
        AttendanceWrong,
        IfMatchMissing,
        StaleVersion,
    ),
)
async def tell_attendance(
    session: Session, caller: Organiser, event_id: UUID, seen: IfMatch, body: AttendanceIn, response: Response
) -> dict[str, object]:
    """Say or correct how many came: by booking, and by group for the event as a whole if the programme counts them."""
    await service.tell_attendance(session, caller, event_id, seen, body)
    attendance = await queries.attendance_of(session, caller, event_id)
    _tagged(response, attendance["version"])
    return attendance


@router.post(
    "/pupil-events/{event_id}/bookings",
    status_code=201,
    response_model=PupilBookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(
        PupilEventNotFound, PupilEventNotOpen, SchoolNotEnrolled, PupilsBookedAlready, PupilPlacesShort, TeachersOnly
    ),
)
async def book_pupils(session: Session, caller: SchoolLead, event_id: UUID, body: PupilBookingIn) -> PupilBooking:
    """Book numbers of pupils and staff for the caller's school: all of them or none."""
    return await bookings.book(session, caller, event_id, body)


@router.get("/pupil-bookings", response_model=Page[PupilBookingOut])
async def list_pupil_bookings(
    reader: Reader, caller: Concerned, wanted: Annotated[PupilBookingFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Bookings of the caller's school, and of events that the caller runs."""
    return Page.of(await queries.list_bookings(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.get(
    "/pupil-bookings/{pupil_booking_id}", response_model=PupilBookingOut, responses=errors(PupilBookingNotFound)
)
async def get_pupil_booking(reader: Reader, caller: Concerned, pupil_booking_id: UUID, response: Response) -> AnyRow:
    """One booking."""
    booking = await queries.find_booking(reader, caller, pupil_booking_id)
    _tagged(response, booking.version)
    return booking


@router.patch(
    "/pupil-bookings/{pupil_booking_id}",
    response_model=PupilBookingOut,
    responses=errors(
        PupilBookingNotFound,
        PupilBookingCancelled,
        PupilEventNotOpen,
        PupilPlacesShort,
        TeachersOnly,
        IfMatchMissing,
        StaleVersion,
    ),
)
async def change_pupil_booking(
    session: Session,
    caller: SchoolLead,
    pupil_booking_id: UUID,
    seen: IfMatch,
    body: PupilBookingIn,
    response: Response,
) -> PupilBooking:
    """Change the numbers of a booking of the caller's school, before the event begins."""
    booking = await bookings.change(session, caller, pupil_booking_id, seen, body)
    _tagged(response, booking.version)
    return booking


@router.post(
    "/pupil-bookings/{pupil_booking_id}/cancellation",
    response_model=PupilBookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(PupilBookingNotFound, PupilEventNotOpen, TeachersOnly),
)
async def cancel_pupil_booking(session: Session, caller: SchoolLead, pupil_booking_id: UUID) -> PupilBooking:
    """Give the places up before the event begins."""
    return await bookings.cancel(session, caller, pupil_booking_id)
