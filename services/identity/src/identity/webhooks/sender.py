"""Sending what is due: lease, send, write down what came of it. Runs in a process of its own.

No transaction is open while somebody else's server takes its time. A sender that dies leaves a lease that ends; the
delivery is then sent again with the same `webhook-id`.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from standardwebhooks import Webhook as Signer

from chassis import audit, clock
from chassis.db import Database
from chassis.ids import new_id
from chassis.sealing import SealBroken, SealingKeys
from chassis.service import ServiceContext
from chassis.tracing import current_traceparent, span
from chassis.trying import end_if_asked
from identity.api_keys.notices import tell_managers
from identity.settings import Settings
from identity.webhooks import rules
from identity.webhooks.answers import Answer
from identity.webhooks.egress import TOTAL_SECONDS, Egress
from identity.webhooks.models import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookState
from identity.webhooks.sealing import open_secret

log = structlog.get_logger(__name__)

SENDERS = 8
POLL_SECONDS = 0.5
CLEAN_SECONDS = 3600.0
LEASE = timedelta(seconds=TOTAL_SECONDS + 15)
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
USER_AGENT = "NCCE-Webhooks/1"
GONE = 410


@dataclass(frozen=True)
class Parcel:
    """What one request needs, read while the delivery was leased."""

    delivery_id: UUID
    webhook_id: UUID
    url: str
    event_id: UUID
    payload: str
    secrets: tuple[str, ...]
    """As sealed: the present one first."""
    traceparent: str | None


@dataclass(frozen=True)
class SendingDesk:
    """What sending needs of its process."""

    database: Database
    egress: Egress
    keys: SealingKeys


async def send_webhooks(context: ServiceContext) -> None:
    """Send until cancelled."""
    settings = context.settings
    assert isinstance(settings, Settings)
    egress = Egress(allow_private=settings.webhooks_to_this_machine, has_stand_in=settings.sandbox)
    desk = SendingDesk(context.database, egress, settings.loaded_webhook_keys)
    is_due = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(SENDERS):
            group.create_task(_send_for_ever(desk, is_due))
        group.create_task(_look_out(context.database, is_due))
        group.create_task(_forget_for_ever(context.database))


async def _look_out(database: Database, is_due: asyncio.Event) -> None:
    """One asks for all senders: eight that ask the database twice a second cost it more than what they send."""
    while True:
        query = select(WebhookDelivery.id).join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        async with database.reads.connect() as connection:
            if (await connection.execute(query.where(*_due(clock.now())).limit(1))).first():
                is_due.set()
        await asyncio.sleep(POLL_SECONDS)


async def _send_for_ever(desk: SendingDesk, is_due: asyncio.Event) -> None:
    while True:
        await is_due.wait()
        while await send_one(desk):
            end_if_asked()
        end_if_asked()
        is_due.clear()


async def _forget_for_ever(database: Database) -> None:
    while True:
        async with database.transaction() as session:
            old = WebhookDelivery.created_at < clock.now() - rules.KEPT
            await session.execute(delete(WebhookDelivery).where(old, WebhookDelivery.status != DeliveryState.WAITING))
        await clock.pause(CLEAN_SECONDS)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What tells a delivery, joined to its address, that may be sent."""
    is_challenge = WebhookDelivery.event_type == rules.CHALLENGE_TYPE
    return (
        WebhookDelivery.status == DeliveryState.WAITING,
        WebhookDelivery.due_at <= now,
        (Webhook.status == WebhookState.ACTIVE) | (is_challenge & (Webhook.status != WebhookState.DELETED)),
    )


async def send_one(desk: SendingDesk) -> bool:
    """Send one delivery that is due; False when there is none."""
    parcel = await _lease(desk.database)
    if parcel is None:
        return False
    begun_at, began = clock.now(), time.monotonic()
    with span("webhook", "client", parcel.traceparent) as one:
        answer = await _post(desk, parcel, clock.real())
        if one is not None:
            one.has_failed = not answer.is_success
            one.attributes |= {"http.request.method": "POST", "http.response.status_code": answer.status or 0}
    attempt = WebhookAttempt(
        id=new_id(),
        delivery_id=parcel.delivery_id,
        attempted_at=begun_at,
        duration_ms=int((time.monotonic() - began) * 1000),
        status_code=answer.status,
        error=answer.error,
    )
    async with desk.database.transaction() as session:
        await _write_down(session, parcel, answer, attempt)
    return True


