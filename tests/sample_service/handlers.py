"""What the sample hears: its own events, so that one service shows the whole way through the broker."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery, Subscriptions
from chassis.tracing import current_traceparent
from contracts.hubs import HubChanged, HubJoined
from sample_service.models import JoinCount, KnownHub, Refusal, Trace

subscriptions = Subscriptions("hubs")


class Refused(Exception):
    """The handler was told to refuse this teacher's events."""


@subscriptions.on(HubJoined)
async def count_joins(session: AsyncSession, event: HubJoined, delivery: Delivery) -> None:
    """Add one: commutes, so order does not matter."""
    if await session.scalar(select(Refusal).where(Refusal.teacher_id == event.teacher_id)):
        raise Refused(str(event.teacher_id))
    counted = insert(JoinCount).values(teacher_id=event.teacher_id, joins=1)
    more = {"joins": JoinCount.joins + counted.excluded.joins}
    await session.execute(counted.on_conflict_do_update(index_elements=["teacher_id"], set_=more))
    session.add(Trace(event_id=delivery.event_id, traceparent=current_traceparent()))


@subscriptions.on(HubChanged)
async def keep_hub(session: AsyncSession, event: HubChanged, delivery: Delivery) -> None:
    """Keep the newest state, whatever order it is told in."""
    told = insert(KnownHub).values(id=event.hub_id, name=event.name, sequence=delivery.sequence)
    newer = {"name": told.excluded.name, "sequence": told.excluded.sequence}
    await session.execute(
        told.on_conflict_do_update(index_elements=["id"], set_=newer, where=KnownHub.sequence < told.excluded.sequence)
    )
