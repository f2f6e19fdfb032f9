"""Queueing deliveries, in the transaction in which the platform learns of an event."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.tracing import current_traceparent
from identity.partner_views.rules import Fact
from identity.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookState
from identity.webhooks.rules import CHALLENGE_TYPE


async def queue_deliveries(session: AsyncSession, facts: Sequence[Fact]) -> None:
    """One delivery for each event and each address that is to have it; queued again, it stays one."""
    active = (await session.scalars(select(Webhook).where(Webhook.status == WebhookState.ACTIVE))).all()
    now = clock.now()
    rows = [
        _row(webhook, fact.event_id, fact.type, envelope_of(fact), now)
        for fact in facts
        for webhook in active
        if fact.organisation_id in (None, webhook.organisation_id)
        and (not webhook.event_types or fact.type in webhook.event_types)
    ]
    if rows:
        await session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), rows)


async def queue_challenge(session: AsyncSession, webhook: Webhook) -> None:
    """Ask an address whether it wants what will be sent: it must answer with what it was sent."""
    event_id, now = new_id(), clock.now()
    envelope = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": "/services/identity",
        "type": CHALLENGE_TYPE,
        "subject": f"webhook:{webhook.id}",
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "data": {"challenge": str(event_id)},
    }
    await session.execute(insert(WebhookDelivery), [_row(webhook, event_id, CHALLENGE_TYPE, json.dumps(envelope), now)])


def envelope_of(fact: Fact) -> str:
    """An event as a CloudEvent, the bytes that are signed."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(fact.event_id),
            "source": fact.source,
            "type": fact.type,
            "subject": fact.subject,
            "time": fact.time.isoformat(),
            "datacontenttype": "application/json",
            "data": fact.data,
        },
        separators=(",", ":"),
    )


def _row(webhook: Webhook, event_id: UUID, event_type: str, payload: str, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "webhook_id": webhook.id,
        "organisation_id": webhook.organisation_id,
        "event_id": event_id,
        "event_type": event_type,
        "payload": payload,
        "status": DeliveryState.WAITING.value,
        "attempts": 0,
        "created_at": now,
        "due_at": now,
        "traceparent": current_traceparent(),
    }
