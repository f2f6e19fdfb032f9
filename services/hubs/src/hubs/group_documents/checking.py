"""Whether every document that is told of is there, and is what was given."""

import hashlib
from collections.abc import AsyncIterator
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import db
from chassis.files.sealing import FileDamaged
from chassis.files.storage import Storage
from chassis.invariants import Broken
from hubs.group_documents.models import GroupDocument
from hubs.settings import Settings

RULE = "documents-are-as-given"


async def documents_are_as_given(session: AsyncSession) -> AsyncIterator[Broken]:
    """Documents whose file is missing or another one."""
    live = GroupDocument.purged_at.is_(None) & GroupDocument.removed_at.is_(None)
    rows = (await session.execute(select(GroupDocument.id, GroupDocument.sha256).where(live))).all()
    storage = cast(Settings, db.settings_in(session)).document_storage if rows else None
    for row in rows:
        found = "This process has no directory of documents." if storage is None else await _fault(storage, row.sha256)
        if found:
            yield Broken(RULE, str(row.id), found)


async def _fault(storage: Storage, digest: bytes) -> str | None:
    seen = hashlib.sha256()
    try:
        async for block in storage.read(digest):
            seen.update(block)
    except FileNotFoundError:
        return "Its file is missing."
    except FileDamaged as damaged:
        return f"Its file cannot be opened: {damaged}."
    return None if seen.digest() == digest else "Its file is another one than was given."
