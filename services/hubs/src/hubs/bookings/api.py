"""`/v1/bookings`: places on course runs."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.bookings import queries, service
from hubs.bookings.errors import (
    AlreadyBooked,
    BookingNotFound,
    BookingStarted,
    BookingStateConflict,
    NotYourColleagues,
    OfferPassed,
    OtherCourse,
    RunFull,
    RunNotOpen,
    SchoolLimitReached,
)
from hubs.bookings.schemas import BookingFilter, BookingOut, GroupOut, NewBooking, NewGroup, Transfer
from hubs.courses.errors import CourseRunNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/bookings", tags=["bookings"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
BOOKING = (CourseRunNotFound, RunFull, SchoolLimitReached, AlreadyBooked, RunNotOpen, TeachersOnly)


@router.post(
    "",
    status_code=201,
    response_model=BookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*BOOKING),
)
async def place_booking(session: Session, caller: Caller, body: NewBooking) -> queries.BookingRow:
    """Book a place for the signed-in teacher, hold one, or join the waiting list."""
    return await service.place_booking(session, caller, body)


@router.post(
    "/groups",
    status_code=201,
    response_model=GroupOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*BOOKING, NotYourColleagues),
)
async def book_group(
    session: Session, caller: Annotated[Principal, allow(role("school_lead"))], body: NewGroup
) -> dict[str, object]:
    """Book teachers of the caller's school, all or none."""
    return {"data": await service.book_group(session, caller, body)}


@router.get("", response_model=Page[BookingOut])
async def list_bookings(
    reader: Reader, caller: Caller, wanted: Annotated[BookingFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """The caller's bookings; hub staff also see those on their hub's runs."""
    return Page.of(await queries.list_bookings(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.get("/{booking_id}", response_model=BookingOut, responses=errors(BookingNotFound))
async def get_booking(reader: Reader, caller: Caller, booking_id: UUID) -> queries.BookingRow:
    """One booking."""
    return await queries.find_booking(reader, caller, booking_id)


@router.post(
    "/{booking_id}/cancellation",
    response_model=BookingOut,
    responses=errors(BookingNotFound, BookingStarted, BookingStateConflict),
)
async def cancel_booking(session: Session, caller: Caller, booking_id: UUID) -> queries.BookingRow:
    """Give up a place, or a turn in the waiting list, before the run begins."""
    return await service.cancel_booking(session, caller, booking_id)


@router.post(
    "/{booking_id}/confirmation",
    response_model=BookingOut,
    responses=errors(BookingNotFound, OfferPassed, BookingStateConflict, RunNotOpen),
)
async def confirm_booking(session: Session, caller: Caller, booking_id: UUID) -> queries.BookingRow:
    """Take the place that is held for or offered to the caller."""
    return await service.confirm_booking(session, caller, booking_id)


@router.post(
    "/{booking_id}/transfer",
    status_code=201,
    response_model=BookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*BOOKING, BookingNotFound, BookingStarted, BookingStateConflict, OtherCourse),
)
async def transfer_booking(session: Session, caller: Caller, booking_id: UUID, body: Transfer) -> queries.BookingRow:
    """Exchange a place for one on another run of the course."""
    return await service.transfer_booking(session, caller, booking_id, body.course_run_id)
