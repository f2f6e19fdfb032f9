"""Successions on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hubs.successions.models import SuccessionKind, SuccessionStatus

Urn = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class SuccessionOut(BaseModel):
    """A split or a merger, and who carries on."""

    id: UUID
    urn: str = Field(description="Of a split the school that closed, of a merger the one that follows")
    kind: SuccessionKind
    candidates: list[str] = Field(description="Of a split the schools after it, of a merger those before")
    established_on: date | None
    status: SuccessionStatus
    found_at: datetime
    chosen: list[str] | None = Field(description="Candidates that carry on, or are carried on; null until decided")
    decided_at: datetime | None
    reason: str | None


class SuccessionFilter(BaseModel):
    """Which to list."""

    status: SuccessionStatus = "open"


class SuccessionDecisionIn(BaseModel):
    """A person's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"chosen": ["900019"], "reason": "It took over the building, the staff and the pupils."}]
        },
    )

    chosen: list[Urn] = Field(max_length=50, description="Of the candidates; an empty list says none")
    reason: str = Field(min_length=5, max_length=1000)
