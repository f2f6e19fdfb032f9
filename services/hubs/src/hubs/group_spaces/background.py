"""Sending digests in time."""

from chassis import clock
from chassis.service import ServiceContext
from hubs.group_spaces.digests import groups_with_news, send_digests
from hubs.settings import Settings

SWEEP_SECONDS = 300.0


async def send_space_digests(context: ServiceContext) -> None:
    """Look for news of spaces until cancelled. Any number of replicas may: each digest is recorded once."""
    settings = context.settings
    assert isinstance(settings, Settings)
    while True:
        async with context.database.transaction() as session:
            groups = await groups_with_news(session, settings, clock.now())
        for one in groups:
            async with context.database.transaction() as session:
                await send_digests(session, settings, one, clock.now())
        await clock.pause(SWEEP_SECONDS)
