"""What the API says about providers, and what they say to it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, JsonValue, StringConstraints

from certification.credits.amounts import CreditAmount
from certification.question_banks.schemas import Name, Reason, Words
from chassis.wire import Moment

MOST_BYTES = 65_536

PercentText = Annotated[str, StringConstraints(pattern=r"^(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)$")]


class ProviderFacts(BaseModel):
    """A provider to set up. Its secrets go into the setting CERTIFICATION_PROVIDER_SECRETS."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "slug": "example-tests",
                    "title": "Example Tests",
                    "organisation_id": "5d3ff9d4-5c9c-5a8e-8f8b-9f7a3a1f3b10",
                    "launch_url": "https://tests.example.org/launch",
                }
            ]
        },
    )

    slug: Name
    title: Words
    organisation_id: UUID = Field(description="Whose assessors decide about results that nobody could place")
    launch_url: HttpUrl = Field(description="Where people are sent; `?token=…` is added")


class ProviderOut(BaseModel):
    """A provider."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    title: str
    organisation_id: UUID
    launch_url: str


class ProviderList(BaseModel):
    """All providers."""

    data: list[ProviderOut]


class LaunchOut(BaseModel):
    """The way to an attempt at a provider. Whoever has the link sits the attempt: it is for you alone."""

    url: str = Field(description="Works once, until the attempt expires")
    expires_at: datetime


class FinishedAttempt(BaseModel):
    """What a provider found."""

    model_config = ConfigDict(extra="ignore")

    token: str = Field(min_length=1, max_length=200, description="The `jti` of the link's token")
    percent: PercentText = Field(description="As a string, so that nothing is rounded on the way", examples=["72.5"])
    finished_at: Moment

    @property
    def exact_percent(self) -> Decimal:
        """The percentage, exact."""
        return Decimal(self.percent)


class ResultMessage(BaseModel):
    """A message of a provider."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["attempt.finished"]
    data: FinishedAttempt


MESSAGE_SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "title": "ResultMessage",
    "description": "What a provider found. It may say more, which is not looked at.",
    "required": ["type", "data"],
    "properties": {"type": {"const": "attempt.finished"}, "data": FinishedAttempt.model_json_schema()},
}
"""The body as the description shows it. It is read after its signature, so that the framework does not refuse it."""
EXAMPLE_MESSAGE: dict[str, JsonValue] = {
    "type": "attempt.finished",
    "data": {"token": "k3J9vQ", "percent": "72.5", "finished_at": "2026-11-22T10:41:07Z"},
}


class ResultStatus(StrEnum):
    """What became of a result."""

    APPLIED = "applied"
    REPEATED = "repeated"
    PARKED = "parked"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class ReceiptOut(BaseModel):
    """What was done with a message. `parked` waits for a person; sending it again changes nothing."""

    status: ResultStatus


class ResultOut(BaseModel):
    """A result that a provider sent."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    provider: str
    webhook_id: str
    received_at: datetime
    status: ResultStatus
    reason: str | None = Field(description="Why it waits for a person, or did")
    attempt_id: UUID | None
    percent: CreditAmount | None
    finished_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None


class ResultDecision(BaseModel):
    """A person's word on a result that waits."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "dismissed", "reason": "The provider says that it was a trial of theirs."},
            ]
        },
    )

    outcome: Literal["accepted", "dismissed"]
    reason: Reason
    attempt_id: UUID | None = Field(None, description="The attempt that it is for, where its token does not tell")
