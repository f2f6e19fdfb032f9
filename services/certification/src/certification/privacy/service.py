"""Telling somebody all that is held about them, and erasing them; and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from certification.exports import service as exports
from certification.privacy.registry import HOLDINGS
from certification.privacy.retention import RETENTION
from chassis import audit, clock
from chassis.exports import ExportFile, prepare
from chassis.outbox import publish
from contracts.certification import CertificationErasureCompleted, CertificationExportPrepared
from contracts.identity import PersonExportRequested, TeacherErasureRequested


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    found = await HOLDINGS.erase(session, event.teacher_id, event.merged_ids)
    await audit.record(session, None, "person.erased", f"erasure:{event.erasure_id}")
    done = CertificationErasureCompleted(
        erasure_id=event.erasure_id,
        teacher_id=event.teacher_id,
        erased=found.erased,
        kept=found.kept,
        completed_at=clock.now(),
    )
    await publish(session, done)


async def prepare_export(session: AsyncSession, event: PersonExportRequested) -> None:
    """Put by what is held, for an export of everything, and which files belong to it; asked again, as it is then."""
    held = await exports.held_of(session, event.person_id)
    files = [
        ExportFile(name, f"/v1/log-entries/evidence/{evidence_id}")
        for name, evidence_id in await exports.names_of_files(session, event.person_id)
    ]
    await prepare(session, "certification", event, CertificationExportPrepared, held, files, about=RETENTION.about())
