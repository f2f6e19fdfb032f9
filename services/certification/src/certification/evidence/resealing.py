"""Files of evidence under the first of their keys."""

from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.evidence.models import Evidence
from certification.settings import Settings
from chassis.files.resealing import SealedFiles
from chassis.files.storage import DirectoryStorage
from chassis.settings import ServiceSettings


def _storage(settings: ServiceSettings) -> DirectoryStorage | None:
    return cast(Settings, settings).evidence_storage


async def _subjects(session: AsyncSession, digest: bytes) -> list[str]:
    live = Evidence.purged_at.is_(None) & (Evidence.sha256 == digest)
    return [f"evidence:{one}" for one in await session.scalars(select(Evidence.id).where(live))]


EVIDENCE = SealedFiles(_storage, "evidence.resealed", _subjects)
