"""Telling what an earlier release held and did not tell, so that those who hear this one know it too."""

from sqlalchemy import String, cast, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from chassis.service import Progress
from chassis.tables import outbox, outbox_sequence
from hubs.courses.models import CourseRun
from hubs.courses.news import tell_of_runs
from hubs.schools.models import School
from hubs.schools.news import school_changed

BATCH = 1000
"""Events in one statement."""


async def tell_what_was_not(session: AsyncSession, progress: Progress) -> None:
    """Runs that were never told of, and schools whose authority and trusts were not; nothing the second time."""
    never = ~exists().where(outbox_sequence.c.aggregate == func.concat("course_run:", cast(CourseRun.id, String)))
    runs = (await session.scalars(select(CourseRun.id).where(never).order_by(CourseRun.id))).all()
    told = exists().where(
        outbox.c.aggregate == func.concat("school:", School.urn), outbox.c.data.has_key(literal("trust_codes"))
    )
    keyed = or_(School.row_hash.is_not(None), School.la_code.is_not(None), School.trust_code.is_not(None))
    schools = (await session.execute(select(School.__table__).where(keyed, ~told).order_by(School.urn))).all()
    total = len(runs) + len(schools)
    for start in range(0, len(runs), BATCH):
        await tell_of_runs(session, runs[start : start + BATCH])
    for start in range(0, len(schools), BATCH):
        await publish(session, *(school_changed(row._mapping) for row in schools[start : start + BATCH]))
        progress(len(runs) + start, total)
    progress(total, total)
