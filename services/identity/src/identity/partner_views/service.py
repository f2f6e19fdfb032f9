"""Passing on what partners are to know: into the change feed, and to whoever subscribed to it."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery
from contracts.base import Event
from identity.changes.recording import record_changes
from identity.partner_views.rules import fact_of
from identity.webhooks.queue import queue_deliveries


async def tell_partners(session: AsyncSession, events: Sequence[Event], deliveries: Sequence[Delivery]) -> None:
    """Let partners know of events, each what it may know. Their order does not matter."""
    found = [fact_of(event, delivery) for event, delivery in zip(events, deliveries, strict=True)]
    facts = [fact for fact in found if fact is not None]
    if facts:
        await record_changes(session, facts)
        await queue_deliveries(session, facts)
