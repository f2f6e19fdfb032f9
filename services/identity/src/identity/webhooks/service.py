"""Registering webhooks, changing them, looking at their deliveries and sending them again."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import settings_in
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.paging import PageOf
from chassis.principal import Principal
from identity.api_keys.errors import OrganisationNotFound
from identity.organisations.models import Organisation
from identity.settings import Settings
from identity.tenancy import organisations_of
from identity.webhooks import queue, replay_limits, rules
from identity.webhooks.addresses import UrlRefused, read_url
from identity.webhooks.errors import (
    TooManyWebhooks,
    WebhookDeliveryNotFound,
    WebhookNotFound,
    WebhookNotVerified,
    WebhookUrlRefused,
)
from identity.webhooks.models import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookState
from identity.webhooks.schemas import (
    NewWebhook,
    Replay,
    Replayed,
    WebhookAttemptOut,
    WebhookChange,
    WebhookDeliveryDetail,
    WebhookDeliveryOut,
    WebhookOut,
    WebhookWithSecret,
)
from identity.webhooks.sealing import make_secret, seal

Rows = Sequence[Row[tuple[object, ...]]]


def _mine(caller: Principal, organisation_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    organisations = organisations_of(caller)
    return true() if organisations is None else organisation_id.in_(organisations)


def _settings(session: AsyncSession) -> Settings:
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    return settings


def _sealed(session: AsyncSession, secret: str, webhook_id: UUID) -> str:
    return seal(_settings(session).loaded_webhook_keys, secret, webhook_id)


async def create_webhook(session: AsyncSession, caller: Principal, wanted: NewWebhook) -> WebhookWithSecret:
    """Register an address and send it a challenge; its secret is told this once."""
    try:
        read_url(wanted.url, allow_private=_settings(session).webhooks_to_this_machine)
    except UrlRefused as error:
        raise WebhookUrlRefused(str(error)) from error
    organisation_id = await _lock_organisation(session, caller, wanted.organisation_id)
    webhook_id, secret = new_id(), make_secret()
    webhook = Webhook(
        id=webhook_id,
        organisation_id=organisation_id,
        url=wanted.url,
        description=wanted.description,
        event_types=sorted(set(wanted.event_types)),
        status=WebhookState.UNVERIFIED.value,
        sealed_secret=_sealed(session, secret, webhook_id),
        version=1,
        created_at=clock.now(),
        created_by=caller.id,
    )
    session.add(webhook)
    await session.flush()
    await queue.queue_challenge(session, webhook)
    await _note(session, caller, webhook, "webhook.created")
    return _with_secret(webhook, secret)


async def _lock_organisation(session: AsyncSession, caller: Principal, wanted: UUID | None) -> UUID:
    organisation_id = wanted or (caller.organisation_id if caller.kind == "partner" else None)
    columns = Organisation.__table__.c
    query = select(Organisation.id).where(columns.id == organisation_id, _mine(caller, columns.id))
    found = await session.scalar(query.with_for_update())
    if found is None:
        raise OrganisationNotFound
    counted = select(func.count()).where(Webhook.organisation_id == found, Webhook.status != WebhookState.DELETED)
    if (await session.execute(counted)).scalar_one() >= rules.WEBHOOKS_PER_ORGANISATION:
        raise TooManyWebhooks(rules.WEBHOOKS_PER_ORGANISATION)
    return found


def _with_secret(webhook: Webhook, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(secret=secret, **WebhookOut.model_validate(webhook).model_dump())


async def _note(session: AsyncSession, caller: Principal, webhook: Webhook, action: str) -> None:
    details: dict[str, audit.JSON] = {"organisation_id": str(webhook.organisation_id), "status": webhook.status}
    await audit.record(session, caller, action, f"webhook:{webhook.id}", details)


async def list_webhooks(session: AsyncSession, caller: Principal, page: PageOf) -> Rows:
    """One page of the caller's webhooks, oldest first, with one row more when there are more."""
    columns = Webhook.__table__.c
    query = select(Webhook.__table__).where(
        _mine(caller, columns.organisation_id), columns.status != WebhookState.DELETED
    )
    if (after := page.after_as(UUID)) is not None:
        query = query.where(columns.id > after[0])
    return (await session.execute(query.order_by(columns.id).limit(page.limit + 1))).all()


async def find_webhook(session: AsyncSession, caller: Principal, webhook_id: UUID, *, hold: bool = False) -> Webhook:
    """A webhook of the caller's."""
    query = select(Webhook).where(
        Webhook.id == webhook_id,
        Webhook.status != WebhookState.DELETED,
        _mine(caller, Webhook.__table__.c.organisation_id),
    )
    webhook = await session.scalar(query.with_for_update() if hold else query)
    if webhook is None:
        raise WebhookNotFound
    return webhook


async def change_webhook(
    session: AsyncSession, caller: Principal, webhook_id: UUID, version: int, change: WebhookChange
) -> Webhook:
    """Change what is sent, or whether anything is."""
    webhook = await find_webhook(session, caller, webhook_id, hold=True)
    require_version(webhook.version, version)
    if change.description is not None:
        webhook.description = change.description
    if change.event_types is not None:
        webhook.event_types = sorted(set(change.event_types))
    if change.status == "active":
        _enable(webhook)
    elif change.status == "disabled":
        webhook.status, webhook.disabled_because = WebhookState.DISABLED.value, "by_manager"
    webhook.version += 1
    await _note(session, caller, webhook, "webhook.changed")
    return webhook


