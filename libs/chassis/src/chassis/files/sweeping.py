"""Removing bytes that nobody needs, while others keep the same bytes."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Database
from chassis.files.storage import Storage

UNFINISHED = timedelta(hours=1)
"""No upload takes longer: what is older and has no row never gets one."""

Needed = Callable[[AsyncSession, bytes], Awaitable[bool]]
"""Whether a row needs the bytes of a digest."""


async def lock_digest(session: AsyncSession, digest: bytes) -> None:
    """Until this transaction ends nobody else keeps or removes these bytes."""
    await session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(digest[:8], signed=True))))


async def remove_orphans(database: Database, storage: Storage, now: datetime, needed: Needed) -> int:
    """Remove what was never finished and what no row needs; how many files it was."""
    await storage.clear_unfinished(now - UNFINISHED)
    removed = 0
    for digest, since in await storage.kept():
        if since < now - UNFINISHED:
            removed += await _remove_if_unneeded(database, storage, digest, needed)
    return removed


async def _remove_if_unneeded(database: Database, storage: Storage, digest: bytes, needed: Needed) -> bool:
    async with database.transaction() as session:
        await lock_digest(session, digest)
        if await needed(session, digest):
            return False
        await storage.remove(digest)
    return True
