"""API keys as their organisation sees them."""

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from chassis import clock
from chassis.wire import Day
from identity.accounts.schemas import Name, Token
from identity.api_keys.models import Environment, Scope
from identity.api_keys.rules import LIFETIME_DAYS_MAX


def _latest_expiry() -> date:
    return clock.today() + timedelta(days=LIFETIME_DAYS_MAX)


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
                }
            ]
        },
    )

    organisation_id: UUID
    name: Name
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]
    environment: Environment = Environment.LIVE
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
    created_at: datetime
    expires_on: date
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute")


class CreatedApiKey(ApiKeyOut):
    """A key as answered when it is made."""

    key: str = Field(description="Shown this once. It cannot be read again, only replaced.")


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
    expires_at: datetime = Field(description="From here on it is refused")