def _enable(webhook: Webhook) -> None:
    if webhook.verified_at is None:
        raise WebhookNotVerified
    webhook.status, webhook.disabled_because, webhook.failing_since = WebhookState.ACTIVE.value, None, None


async def delete_webhook(session: AsyncSession, caller: Principal, webhook_id: UUID) -> None:
    """Send nothing there any more, not even what waits."""
    webhook = await find_webhook(session, caller, webhook_id, hold=True)
    webhook.status, webhook.disabled_because = WebhookState.DELETED.value, None
    waiting = (WebhookDelivery.webhook_id == webhook.id) & (WebhookDelivery.status == DeliveryState.WAITING)
    await session.execute(update(WebhookDelivery).where(waiting).values(status=DeliveryState.CANCELLED.value))
    await _note(session, caller, webhook, "webhook.deleted")


async def challenge(session: AsyncSession, caller: Principal, webhook_id: UUID) -> None:
    """Send another challenge."""
    webhook = await find_webhook(session, caller, webhook_id, hold=True)
    await queue.queue_challenge(session, webhook)


async def rotate_secret(
    session: AsyncSession, caller: Principal, webhook_id: UUID, overlap_days: int
) -> WebhookWithSecret:
    """Sign with another secret; for the overlap, with the former one as well."""
    webhook = await find_webhook(session, caller, webhook_id, hold=True)
    secret = make_secret()
    webhook.former_sealed_secret = webhook.sealed_secret if overlap_days else None
    webhook.former_secret_until = clock.now() + timedelta(days=overlap_days) if overlap_days else None
    webhook.sealed_secret = _sealed(session, secret, webhook.id)
    webhook.version += 1
    await _note(session, caller, webhook, "webhook.secret_rotated")
    return _with_secret(webhook, secret)


async def list_deliveries(
    session: AsyncSession, caller: Principal, webhook_id: UUID, page: PageOf, status: DeliveryState | None
) -> Rows:
    """One page of a webhook's deliveries, the latest first, with one row more when there are more."""
    await find_webhook(session, caller, webhook_id)
    columns = WebhookDelivery.__table__.c
    query = select(WebhookDelivery.__table__).where(columns.webhook_id == webhook_id)
    if status is not None:
        query = query.where(columns.status == status.value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(columns.id < after[0])
    return (await session.execute(query.order_by(columns.id.desc()).limit(page.limit + 1))).all()


async def show_delivery(
    session: AsyncSession, caller: Principal, webhook_id: UUID, delivery_id: UUID
) -> WebhookDeliveryDetail:
    """A delivery with all its attempts."""
    await find_webhook(session, caller, webhook_id)
    of_webhook = (WebhookDelivery.id == delivery_id) & (WebhookDelivery.webhook_id == webhook_id)
    delivery = await session.scalar(select(WebhookDelivery).where(of_webhook))
    if delivery is None:
        raise WebhookDeliveryNotFound
    query = select(WebhookAttempt).where(WebhookAttempt.delivery_id == delivery_id).order_by(WebhookAttempt.id)
    attempts = [WebhookAttemptOut.model_validate(attempt) for attempt in await session.scalars(query)]
    told = WebhookDeliveryOut.model_validate(delivery).model_dump()
    return WebhookDeliveryDetail(payload=delivery.payload, attempt_log=attempts, **told)


async def replay(
    session: AsyncSession, caller: Principal, webhook_id: UUID, wanted: Replay
) -> tuple[Replayed, dict[str, str]]:
    """Queue deliveries again, with all their attempts before them; receivers know repeats by the `webhook-id`.

    With the headers that tell what is left of the quotas; TooManyReplays when it is not enough.
    """
    webhook = await find_webhook(session, caller, webhook_id, hold=True)
    columns = WebhookDelivery.__table__.c
    chosen = (columns.webhook_id == webhook.id) & (columns.event_type != rules.CHALLENGE_TYPE)
    if wanted.delivery_ids is not None:
        chosen &= columns.id.in_(wanted.delivery_ids) & (columns.status != DeliveryState.WAITING)
    else:
        within = (columns.created_at >= wanted.from_at) & (columns.created_at < wanted.to_at)
        chosen &= within & columns.status.in_(wanted.statuses)
    query = select(columns.id).where(chosen).order_by(columns.id).limit(rules.REPLAYED_AT_ONCE + 1)
    ids = (await session.execute(query)).scalars().all()
    use = await replay_limits.held_use(session, webhook.organisation_id)
    replay_limits.spend(use, min(len(ids), rules.REPLAYED_AT_ONCE), clock.now())
    again = {"status": DeliveryState.WAITING.value, "attempts": 0, "due_at": clock.now(), "leased_until": None}
    replayed = ids[: rules.REPLAYED_AT_ONCE]
    await session.execute(update(WebhookDelivery).where(WebhookDelivery.id.in_(replayed)).values(again))
    await _note(session, caller, webhook, "webhook.replayed")
    told = replay_limits.headers_of(use, clock.now())
    return Replayed(replayed=len(replayed), has_more=len(ids) > len(replayed)), told
