"""Webhooks as their organisation sees them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chassis.wire import Moment
from identity.webhooks.addresses import URL_LENGTH_MAX
from identity.webhooks.models import DeliveryState
from identity.webhooks.rules import REPLAYED_AT_ONCE, event_types

OVERLAP_DAYS_MAX = 30


def _known(event_type: str) -> str:
    if event_type not in event_types():
        raise PydanticCustomError("event-type", "Choose from GET /v1/webhooks/event-types.")
    return event_type


EventTypes = Annotated[
    list[Annotated[str, StringConstraints(max_length=120), AfterValidator(_known)]],
    Field(max_length=50, description="CloudEvents types; empty for all that you are told of"),
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class NewWebhook(BaseModel):
    """The address an organisation wants events sent to."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organisation_id": "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3",
                    "url": "https://hooks.example.org/ncce",
                    "description": "Course catalogue",
                    "event_types": ["uk.ncce.course_run.changed.v1"],
                }
            ]
        },
    )

    organisation_id: UUID | None = Field(default=None, description="May be left out by a program: it is its own")
    url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=URL_LENGTH_MAX)] = Field(
        description="https, under a name, on port 443"
    )
    description: Description = ""
    event_types: EventTypes = []


class WebhookChange(BaseModel):
    """What of a webhook is to be different. Its URL stays: another address is another webhook."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"event_types": ["uk.ncce.hub.changed.v1"]}]}
    )

    description: Description | None = None
    event_types: EventTypes | None = None
    status: Literal["active", "disabled"] | None = None


class WebhookOut(BaseModel):
    """A webhook without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    url: str
    description: str
    event_types: list[str]
    status: Literal["unverified", "active", "disabled"]
    disabled_because: Literal["by_manager", "failing", "gone"] | None
    verified_at: datetime | None
    failing_since: datetime | None = Field(description="The first failure since the last success")
    former_secret_until: datetime | None = Field(description="Until then deliveries are signed by both secrets")
    version: int
    created_at: datetime


class WebhookWithSecret(WebhookOut):
    """A webhook as answered when its secret is made."""

    secret: str = Field(description="Shown this once: what deliveries are signed with", examples=["whsec_…"])


class WebhookSecretRotation(BaseModel):
    """How long deliveries are signed by the former secret as well."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"overlap_days": 2}]})

    overlap_days: Annotated[int, Field(ge=0, le=OVERLAP_DAYS_MAX)] = 2


class WebhookDeliveryOut(BaseModel):
    """One event on its way to one address."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID = Field(description="The `webhook-id` of every attempt")
    event_type: str
    status: DeliveryState
    attempts: int = Field(description="Since it was queued or replayed")
    created_at: datetime
    due_at: datetime = Field(description="Of the next attempt, while it waits")
    delivered_at: datetime | None


class WebhookAttemptOut(BaseModel):
    """One request."""

    model_config = ConfigDict(from_attributes=True)

    attempted_at: datetime
    duration_ms: int
    status_code: int | None
    error: str | None = Field(description="Why there was no answer", examples=["timeout"])


class WebhookDeliveryDetail(WebhookDeliveryOut):
    """A delivery with what was sent and what came of each attempt."""

    payload: str = Field(description="The body, to the byte")
    attempt_log: list[WebhookAttemptOut]


class Replay(BaseModel):
    """Which deliveries to send again: by id, or those queued within a time."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"from_at": "2026-11-20T00:00:00Z", "to_at": "2026-11-22T00:00:00Z", "statuses": ["dead"]},
            ]
        },
    )

    delivery_ids: Annotated[list[UUID], Field(min_length=1, max_length=REPLAYED_AT_ONCE)] | None = None
    from_at: Moment | None = None
    to_at: Moment | None = None
    statuses: Annotated[frozenset[Literal["delivered", "dead", "cancelled"]], Field(min_length=1)] = frozenset({"dead"})

    @model_validator(mode="after")
    def _names_some(self) -> "Replay":
        by_time = self.from_at is not None and self.to_at is not None
        if (self.delivery_ids is None) != by_time:
            raise PydanticCustomError("replay", "Send delivery_ids, or from_at with to_at.")
        return self


class Replayed(BaseModel):
    """How many were queued again."""

    replayed: int
    has_more: bool = Field(description=f"No more than {REPLAYED_AT_ONCE} at once: ask again for the rest")


class Challenged(BaseModel):
    """A challenge is on its way."""

    status: Literal["challenge_sent"] = "challenge_sent"


class EventTypeOut(BaseModel):
    """What can be subscribed to."""

    type: str
    audience: Literal["everybody", "own"] = Field(description="`own`: only what concerns your organisation")
    fields: list[str]
    read_from: str = Field(description="Where it is read in full")


class EventTypesOut(BaseModel):
    """All that can be subscribed to."""

    data: list[EventTypeOut]
