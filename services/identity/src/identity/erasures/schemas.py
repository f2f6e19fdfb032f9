"""Erasures as callers send and see them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from identity.accounts.schemas import Token

Status = Literal["requested", "cooling", "running", "completed", "cancelled"]


class ErasureConfirmation(BaseModel):
    """The token from the mail."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"token": "q3Zk…"}]})

    token: Token


class ErasureStepOut(BaseModel):
    """What one service did."""

    model_config = ConfigDict(from_attributes=True)

    service: str
    attempts: int = Field(description="How often it was asked")
    completed_at: datetime | None
    erased: dict[str, int] = Field(description="Rows by table that went, or lost what told of the person")
    kept: dict[str, int] = Field(description="Rows by table that stay under a number, as law or purpose asks")


class ErasureOut(BaseModel):
    """How far an erasure is."""

    id: UUID
    person_id: UUID
    status: Status
    requested_at: datetime
    confirmed_at: datetime | None
    runs_at: datetime | None = Field(description="Until then it can be cancelled")
    completed_at: datetime | None
    cancelled_at: datetime | None
    steps: list[ErasureStepOut]


class ErasureCertificate(BaseModel):
    """What was done, for somebody who has no account any more. It names nobody."""

    form: Literal["uk.ncce.erasure.v1"] = "uk.ncce.erasure.v1"
    erasure_id: UUID
    status: Status
    requested_at: datetime
    completed_at: datetime | None
    services: list[ErasureStepOut]
    sha256: str = Field(description="Of all the other fields as canonical JSON: sorted keys, no spaces")
