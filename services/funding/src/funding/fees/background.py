"""Deciding again what a new list may settle: thousands of schools, one short transaction each."""

import asyncio

from chassis.service import ServiceContext
from funding.fees import service

SWEEP_SECONDS = 2.0
MOST = 100
"""Schools looked up at once."""


async def settle_reopened(context: ServiceContext) -> None:
    """Sweep until cancelled. Any number of replicas may: each school is decided by whoever holds its lock, once."""
    while True:
        async with context.database.transaction() as session:
            due = await service.schools_reopened(session, MOST)
        for urn in due:
            async with context.database.transaction() as session:
                await service.settle(session, urn)
        await asyncio.sleep(0 if len(due) == MOST else SWEEP_SECONDS)
