"""The inbox: each consumer handles each event once, however often delivered; and the dead letters it gave up on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Row, Uuid, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.tables import dead_letter

DeadLetter = Row[tuple[UUID, str, UUID | None, str, bytes, str, int, datetime, datetime | None]]

_CLAIM = text(
    """
    INSERT INTO inbox (consumer, event_id) SELECT :consumer, event_id FROM unnest(:events) AS new(event_id)
    ORDER BY event_id ON CONFLICT DO NOTHING RETURNING event_id
    """
).bindparams(bindparam("events", type_=ARRAY(Uuid)))


async def claim(session: AsyncSession, consumer: str, events: Sequence[UUID]) -> set[UUID]:
    """Mark events as handled by a consumer; those missing from the answer were handled by an earlier delivery."""
    found = await session.execute(_CLAIM, {"consumer": consumer, "events": list(dict.fromkeys(events))})
    return set(found.scalars())


async def park(
    session: AsyncSession, consumer: str, event_id: UUID | None, subject: str, body: bytes, error: str, deliveries: int
) -> None:
    """Put an event aside that a consumer cannot handle; parked once while it waits."""
    row = upsert(dead_letter).values(
        id=new_id(),
        consumer=consumer,
        event_id=event_id,
        subject=subject,
        body=body,
        error=error[:2000],
        deliveries=deliveries,
    )
    await session.execute(row.on_conflict_do_nothing())


async def waiting(session: AsyncSession) -> Sequence[DeadLetter]:
    """Dead letters nobody has resolved, oldest first."""
    found = select(dead_letter).where(dead_letter.c.resolved_at.is_(None)).order_by(dead_letter.c.parked_at)
    return (await session.execute(found)).all()


async def take(session: AsyncSession, letter_id: UUID) -> DeadLetter | None:
    """Lock one waiting dead letter for another attempt."""
    chosen = select(dead_letter).where(dead_letter.c.id == letter_id, dead_letter.c.resolved_at.is_(None))
    return (await session.execute(chosen.with_for_update())).first()


async def resolve(session: AsyncSession, letter_id: UUID) -> None:
    """The event has been handled after all."""
    resolved = update(dead_letter).where(dead_letter.c.id == letter_id).values(resolved_at=func.clock_timestamp())
    await session.execute(resolved)
