"""API keys as their organisation sees them."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from chassis import clock
from chassis.wire import Day
from identity.accounts.schemas import Name, Token
from identity.api_keys.models import Environment, Scope
from identity.api_keys.rules import (
    LIFETIME_DAYS_MAX,
    NETWORKS_MAX,
    OVERLAP_DAYS_MAX,
    REQUESTS_PER_MINUTE_MAX,
    network,
)


def _latest_expiry() -> date:
    return clock.today() + timedelta(days=LIFETIME_DAYS_MAX)


def _network(text: str) -> str:
    try:
        return network(text)
    except ValueError as error:
        raise PydanticCustomError("network", "Write a network as CIDR, such as 192.0.2.0/24.") from error


Network = Annotated[
    str, StringConstraints(max_length=60), AfterValidator(_network), Field(examples=["192.0.2.0/24", "2001:db8::/48"])
]
Networks = Annotated[
    list[Network],
    Field(max_length=NETWORKS_MAX, description="From where it may be used, as CIDR; empty for anywhere"),
]
RequestsPerMinute = Annotated[int, Field(ge=1, le=REQUESTS_PER_MINUTE_MAX)]


class NewApiKey(BaseModel):
    """The key an organisation asks for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organisation_id": "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3",
                    "name": "Online courses, nightly export",
                    "scopes": ["completions:write"],
                    "environment": "live",
                    "allowed_networks": ["192.0.2.0/24"],
                    "requests_per_minute": 600,
                }
            ]
        },
    )

    organisation_id: UUID
    name: Name
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]
    environment: Environment = Environment.LIVE
    allowed_networks: Networks = []
    requests_per_minute: RequestsPerMinute | None = Field(
        default=None, description="A limit of its own, below the platform's; null for the platform's"
    )
    expires_on: Day = Field(
        default_factory=_latest_expiry,
        description=f"The last day (UTC) on which the key works: at most {LIFETIME_DAYS_MAX} days ahead, the default",
    )

    @field_validator("expires_on")
    @classmethod
    def _within_a_year(cls, expires_on: date) -> date:
        if not clock.today() < expires_on <= _latest_expiry():
            raise PydanticCustomError("expiry", f"Choose a day within the next {LIFETIME_DAYS_MAX} days.")
        return expires_on


class ApiKeyOut(BaseModel):
    """A key without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    public_id: str = Field(description="The third part of the key, by which its owner recognises it")
    environment: Environment
    name: str
    scopes: list[Scope]
    allowed_networks: list[str] = Field(description="From where it may be used; empty for anywhere")
    requests_per_minute: int | None
    created_at: datetime
    expires_on: date
    revoked_at: datetime | None
    revoked_because: Literal["by_manager", "rotated", "leaked"] | None = None
    last_used_at: datetime | None = Field(description="To the minute")


class CreatedApiKey(ApiKeyOut):
    """A key as answered when it is made."""

    key: str = Field(description="Shown this once. It cannot be read again, only replaced.")


class Rotation(BaseModel):
    """How long the key that is replaced goes on working."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"overlap_days": 7}]})

    overlap_days: Annotated[int, Field(ge=0, le=OVERLAP_DAYS_MAX)] = Field(
        default=7, description="0: the replaced key stops working at once"
    )


class LeakReport(BaseModel):
    """A key that somebody found where no key belongs."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [{"key": "ncce_live_…", "found_where": "https://code.example.org/project/settings.py#L12"}]
        },
    )

    key: Token
    found_where: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = Field(
        description="Where it was found, for its owner: an address, or words"
    )


class LeakReportOut(BaseModel):
    """What came of a report."""

    outcome: Literal["revoked", "not_in_use"] = Field(
        description="`not_in_use`: no key of ours, or one that does not work any more. Nothing was done"
    )


class RequestLimit(BaseModel):
    """What all keys and clients of an organisation may ask together."""

    model_config = ConfigDict(
        from_attributes=True, extra="forbid", json_schema_extra={"examples": [{"requests_per_minute": 3000}]}
    )

    requests_per_minute: RequestsPerMinute | None = Field(description="null for no limit beyond each one's own")


class PresentedKey(BaseModel):
    """A key that a caller of the gateway presented."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"key": "ncce_live_…"}]}
    )

    key: Token


class AuthenticatedKey(BaseModel):
    """Whose key it is and what it may do."""

    key_id: UUID
    organisation_id: UUID
    scopes: list[Scope]
    environment: Environment
    allowed_networks: list[str]
    requests_per_minute: int | None
    organisation_requests_per_minute: int | None
    expires_at: datetime = Field(description="From here on it is refused")
