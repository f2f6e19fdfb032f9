"""Erasing somebody, and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from contracts.hubs import HubsErasureCompleted
from contracts.identity import TeacherErasureRequested
from hubs.privacy.registry import HOLDINGS


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    found = await HOLDINGS.erase(session, event.teacher_id)
    await audit.record(session, None, "person.erased", f"erasure:{event.erasure_id}")
    done = HubsErasureCompleted(
        erasure_id=event.erasure_id,
        teacher_id=event.teacher_id,
        erased=found.erased,
        kept=found.kept,
        completed_at=clock.now(),
    )
    await publish(session, done)
