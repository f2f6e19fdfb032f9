"""`/v1/bookings`: places on course runs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.bookings import queries, service
from hubs.bookings.errors import AlreadyBooked, BookingNotFound, BookingStarted, RunFull, RunNotOpen
from hubs.bookings.schemas import BookingFilter, BookingOut, NewBooking
from hubs.courses.errors import CourseRunNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/bookings", tags=["bookings"])
Caller = Annotated[Principal, allow(SIGNED_IN)]


@router.post(
    "",
    status_code=201,
    response_model=BookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CourseRunNotFound, RunFull, AlreadyBooked, RunNotOpen, TeachersOnly),
)
async def place_booking(session: Session, caller: Caller, body: NewBooking) -> queries.BookingRow:
    """Book a place for the signed-in teacher."""
    return await service.place_booking(session, caller, body.course_run_id)


@router.get("", response_model=Page[BookingOut])
async def list_bookings(
    reader: Reader, caller: Caller, wanted: Annotated[BookingFilter, Query()], page: PageRequest
) -> dict[str, Any]:
    """The caller's bookings; hub staff also see those on their hub's runs."""
    return Page.of(await queries.list_bookings(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.get("/{booking_id}", response_model=BookingOut, responses=errors(BookingNotFound))
async def get_booking(reader: Reader, caller: Caller, booking_id: UUID) -> queries.BookingRow:
    """One booking."""
    return await queries.find_booking(reader, caller, booking_id)


@router.post("/{booking_id}/cancellation", response_model=BookingOut, responses=errors(BookingNotFound, BookingStarted))
async def cancel_booking(session: Session, caller: Caller, booking_id: UUID) -> queries.BookingRow:
    """Give up a place before the run begins."""
    return await service.cancel_booking(session, caller, booking_id)
