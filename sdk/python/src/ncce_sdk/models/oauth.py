"""Bodies and answers of oauth. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import Environment, PageInfo, Scope
from ncce_sdk.transport import Model

Authentication = str


class CreatedOAuthClient(Model):
    """A client as answered when it is made, or when its secret is."""

    allowed_networks: list[str]
    authentication: Authentication
    client_secret: str | None
    created_at: dt.datetime
    environment: Environment
    former_secret_until: dt.datetime | None
    id: UUID
    jwks: dict[str, list[dict[str, str]]] | None
    last_used_at: dt.datetime | None
    name: str
    organisation_id: UUID
    requests_per_minute: int | None
    revoked_at: dt.datetime | None
    scopes: list[Scope]


class KeySet(Model):
    """Public keys of a client, as a JSON Web Key Set."""

    keys: list[dict[str, Any]]


class NewOAuthClient(Model):
    """The client an organisation asks for: with a secret that we make, or with public keys of its own."""

    allowed_networks: list[str] | None = None
    authentication: Authentication | None = None
    environment: Environment | None = None
    jwks: KeySet | None = None
    name: str
    organisation_id: UUID
    requests_per_minute: int | None = None
    scopes: list[Scope]


class OAuthClientOut(Model):
    """A client without its secret."""

    allowed_networks: list[str]
    authentication: Authentication
    created_at: dt.datetime
    environment: Environment
    former_secret_until: dt.datetime | None
    id: UUID
    jwks: dict[str, list[dict[str, str]]] | None
    last_used_at: dt.datetime | None
    name: str
    organisation_id: UUID
    requests_per_minute: int | None
    revoked_at: dt.datetime | None
    scopes: list[Scope]


class PageOAuthClientOut(Model):
    """PageOAuthClientOut."""

    data: list[OAuthClientOut]
    page: PageInfo


class SecretRotation(Model):
    """How long the secret that is replaced goes on working."""

    overlap_days: int | None = None


class ServerMetadata(Model):
    """The authorisation server as programs find out about it (RFC 8414)."""

    grant_types_supported: list[str]
    issuer: str
    jwks_uri: str
    response_types_supported: list[str]
    scopes_supported: list[str]
    service_documentation: str
    token_endpoint: str
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]


class TokenReply(Model):
    """An access token (RFC 6749 §5.1)."""

    access_token: str
    expires_in: int
    scope: str
    token_type: Literal["Bearer"] | None = None
