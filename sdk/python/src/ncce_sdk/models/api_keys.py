"""Bodies and answers of api keys. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import Environment, PageInfo, Scope
from ncce_sdk.transport import Model


class ApiKeyOut(Model):
    """A key without its secret."""

    allowed_networks: list[str]
    created_at: dt.datetime
    environment: Environment
    expires_on: dt.date
    id: UUID
    last_used_at: dt.datetime | None
    name: str
    organisation_id: UUID
    public_id: str
    requests_per_minute: int | None
    revoked_at: dt.datetime | None
    revoked_because: str | None = None
    scopes: list[Scope]


class CreatedApiKey(Model):
    """A key as answered when it is made."""

    allowed_networks: list[str]
    created_at: dt.datetime
    environment: Environment
    expires_on: dt.date
    id: UUID
    key: str
    last_used_at: dt.datetime | None
    name: str
    organisation_id: UUID
    public_id: str
    requests_per_minute: int | None
    revoked_at: dt.datetime | None
    revoked_because: str | None = None
    scopes: list[Scope]


class LeakReport(Model):
    """A key that somebody found where no key belongs."""

    found_where: str
    key: str


class LeakReportOut(Model):
    """What came of a report."""

    outcome: str


class NewApiKey(Model):
    """The key an organisation asks for."""

    allowed_networks: list[str] | None = None
    environment: Environment | None = None
    expires_on: dt.date | None = None
    name: str
    organisation_id: UUID
    requests_per_minute: int | None = None
    scopes: list[Scope]


class PageApiKeyOut(Model):
    """PageApiKeyOut."""

    data: list[ApiKeyOut]
    page: PageInfo


class RequestLimit(Model):
    """What all keys and clients of an organisation may ask together."""

    requests_per_minute: int | None


class Rotation(Model):
    """How long the key that is replaced goes on working."""

    overlap_days: int | None = None
