"""What a message says about a run."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.messages import Meeting
from hubs.bookings.models import Booking
from hubs.calendars.rules import is_online, meetings_of, place_of
from hubs.courses.models import Course, CourseRun, CourseSession, RunStatus
from hubs.directory.models import Hub
from hubs.sets import any_of

NATIONAL = "National Centre for Computing Education"
"""Whose a run is that no hub holds."""


@dataclass(frozen=True)
class RunFacts:
    """A run as its people know it."""

    title: str
    hub_name: str
    status: RunStatus
    is_online: bool
    place: str | None
    joining_link: str | None
    meetings: tuple[Meeting, ...]


async def facts_of(session: AsyncSession, run_id: UUID) -> RunFacts:
    """The run as it stands in this transaction."""
    query = (
        select(CourseRun.__table__, Course.title, Course.mode, Hub.name.label("hub_name"))
        .join(Course, Course.code == CourseRun.course_code)
        .outerjoin(Hub, Hub.id == CourseRun.hub_id)
        .where(CourseRun.id == run_id)
    )
    run = (await session.execute(query)).one()
    sessions = select(CourseSession.__table__).where(CourseSession.course_run_id == run_id)
    held = (await session.execute(sessions.order_by(CourseSession.ordinal))).all()
    return RunFacts(
        title=run.title,
        hub_name=run.hub_name or NATIONAL,
        status=run.status,
        is_online=is_online(run.mode, run.status),
        place=place_of(run.venue, run.town, run.postcode),
        joining_link=run.joining_link,
        meetings=meetings_of(run_id, run, held),
    )


async def turns_of(session: AsyncSession, run_id: UUID, teacher_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How often each of these teachers' bookings of the run were confirmed or cancelled."""
    turns = (func.count(Booking.confirmed_at) + func.count(Booking.cancelled_at)).label("turns")
    query = select(Booking.teacher_id, turns).where(Booking.course_run_id == run_id)
    rows = await session.execute(query.where(any_of(Booking.teacher_id, teacher_ids)).group_by(Booking.teacher_id))
    return {row.teacher_id: row.turns for row in rows}
