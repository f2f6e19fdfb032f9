"""Ending holds and offers in time, so that the next in line hears of a place although nobody asks for the run."""

import asyncio

from chassis import clock
from chassis.service import ServiceContext
from hubs.bookings.service import end_passed, runs_with_passed

SWEEP_SECONDS = 2.0
"""How late a place may be offered on; booking and confirming look at the time themselves."""
MOST = 100


async def end_passed_holds(context: ServiceContext) -> None:
    """Sweep until cancelled. Any number of replicas may: each run is swept by whoever holds its row, once."""
    while True:
        async with context.database.transaction() as session:
            due = await runs_with_passed(session, clock.now(), MOST)
        for run_id in due:
            async with context.database.transaction() as session:
                await end_passed(session, [run_id], clock.now())
        await asyncio.sleep(SWEEP_SECONDS)
