"""OAuth clients as their organisation sees them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from identity.accounts.schemas import Name
from identity.api_keys.models import Environment, Scope
from identity.api_keys.rules import OVERLAP_DAYS_MAX
from identity.api_keys.schemas import Networks, RequestsPerMinute
from identity.oauth_clients.models import Authentication
from identity.oauth_clients.rules import KEYS_MAX, PublicJwk, usable_keys

EXAMPLE_KEY = {"kty": "OKP", "crv": "Ed25519", "kid": "2026-11", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


def _usable(keys: list[dict[str, object]]) -> list[dict[str, object]]:
    try:
        return [dict(key) for key in usable_keys(keys)]
    except ValueError as error:
        raise PydanticCustomError("jwks", "{reason}.", {"reason": str(error).capitalize()}) from error


class KeySet(BaseModel):
    """Public keys of a client, as a JSON Web Key Set."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"keys": [{**EXAMPLE_KEY}]}]})

    keys: Annotated[
        list[dict[str, object]],
        Field(min_length=1, max_length=KEYS_MAX),
        AfterValidator(_usable),
        WithJsonSchema(
            {
                "type": "array",
                "minItems": 1,
                "maxItems": KEYS_MAX,
                "items": {"type": "object", "additionalProperties": {"type": ["string", "boolean", "array"]}},
                "description": "Ed25519, P-256 or RSA of at least 2048 bits, each with a `kid`; public parts only",
            }
        ),
    ]

    def stored(self) -> dict[str, list[PublicJwk]]:
        """As kept: the public parts and nothing else."""
        return {"keys": [{name: str(value) for name, value in key.items()} for key in self.keys]}


class NewOAuthClient(BaseModel):
    """The client an organisation asks for: with a secret that we make, or with public keys of its own."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organisation_id": "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3",
                    "name": "Learning platform",
                    "scopes": ["completions:write", "courses:read"],
                    "authentication": "private_key_jwt",
                    "jwks": {"keys": [{**EXAMPLE_KEY}]},
                }
            ]
        },
    )

    organisation_id: UUID
    name: Name
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]
    environment: Environment = Environment.LIVE
    authentication: Authentication = Authentication.SECRET
    jwks: KeySet | None = Field(default=None, description="With `private_key_jwt`, and only then")
    allowed_networks: Networks = []
    requests_per_minute: RequestsPerMinute | None = None

    @model_validator(mode="after")
    def _has_keys_or_not(self) -> "NewOAuthClient":
        if (self.authentication is Authentication.KEY) != (self.jwks is not None):
            raise PydanticCustomError("jwks", "Send jwks with private_key_jwt, and only then.")
        return self


class OAuthClientOut(BaseModel):
    """A client without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID = Field(description="The `client_id`")
    organisation_id: UUID
    environment: Environment
    name: str
    scopes: list[Scope]
    authentication: Authentication
    jwks: dict[str, list[dict[str, str]]] | None
    former_secret_until: datetime | None = Field(description="Until when the secret before this one still works")
    allowed_networks: list[str]
    requests_per_minute: int | None
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="When it last got a token, to the minute")


class CreatedOAuthClient(OAuthClientOut):
    """A client as answered when it is made, or when its secret is."""

    client_secret: str | None = Field(
        description="Shown this once; it cannot be read again, only replaced. null with private_key_jwt"
    )


class SecretRotation(BaseModel):
    """How long the secret that is replaced goes on working."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"overlap_days": 7}]})

    overlap_days: Annotated[int, Field(ge=0, le=OVERLAP_DAYS_MAX)] = 7
