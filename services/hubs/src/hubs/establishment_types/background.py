"""Letting verdicts reach the schools: when one is approved, and when the first day of one has come."""

import asyncio

from chassis.service import ServiceContext
from hubs.establishment_types.service import redecide

SWEEP_SECONDS = 5.0
MOST = 500
"""Schools per transaction, and so events."""


async def follow_verdicts(context: ServiceContext) -> None:
    """Sweep until cancelled. Any number of replicas may: each school is decided anew by whoever holds its row."""
    while True:
        found = MOST
        while found == MOST:
            async with context.database.transaction() as session:
                found = await redecide(session, MOST)
        await asyncio.sleep(SWEEP_SECONDS)