async def _lease(database: Database) -> Parcel | None:
    """Take one delivery that is due in hand. An address is sent one at a time, so that a slow one holds up itself.

    A lease goes by the database's clock: one that a process took whose own was a day ahead would outlive it by a day.
    """
    now, other = clock.now(), aliased(WebhookDelivery)
    in_hand = exists().where(other.webhook_id == Webhook.id, other.leased_until > func.clock_timestamp())
    query = (
        select(WebhookDelivery, Webhook)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(*_due(now), ~in_hand)
        .order_by(WebhookDelivery.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    async with database.transaction() as session:
        found = (await session.execute(query)).one_or_none()
        if found is None:
            return None
        delivery, webhook = found
        delivery.leased_until = func.clock_timestamp() + LEASE
        delivery.attempts += 1
        former_holds = webhook.former_secret_until is not None and now < webhook.former_secret_until
        former = webhook.former_sealed_secret if former_holds else None
        secrets = (webhook.sealed_secret, former) if former else (webhook.sealed_secret,)
        return Parcel(
            delivery.id,
            webhook.id,
            webhook.url,
            delivery.event_id,
            delivery.payload,
            secrets,
            delivery.traceparent,
        )


async def _post(desk: SendingDesk, parcel: Parcel, now: datetime) -> Answer:
    try:
        secrets = [open_secret(desk.keys, sealed, parcel.webhook_id) for sealed in parcel.secrets]
    except SealBroken:
        log.error("webhook.secret_unreadable", webhook_id=str(parcel.webhook_id))
        return Answer(error="secret-unreadable")
    signatures = [Signer(secret).sign(str(parcel.event_id), now, parcel.payload) for secret in secrets]
    headers = [
        ("Content-Type", CONTENT_TYPE),
        ("User-Agent", USER_AGENT),
        ("webhook-id", str(parcel.event_id)),
        ("webhook-timestamp", str(int(now.timestamp()))),
        ("webhook-signature", " ".join(signatures)),
    ]
    if traced := current_traceparent():
        headers.append(("traceparent", traced))
    return await desk.egress.post(parcel.url, headers, parcel.payload.encode())


async def _write_down(session: AsyncSession, parcel: Parcel, answer: Answer, attempt: WebhookAttempt) -> None:
    webhook = (await session.scalars(select(Webhook).where(Webhook.id == parcel.webhook_id).with_for_update())).one()
    of_parcel = select(WebhookDelivery).where(WebhookDelivery.id == parcel.delivery_id)
    delivery = (await session.scalars(of_parcel.with_for_update())).one()
    attempt.organisation_id = webhook.organisation_id
    session.add(attempt)
    delivery.leased_until = None
    if delivery.status != DeliveryState.WAITING:  # cancelled meanwhile
        return
    if delivery.event_type == rules.CHALLENGE_TYPE:
        _answer_challenge(webhook, delivery, answer)
    elif answer.is_success:
        delivery.status, delivery.delivered_at = DeliveryState.DELIVERED.value, clock.now()
        webhook.failing_since = None
    else:
        await _fail(session, webhook, delivery, answer)


def _answer_challenge(webhook: Webhook, delivery: WebhookDelivery, answer: Answer) -> None:
    now = clock.now()
    if answer.is_success and _repeats(answer.body, delivery.event_id):
        delivery.status, delivery.delivered_at = DeliveryState.DELIVERED.value, now
        webhook.verified_at = webhook.verified_at or now
        if webhook.status == WebhookState.UNVERIFIED:
            webhook.status = WebhookState.ACTIVE.value
            webhook.version += 1
        return
    _postpone(delivery, rules.next_attempt_at(delivery.attempts, now, is_challenge=True))


def _repeats(body: bytes, challenge: UUID) -> bool:
    """Whether the answer says what the challenge asked for: an address that takes anything is not asking for it."""
    try:
        said = json.loads(body)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("challenge") == str(challenge)


def _postpone(delivery: WebhookDelivery, next_at: datetime | None) -> None:
    if next_at is None:
        delivery.status = DeliveryState.DEAD.value
    else:
        delivery.due_at = next_at


async def _fail(session: AsyncSession, webhook: Webhook, delivery: WebhookDelivery, answer: Answer) -> None:
    now = clock.now()
    webhook.failing_since = webhook.failing_since or now
    is_gone = answer.status == GONE
    _postpone(delivery, None if is_gone else rules.next_attempt_at(delivery.attempts, now))
    is_dead = delivery.status == DeliveryState.DEAD
    if webhook.status == WebhookState.ACTIVE and (
        is_gone or (is_dead and rules.is_given_up(webhook.failing_since, now))
    ):
        await _disable(session, webhook, "gone" if is_gone else "failing")


async def _disable(session: AsyncSession, webhook: Webhook, because: str) -> None:
    webhook.status, webhook.disabled_because = WebhookState.DISABLED.value, because
    webhook.version += 1
    details: dict[str, audit.JSON] = {"organisation_id": str(webhook.organisation_id), "because": because}
    await audit.record(session, None, "webhook.disabled", f"webhook:{webhook.id}", details)
    occasion = f"webhook_disabled:{webhook.id}:{webhook.version}"
    facts = {"url": webhook.url, "because": because, "failing_since": webhook.failing_since, "webhook_id": webhook.id}
    await tell_managers(session, webhook.organisation_id, "webhook_disabled", occasion, **facts)
