"""Reads of bookings, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from chassis.known_as import is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.bookings.errors import BookingNotFound
from hubs.bookings.models import Booking
from hubs.bookings.schemas import BookingFilter
from hubs.courses.models import Course, CourseRun
from hubs.registers.access import hubs_staffed_by
from hubs.sets import any_of

BookingRow = AnyRow

_AHEAD = aliased(Booking)
_POSITION = (
    select(func.count())
    .where(
        _AHEAD.course_run_id == Booking.course_run_id,
        _AHEAD.status == "waiting",
        tuple_(_AHEAD.band, _AHEAD.waiting_since, _AHEAD.id) <= tuple_(Booking.band, Booking.waiting_since, Booking.id),
    )
    .correlate(Booking)
    .scalar_subquery()
)

_BOOKING = (
    select(
        Booking.__table__,
        case((Booking.status == "waiting", _POSITION)).label("waiting_position"),
        CourseRun.course_code,
        CourseRun.hub_id,
        CourseRun.starts_on,
        CourseRun.ends_on,
        CourseRun.charge_pence,
        CourseRun.independent_charge_pence,
        Course.title,
        Course.mode,
        Course.programme,
        Course.days,
        Course.hours,
    )
    .join(CourseRun, CourseRun.id == Booking.course_run_id)
    .join(Course, Course.code == CourseRun.course_code)
)


def _visible_to(caller: Principal) -> ColumnElement[bool]:
    """Their own, and those on runs of hubs they staff."""
    own = is_theirs(Booking.teacher_id, caller.id)
    hubs = hubs_staffed_by(caller)
    return own | any_of(CourseRun.hub_id, hubs) if hubs else own


def booking(booking_id: UUID) -> AnySelect:
    """The statement for one booking with its run's facts, whoever asks."""
    return _BOOKING.where(Booking.id == booking_id)


async def find_booking(connection: AsyncConnection | AsyncSession, caller: Principal, booking_id: UUID) -> BookingRow:
    """One booking the caller may see; BookingNotFound."""
    row = (await connection.execute(booking(booking_id).where(_visible_to(caller)))).first()
    if row is None:
        raise BookingNotFound("No booking of yours has this id.")
    return row


async def list_bookings(
    reader: AsyncConnection, caller: Principal, wanted: BookingFilter, page: PageOf
) -> Sequence[BookingRow]:
    """Bookings the caller may see, oldest first, one row more than the page holds."""
    query = _BOOKING.where(_visible_to(caller)).order_by(Booking.id).limit(page.limit + 1)
    if wanted.course_run_id:
        query = query.where(Booking.course_run_id == wanted.course_run_id)
    if wanted.status:
        query = query.where(Booking.status == wanted.status)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Booking.id > after[0])
    return (await reader.execute(query)).all()
