"""Bodies and answers of webhooks. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class Challenged(Model):
    """A challenge is on its way."""

    status: Literal["challenge_sent"] | None = None


DeliveryState = str


class EventTypeOut(Model):
    """What can be subscribed to."""

    audience: str
    fields: list[str]
    read_from: str
    type: str


class EventTypesOut(Model):
    """All that can be subscribed to."""

    data: list[EventTypeOut]


class NewWebhook(Model):
    """The address an organisation wants events sent to."""

    description: str | None = None
    event_types: list[str] | None = None
    organisation_id: UUID | None = None
    url: str


class WebhookDeliveryOut(Model):
    """One event on its way to one address."""

    attempts: int
    created_at: dt.datetime
    delivered_at: dt.datetime | None
    due_at: dt.datetime
    event_id: UUID
    event_type: str
    id: UUID
    status: DeliveryState


class PageWebhookDeliveryOut(Model):
    """PageWebhookDeliveryOut."""

    data: list[WebhookDeliveryOut]
    page: PageInfo


class WebhookOut(Model):
    """A webhook without its secret."""

    created_at: dt.datetime
    description: str
    disabled_because: str | None
    event_types: list[str]
    failing_since: dt.datetime | None
    former_secret_until: dt.datetime | None
    id: UUID
    organisation_id: UUID
    status: str
    url: str
    verified_at: dt.datetime | None
    version: int


class PageWebhookOut(Model):
    """PageWebhookOut."""

    data: list[WebhookOut]
    page: PageInfo


class Replay(Model):
    """Which deliveries to send again: by id, or those queued within a time."""

    delivery_ids: list[UUID] | None = None
    from_at: dt.datetime | None = None
    statuses: list[Literal["delivered", "dead", "cancelled"]] | None = None
    to_at: dt.datetime | None = None


class Replayed(Model):
    """How many were queued again."""

    has_more: bool
    replayed: int


class WebhookAttemptOut(Model):
    """One request."""

    attempted_at: dt.datetime
    duration_ms: int
    error: str | None
    status_code: int | None


class WebhookChange(Model):
    """What of a webhook is to be different. Its URL stays: another address is another webhook."""

    description: str | None = None
    event_types: list[str] | None = None
    status: Literal["active", "disabled"] | None = None


class WebhookDeliveryDetail(Model):
    """A delivery with what was sent and what came of each attempt."""

    attempt_log: list[WebhookAttemptOut]
    attempts: int
    created_at: dt.datetime
    delivered_at: dt.datetime | None
    due_at: dt.datetime
    event_id: UUID
    event_type: str
    id: UUID
    payload: str
    status: DeliveryState


class WebhookSecretRotation(Model):
    """How long deliveries are signed by the former secret as well."""

    overlap_days: int | None = None


class WebhookWithSecret(Model):
    """A webhook as answered when its secret is made."""

    created_at: dt.datetime
    description: str
    disabled_because: str | None
    event_types: list[str]
    failing_since: dt.datetime | None
    former_secret_until: dt.datetime | None
    id: UUID
    organisation_id: UUID
    secret: str
    status: str
    url: str
    verified_at: dt.datetime | None
    version: int
