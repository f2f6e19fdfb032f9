"""Documents of groups under the first of their keys."""

from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.files.resealing import SealedFiles
from chassis.files.storage import DirectoryStorage
from chassis.settings import ServiceSettings
from hubs.group_documents.models import GroupDocument
from hubs.settings import Settings


def _storage(settings: ServiceSettings) -> DirectoryStorage | None:
    return cast(Settings, settings).document_storage


async def _subjects(session: AsyncSession, digest: bytes) -> list[str]:
    live = GroupDocument.purged_at.is_(None) & (GroupDocument.sha256 == digest)
    return [f"group_document:{one}" for one in await session.scalars(select(GroupDocument.id).where(live))]


GROUP_DOCUMENTS = SealedFiles(_storage, "group_document.resealed", _subjects)
