"""Looking again at schools where something was done, and awarding what they have earned between their teachers."""

import asyncio

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.accounts import accounts_of
from certification.credits.completion import award_earned
from certification.schools.models import SchoolDue
from certification.teachers.models import Teacher
from certification.teachers.service import lock_logs
from chassis.service import ServiceContext

LOOK_SECONDS = 5.0
"""How long a school's award may take to be noticed."""


async def look_at_one(session: AsyncSession) -> bool:
    """Look at the school that has waited longest; False when none waits."""
    oldest = select(SchoolDue.urn).order_by(SchoolDue.since_at).limit(1).with_for_update(skip_locked=True)
    urn = await session.scalar(oldest)
    if urn is None:
        return False
    teachers = list(await session.scalars(select(Teacher.teacher_id).where(Teacher.school_urn == urn)))
    await lock_logs(session, teachers)
    await session.execute(delete(SchoolDue).where(SchoolDue.urn == urn))
    accounts = [one for group in (await accounts_of(session, teachers)).values() for one in group]
    await award_earned(session, [one for one in accounts if one.rules.awarded_to == "school"])
    return True


async def award_schools(context: ServiceContext) -> None:
    """Look until cancelled. Which schools wait is in the database, so that stopping loses nothing."""
    while True:
        async with context.database.transaction() as session:
            has_looked = await look_at_one(session)
        if not has_looked:
            await asyncio.sleep(LOOK_SECONDS)
