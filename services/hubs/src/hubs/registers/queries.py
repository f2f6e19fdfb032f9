"""Reads of registers, limited in the SQL to the caller's hubs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.bookings.models import ON_REGISTER, Booking
from hubs.courses.models import Course, CourseRun
from hubs.registers.access import hubs_staffed_by
from hubs.registers.errors import RegisterNotFound
from hubs.registers.models import RegisterEntry
from hubs.sets import any_of

RunRow = AnyRow
EntryRow = AnyRow


async def run_of_staff(connection: AsyncConnection | AsyncSession, caller: Principal, run_id: UUID) -> RunRow:
    """The run, if its hub is one of the caller's; RegisterNotFound."""
    query = (
        select(
            CourseRun.id.label("course_run_id"),
            CourseRun.course_code,
            CourseRun.hub_id,
            CourseRun.starts_on,
            CourseRun.ends_on,
            Course.title,
            Course.mode,
            Course.hours,
        )
        .join(Course, Course.code == CourseRun.course_code)
        .where(CourseRun.id == run_id, any_of(CourseRun.hub_id, hubs_staffed_by(caller)))
    )
    row = (await connection.execute(query)).first()
    if row is None:
        raise RegisterNotFound("No run of your hub has this id.")
    return row


async def entries(connection: AsyncConnection | AsyncSession, run_id: UUID) -> Sequence[EntryRow]:
    """The run's live bookings with their outcomes, in the order of booking."""
    query = (
        select(
            Booking.id.label("booking_id"),
            Booking.teacher_id,
            Booking.school_urn,
            func.coalesce(cast(RegisterEntry.outcome, String), "pending").label("outcome"),
            RegisterEntry.hours,
        )
        .outerjoin(RegisterEntry, RegisterEntry.booking_id == Booking.id)
        .where(Booking.course_run_id == run_id, Booking.status.in_(ON_REGISTER))
        .order_by(Booking.id)
    )
    return (await connection.execute(query)).all()
