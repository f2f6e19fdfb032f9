"""Telling somebody all that is held about them, and erasing them; and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from certification.exports import service as exports
from certification.privacy.registry import HOLDINGS
from certification.privacy.retention import RETENTION
from chassis.exports import ExportFile, prepare
from contracts.certification import CertificationErasureCompleted, CertificationExportPrepared
from contracts.identity import PersonExportRequested, TeacherErasureRequested


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    await HOLDINGS.erase_and_tell(session, event, CertificationErasureCompleted)


async def prepare_export(session: AsyncSession, event: PersonExportRequested) -> None:
    """Put by what is held, for an export of everything, and which files belong to it; asked again, as it is then."""
    held = await exports.held_of(session, event.person_id)
    files = [
        ExportFile(name, f"/v1/log-entries/evidence/{evidence_id}")
        for name, evidence_id in await exports.names_of_files(session, event.person_id)
    ]
    await prepare(session, "certification", event, CertificationExportPrepared, held, files, about=RETENTION.about())
