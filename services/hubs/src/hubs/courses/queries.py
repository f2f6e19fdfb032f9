"""Searching the catalogue and its runs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.bookings.models import ON_REGISTER, Booking
from hubs.courses.errors import CourseNotFound, CourseRunNotFound
from hubs.courses.models import Course, CourseRun, CourseSession
from hubs.courses.schemas import CourseFilter
from hubs.directory.models import Hub
from hubs.registers.access import facilitates, hubs_staffed_by

COURSE = Course.__table__

RUN = (
    select(
        *(column for column in CourseRun.__table__.c if column.name != "place_words"),
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
"""Runs with what a teacher chooses by."""


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
    row = (await reader.execute(RUN.add_columns(*columns).where(CourseRun.id == run_id))).first()
    is_staff = row is not None and (row.hub_id in hubs_staffed_by(caller) or facilitates(caller, row.facilitator_ids))
    if row is None or (row.status == "draft" and not is_staff):
        raise CourseRunNotFound("No course run has this id.")
    sessions = select(CourseSession.__table__).where(CourseSession.course_run_id == run_id)
    shown = {**row._mapping, "sessions": (await reader.execute(sessions.order_by(CourseSession.ordinal))).all()}
    return shown if is_staff or row.is_booked else {**shown, "joining_link": None, "facilitator_ids": []}
