"""What happens to assessments while nobody asks: attempts end, openings are told, questions are marked again."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from certification.assessments.models import AssessmentAttempt
from certification.assessments.openings import announce_publication
from certification.assessments.rules import AttemptStatus
from certification.assessments.service import end_overdue
from certification.re_markings.engine import advance
from certification.teachers.service import lock_log
from chassis import clock
from chassis.db import Database
from chassis.service import ServiceContext

SWEEP_SECONDS = 2.0
"""How late an attempt may be marked that nobody looks at; whoever looks has it marked at once."""
MOST = 50


async def overdue(database: Database, now: datetime) -> list[UUID]:
    """Some of those whose attempts ran out, longest ago first."""
    query = select(AssessmentAttempt.teacher_id).where(
        AssessmentAttempt.status == AttemptStatus.IN_PROGRESS, AssessmentAttempt.deadline_at <= now
    )
    async with database.transaction() as session:
        return list(await session.scalars(query.order_by(AssessmentAttempt.deadline_at).limit(MOST)))


async def end_overdue_attempts(context: ServiceContext) -> None:
    """Sweep until cancelled. Any number of replicas may: each attempt is ended by whoever holds the log, once."""
    while True:
        for teacher_id in await overdue(context.database, clock.now()):
            async with context.database.transaction() as session:
                await lock_log(session, teacher_id)
                await end_overdue(session, teacher_id, clock.now())
        await asyncio.sleep(SWEEP_SECONDS)


async def announce_publications(context: ServiceContext) -> None:
    """Tell people enrolled before a bank was published that the assessment is open to them."""
    while True:
        async with context.database.transaction() as session:
            is_busy = await announce_publication(session)
        if not is_busy:
            await asyncio.sleep(SWEEP_SECONDS)


async def mark_again(context: ServiceContext) -> None:
    """Work off re-markings until cancelled: a batch is done by whoever holds the row, once."""
    while True:
        async with context.database.transaction() as session:
            is_busy = await advance(session)
        if not is_busy:
            await asyncio.sleep(SWEEP_SECONDS)
