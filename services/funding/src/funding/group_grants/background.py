"""What goes on by itself: questions about groups are tried again, since a card or a budget may be there by now, and
whoever shows groups' money is told of it."""

import asyncio

from chassis.service import ServiceContext
from funding.group_grants import service, telling

SWEEP_SECONDS = 10.0
TELLING_SECONDS = 2.0
MOST = 50


async def answer_groups(context: ServiceContext) -> None:
    """Until cancelled. Any number of replicas may: each group is one worker's."""
    while True:
        async with context.database.transaction() as session:
            tried = await service.try_again(session, MOST)
        await asyncio.sleep(0 if tried == MOST else SWEEP_SECONDS)


async def tell_of_groups(context: ServiceContext) -> None:
    """Until cancelled. Any number of replicas may."""
    while True:
        async with context.database.transaction() as session:
            told = await telling.tell_changes(session, MOST)
        await asyncio.sleep(0 if told == MOST else TELLING_SECONDS)
