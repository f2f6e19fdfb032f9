"""Telling of merges a second time. Runs in the `work` process."""

import asyncio

from chassis.service import ServiceContext
from identity.merges import service

LOOK_SECONDS = 60.0


async def tell_of_merges_again(context: ServiceContext) -> None:
    """Tell what is due until cancelled. What is due is in the database, so stopping loses nothing."""
    while True:
        async with context.database.transaction() as session:
            await service.tell_again(session)
        await asyncio.sleep(LOOK_SECONDS)
