"""What goes on by itself: impacts are worked off, overrides expire, milestones lapse, old questions are forgotten."""

import asyncio

from chassis import clock
from chassis.service import ServiceContext
from funding.bursaries.ending import lapse_overdue
from funding.impacts import service
from funding.overrides.service import end_expired
from funding.reviews.service import forget_old_quotes

SWEEP_SECONDS = 2.0
MOST = 100
"""Milestones and questions in one transaction."""


async def work_off_impacts(context: ServiceContext) -> None:
    """Until cancelled. Any number of replicas may: each item is one worker's."""
    while True:
        async with context.database.transaction() as session:
            handled = await service.work_off(session)
        await asyncio.sleep(0 if handled else SWEEP_SECONDS)


async def end_what_has_passed(context: ServiceContext) -> None:
    """Until cancelled: what was said or promised until a day that is over."""
    while True:
        today = clock.today()
        async with context.database.transaction() as session:
            ended = await end_expired(session, today)
        async with context.database.transaction() as session:
            lapsed = await lapse_overdue(session, today, MOST)
        async with context.database.transaction() as session:
            await service.open_expired(session, today)
        async with context.database.transaction() as session:
            forgotten = await forget_old_quotes(session, MOST)
        is_more = ended or MOST in (lapsed, forgotten)
        await asyncio.sleep(0 if is_more else SWEEP_SECONDS)
