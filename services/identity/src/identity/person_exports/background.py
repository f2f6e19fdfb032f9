"""Exports whose parts are late: asked for again. Runs in the `work` process."""

import asyncio

import structlog

from chassis.service import ServiceContext
from identity.person_exports.service import look_after
from identity.settings import Settings

log = structlog.get_logger(__name__)

LOOK_SECONDS = 30.0


async def gather_exports(context: ServiceContext) -> None:
    """Ask for what is late until cancelled. All state is in the database, so stopping loses nothing."""
    settings = context.settings
    assert isinstance(settings, Settings)
    while True:
        async with context.database.transaction() as session:
            if late := await look_after(session, settings):
                log.warning("export.asked_again", parts=late)
        await asyncio.sleep(LOOK_SECONDS)
