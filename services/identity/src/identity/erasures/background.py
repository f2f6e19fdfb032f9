"""Erasures that are due: begun, asked for again, finished. Runs in the `work` process."""

import asyncio

import structlog

from chassis.db import Database
from chassis.service import ServiceContext
from identity.accounts.passwords import Passwords
from identity.erasures import service
from identity.settings import Settings

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0


async def carry_out_erasures(context: ServiceContext) -> None:
    """Carry out what is due until cancelled. All state is in the database, so stopping loses nothing."""
    settings = context.settings
    assert isinstance(settings, Settings)
    nobodys_hash = await asyncio.to_thread(lambda: Passwords(settings).nobodys_hash)
    while True:
        await carry_out(context.database, settings, nobodys_hash)
        await asyncio.sleep(LOOK_SECONDS)


async def carry_out(database: Database, settings: Settings, nobodys_hash: str) -> None:
    """Everything that is due now, each erasure in a transaction of its own."""
    is_busy = True
    while is_busy:
        async with database.transaction() as session:
            is_busy = await service.begin_due(session, settings, nobodys_hash)
    async with database.transaction() as session:
        if late := await service.ask_again(session):
            log.warning("erasure.asked_again", steps=late)
    is_busy = True
    while is_busy:
        async with database.transaction() as session:
            is_busy = await service.finish_one(session)
