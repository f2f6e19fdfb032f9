"""Telling somebody all that is held about them, and erasing them; and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.exports import prepare
from chassis.outbox import publish
from contracts.hubs import HubsErasureCompleted, HubsExportPrepared
from contracts.identity import PersonExportRequested, TeacherErasureRequested
from hubs.privacy.registry import HOLDINGS
from hubs.privacy.retention import RETENTION


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    found = await HOLDINGS.erase(session, event.teacher_id, event.merged_ids)
    await audit.record(session, None, "person.erased", f"erasure:{event.erasure_id}")
    done = HubsErasureCompleted(
        erasure_id=event.erasure_id,
        teacher_id=event.teacher_id,
        erased=found.erased,
        kept=found.kept,
        completed_at=clock.now(),
    )
    await publish(session, done)


async def prepare_export(session: AsyncSession, event: PersonExportRequested) -> None:
    """Put by what is held, for an export of everything; asked again, put by what is held then."""
    held = await HOLDINGS.tell(session, event.person_id)
    await prepare(session, "hubs", event, HubsExportPrepared, held, about=RETENTION.about())
