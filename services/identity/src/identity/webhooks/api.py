"""Managing webhooks."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import allow, role, scope
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.api_keys.errors import OrganisationNotFound
from identity.partner_views.rules import told_by_type
from identity.tenancy import TenantSession
from identity.webhooks import rules, service
from identity.webhooks.errors import (
    TooManyReplays,
    TooManyWebhooks,
    WebhookDeliveryNotFound,
    WebhookNotFound,
    WebhookNotVerified,
    WebhookUrlRefused,
)
from identity.webhooks.models import DeliveryState, Webhook
from identity.webhooks.schemas import (
    Challenged,
    EventTypeOut,
    EventTypesOut,
    NewWebhook,
    Replay,
    Replayed,
    WebhookChange,
    WebhookDeliveryDetail,
    WebhookDeliveryOut,
    WebhookOut,
    WebhookSecretRotation,
    WebhookWithSecret,
)

router = ServiceRouter(prefix="/v1/webhooks", tags=["webhooks"])

Manager = Annotated[Principal, allow(role("administrator", "partner_admin"), scope("webhooks:manage"))]


# As with API keys: a stored reply would be a stored secret.
@router.post(
    "",
    status_code=201,
    response_model=WebhookWithSecret,
    responses=errors(OrganisationNotFound, TooManyWebhooks, WebhookUrlRefused),
)
async def create_webhook(body: NewWebhook, session: TenantSession, caller: Manager) -> WebhookWithSecret:
    """Register an address for events; it is sent a challenge, and events once it has answered that."""
    return await service.create_webhook(session, caller, body)


@router.get("", response_model=Page[WebhookOut])
async def list_webhooks(session: TenantSession, page: PageRequest, caller: Manager) -> dict[str, object]:
    """List the webhooks of your organisation."""
    rows = await service.list_webhooks(session, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/event-types", response_model=EventTypesOut)
async def list_webhook_event_types(_caller: Manager) -> EventTypesOut:
    """List what can be subscribed to, and what each event tells."""
    told = told_by_type()
    return EventTypesOut(
        data=[
            EventTypeOut(
                type=name,
                audience="everybody" if rules.is_for_everybody(name) else "own",
                fields=list(told[name].fields),
                read_from=told[name].read_from,
            )
            for name in rules.event_types()
        ]
    )


@router.get("/{webhook_id}", response_model=WebhookOut, responses=errors(WebhookNotFound))
async def show_webhook(webhook_id: UUID, response: Response, session: TenantSession, caller: Manager) -> Webhook:
    """A webhook as it stands."""
    webhook = await service.find_webhook(session, caller, webhook_id)
    response.headers["ETag"] = etag(webhook.version)
    return webhook


@router.patch(
    "/{webhook_id}",
    response_model=WebhookOut,
    responses=errors(WebhookNotFound, WebhookNotVerified, IfMatchMissing, StaleVersion),
)
async def change_webhook(
    webhook_id: UUID, body: WebhookChange, version: IfMatch, response: Response, session: TenantSession, caller: Manager
) -> Webhook:
    """Change what is sent there, or pause and resume it."""
    webhook = await service.change_webhook(session, caller, webhook_id, version, body)
    response.headers["ETag"] = etag(webhook.version)
    return webhook


@router.delete("/{webhook_id}", status_code=204, responses=errors(WebhookNotFound))
async def delete_webhook(webhook_id: UUID, session: TenantSession, caller: Manager) -> None:
    """Delete a webhook; what waits for it is not sent."""
    await service.delete_webhook(session, caller, webhook_id)


@router.post(
    "/{webhook_id}/verification", status_code=202, response_model=Challenged, responses=errors(WebhookNotFound)
)
async def verify_webhook(webhook_id: UUID, session: TenantSession, caller: Manager) -> Challenged:
    """Send the address another challenge."""
    await service.challenge(session, caller, webhook_id)
    return Challenged()


@router.post(
    "/{webhook_id}/secret-rotation",
    status_code=201,
    response_model=WebhookWithSecret,
    responses=errors(WebhookNotFound),
)
async def rotate_webhook_secret(
    webhook_id: UUID, body: WebhookSecretRotation, session: TenantSession, caller: Manager
) -> WebhookWithSecret:
    """Sign with another secret; during the overlap each delivery has two signatures."""
    return await service.rotate_secret(session, caller, webhook_id, body.overlap_days)


@router.get("/{webhook_id}/deliveries", response_model=Page[WebhookDeliveryOut], responses=errors(WebhookNotFound))
async def list_webhook_deliveries(
    webhook_id: UUID,
    session: TenantSession,
    page: PageRequest,
    caller: Manager,
    status: Annotated[DeliveryState | None, Query(description="`dead`: given up after the last attempt")] = None,
) -> dict[str, object]:
    """List what was sent to an address and what became of it, the latest first."""
    rows = await service.list_deliveries(session, caller, webhook_id, page, status)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get(
    "/{webhook_id}/deliveries/{delivery_id}",
    response_model=WebhookDeliveryDetail,
    responses=errors(WebhookNotFound, WebhookDeliveryNotFound),
)
async def show_webhook_delivery(
    webhook_id: UUID, delivery_id: UUID, session: TenantSession, caller: Manager
) -> WebhookDeliveryDetail:
    """A delivery with its body and every attempt."""
    return await service.show_delivery(session, caller, webhook_id, delivery_id)


@router.post(
    "/{webhook_id}/replays",
    status_code=202,
    response_model=Replayed,
    responses=errors(WebhookNotFound, TooManyReplays),
)
async def replay_webhook_deliveries(
    webhook_id: UUID, body: Replay, response: Response, session: TenantSession, caller: Manager
) -> Replayed:
    """Send deliveries again, by id or by the time at which they were queued.

    Ten times a minute and 10,000 deliveries an hour for all of an organisation; `RateLimit` says what is left.
    """
    replayed, told = await service.replay(session, caller, webhook_id, body)
    response.headers.update(told)
    return replayed
