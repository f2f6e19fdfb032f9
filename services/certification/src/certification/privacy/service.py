"""Erasing somebody, and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from certification.privacy.registry import HOLDINGS
from chassis import audit, clock
from chassis.outbox import publish
from contracts.certification import CertificationErasureCompleted
from contracts.identity import TeacherErasureRequested


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    found = await HOLDINGS.erase(session, event.teacher_id)
    await audit.record(session, None, "person.erased", f"erasure:{event.erasure_id}")
    done = CertificationErasureCompleted(
        erasure_id=event.erasure_id,
        teacher_id=event.teacher_id,
        erased=found.erased,
        kept=found.kept,
        completed_at=clock.now(),
    )
    await publish(session, done)
