"""Searching the catalogue and its runs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, exists, func, literal, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.areas.queries import distance_km, locate, within
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow, AnySelect
from hubs.bookings.models import ON_REGISTER, Booking
from hubs.courses.errors import CourseNotFound, CourseRunNotFound, DistanceNeedsPlace
from hubs.courses.models import UNLISTED, Course, CourseRun, CourseSession
from hubs.courses.schemas import CourseFilter, CourseRunFilter
from hubs.directory.models import Hub
from hubs.registers.access import hubs_staffed_by

COURSE = Course.__table__
NOWHERE_KM = Decimal(100_000)
"""Sorts runs without a venue behind all others."""

_RUN = (
    select(
        CourseRun.__table__,
        (CourseRun.capacity - CourseRun.places_taken).label("places_left"),
        Course.title,
        Course.programme,
        Course.phases,
        Course.phases[1].label("phase"),
        Course.key_stages,
        Course.mode,
        Course.hours,
        Course.days,
        Hub.name.label("hub_name"),
    )
    .join(Course, Course.code == CourseRun.course_code)
    .outerjoin(Hub, Hub.id == CourseRun.hub_id)
)


async def list_courses(reader: AsyncConnection, wanted: CourseFilter, page: PageOf) -> Sequence[AnyRow]:
    """Listed courses by code, one row more than the page holds."""
    query = select(COURSE).where(Course.is_listed).order_by(Course.code).limit(page.limit + 1)
    for column, value in ((Course.mode, wanted.mode), (Course.programme, wanted.programme)):
        if value:
            query = query.where(column == value)
    for values, one in ((Course.key_stages, wanted.key_stage), (Course.subjects, wanted.subject)):
        if one:
            query = query.where(_contains(values, one))
    if wanted.q:
        query = query.where(Course.title.icontains(wanted.q, autoescape=True))
    if (after := page.after_as(str)) is not None:
        query = query.where(Course.code > after[0])
    return (await reader.execute(query)).all()


def _contains(column: InstrumentedAttribute[list[str]], value: str) -> ColumnElement[bool]:
    return literal(value) == func.any(column)


async def find_course(reader: AsyncConnection, code: str) -> AnyRow:
    """One course, listed or not; CourseNotFound."""
    row = (await reader.execute(select(COURSE).where(Course.code == code))).first()
    if row is None:
        raise CourseNotFound(f"No course has the code {code}.")
    return row


async def find_run(reader: AsyncConnection | AsyncSession, caller: Principal, run_id: UUID) -> dict[str, object]:
    """One run with its sessions, its link only for whom it is; CourseRunNotFound, also for another hub's draft."""
    waiting = select(func.count()).where(Booking.course_run_id == CourseRun.id, Booking.status == "waiting")
    booked = exists().where(
        Booking.course_run_id == CourseRun.id, Booking.teacher_id == caller.id, Booking.status.in_(ON_REGISTER)
    )
    columns = (null().label("distance_km"), waiting.scalar_subquery().label("waiting"), booked.label("is_booked"))
    row = (await reader.execute(_RUN.add_columns(*columns).where(CourseRun.id == run_id))).first()
    is_staff = row is not None and row.hub_id in hubs_staffed_by(caller)
    if row is None or (row.status == "draft" and not is_staff):
        raise CourseRunNotFound("No course run has this id.")
    sessions = select(CourseSession.__table__).where(CourseSession.course_run_id == run_id)
    shown = {**row._mapping, "sessions": (await reader.execute(sessions.order_by(CourseSession.ordinal))).all()}
    return shown if is_staff or row.is_booked else {**shown, "joining_link": None, "facilitator_ids": []}


async def list_runs(reader: AsyncConnection, wanted: CourseRunFilter, page: PageOf) -> Sequence[AnyRow]:
    """Runs of listed courses, nearest or soonest first, one row more than the page holds."""
    query = _filtered(wanted)
    if wanted.near is None:
        if wanted.within_km is not None:
            raise DistanceNeedsPlace("Send near with within_km.", parameter="within_km")
        query = query.add_columns(null().label("distance_km")).order_by(CourseRun.starts_on, CourseRun.id)
        if (after := page.after_as(date.fromisoformat, UUID)) is not None:
            query = query.where(tuple_(CourseRun.starts_on, CourseRun.id) > after)
    else:
        place = await locate(reader, read_postcode(wanted.near))
        query = _nearest_first(query, place.position, wanted.within_km, page)
    return (await reader.execute(query.limit(page.limit + 1))).all()


def _filtered(wanted: CourseRunFilter) -> AnySelect:
    query = _RUN.where(Course.is_listed, CourseRun.starts_on >= (wanted.starts_from or clock.today()))
    query = query.where(CourseRun.status.not_in(UNLISTED))
    equal = (
        (CourseRun.course_code, wanted.course),
        (CourseRun.hub_id, wanted.hub_id),
        (Course.mode, wanted.mode),
        (Course.programme, wanted.programme),
    )
    for column, value in equal:
        if value is not None:
            query = query.where(column == value)
    if wanted.key_stage:
        query = query.where(_contains(Course.key_stages, wanted.key_stage))
    if wanted.starts_to:
        query = query.where(CourseRun.starts_on <= wanted.starts_to)
    return query


def _nearest_first(query: AnySelect, origin: Position, within_km: float | None, page: PageOf) -> AnySelect:
    latitude, longitude = CourseRun.__table__.c.latitude, CourseRun.__table__.c.longitude
    km = distance_km(origin, latitude, longitude)
    order = func.coalesce(km, literal(NOWHERE_KM, Numeric))
    query = query.add_columns(km.label("distance_km")).order_by(order, CourseRun.id)
    if within_km is not None:
        query = query.where(within(origin, within_km, latitude), km <= within_km)
    if (after := page.after_as(Decimal, UUID)) is not None:
        query = query.where(tuple_(order, CourseRun.id) > after)
    return query


def key_of_run(row: AnyRow, by_distance: bool) -> tuple[str, str]:
    """The sort key of a listed run, as its cursor holds it."""
    if not by_distance:
        return row.starts_on.isoformat(), str(row.id)
    return str(NOWHERE_KM if row.distance_km is None else row.distance_km), str(row.id)
