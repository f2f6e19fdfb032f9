"""Removing what nobody needs: bytes without a row, and documents of groups that ended long ago, whose hash stays."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import Database
from chassis.files.storage import Storage
from chassis.files.sweeping import remove_orphans
from chassis.service import ServiceContext
from hubs.group_documents.models import GroupDocument
from hubs.groups.models import ProjectGroup
from hubs.settings import Settings

log = structlog.get_logger(__name__)

LOOK_SECONDS = 3_600.0
KEPT = timedelta(days=1096)
"""After the group's end, as what is written in its space."""


async def sweep_group_documents(context: ServiceContext) -> None:
    """Sweep until cancelled. What is due is in the database and in the storage, so that stopping loses nothing."""
    assert isinstance(context.settings, Settings)
    storage = context.settings.document_storage
    while True:
        if storage is not None:
            await sweep(context.database, storage, clock.now())
        await clock.pause(LOOK_SECONDS)


async def sweep(database: Database, storage: Storage, now: datetime) -> tuple[int, int]:
    """How many documents were purged, and how many files without a row removed."""
    over = select(ProjectGroup.id).where(ProjectGroup.ended_on < (now - KEPT).date())
    due = GroupDocument.purged_at.is_(None) & GroupDocument.group_id.in_(over)
    async with database.transaction() as session:
        purge = update(GroupDocument).where(due).values(purged_at=now, name=None).returning(GroupDocument.id)
        purged = len((await session.scalars(purge)).all())
    removed = await remove_orphans(database, storage, now, _is_needed)
    if purged or removed:
        log.info("group_documents.swept", purged=purged, removed=removed)
    return purged, removed


async def _is_needed(session: AsyncSession, digest: bytes) -> bool:
    live = GroupDocument.purged_at.is_(None) & GroupDocument.removed_at.is_(None)
    return bool(await session.scalar(select(exists().where(GroupDocument.sha256 == digest, live))))
