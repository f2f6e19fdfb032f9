"""Telling of runs: after each change, whole, so that whoever prices or lists them needs no earlier news."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.hubs import CourseRunChanged
from hubs.courses.models import Course, CourseRun
from hubs.sets import any_of

_TOLD = select(
    CourseRun.id.label("course_run_id"),
    CourseRun.course_code,
    CourseRun.hub_id,
    CourseRun.status,
    CourseRun.starts_on,
    CourseRun.ends_on,
    CourseRun.charge_pence,
    CourseRun.independent_charge_pence,
    Course.mode,
    Course.phases,
    Course.programme,
    Course.days,
    Course.hours,
).join(Course, Course.code == CourseRun.course_code)


async def tell_of_runs(session: AsyncSession, run_ids: Collection[UUID]) -> None:
    """Publish how these runs now stand. What changed them is flushed before."""
    if run_ids:
        rows = await session.execute(_TOLD.where(any_of(CourseRun.id, run_ids)).order_by(CourseRun.id))
        await publish(session, *(CourseRunChanged.model_validate(row._mapping) for row in rows))


async def tell_of_runs_of(session: AsyncSession, course_codes: Collection[str]) -> None:
    """Publish the runs of courses that changed: how long they are and whom they are for is the course's."""
    if course_codes:
        found = await session.scalars(select(CourseRun.id).where(any_of(CourseRun.course_code, course_codes)))
        await tell_of_runs(session, found.all())
