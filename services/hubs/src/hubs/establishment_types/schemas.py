"""Types of establishment on the wire."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from hubs.establishment_types.models import Verdict, VerdictStatus


class TypeOut(BaseModel):
    """A type and the verdict in force."""

    code: int = Field(description="The register's")
    name: str
    state_funded: Verdict = Field(description="`unknown` where it is disputed, or nobody has decided")
    valid_from: date
    source: str


class TypesOut(BaseModel):
    """The types known on a day, by code."""

    on: date
    types: list[TypeOut]


class TypeFilter(BaseModel):
    """On which day."""

    on: Day | None = Field(default=None, description="Today when left out")


class VerdictIn(BaseModel):
    """A verdict that is to be in force from a day on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "code": 10,
                    "name": "Other independent special school",
                    "state_funded": "no",
                    "valid_from": "2027-01-04",
                    "source": "Letter of the department of 3 December 2026",
                }
            ]
        },
    )

    code: int = Field(ge=1, le=9999)
    name: str = Field(min_length=2, max_length=80)
    state_funded: Verdict
    valid_from: Day
    source: str = Field(min_length=5, max_length=500)


class VerdictDecisionIn(BaseModel):
    """The second person's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "Compared with the department's letter."}]},
    )

    outcome: Literal["approved", "refused"]
    reason: str = Field(min_length=5, max_length=1000)


class VerdictOut(BaseModel):
    """A verdict and what became of it."""

    id: UUID
    code: int
    name: str
    state_funded: Verdict
    valid_from: date
    source: str
    status: VerdictStatus
    proposed_at: datetime
    decided_at: datetime | None
    reason: str | None


class VerdictFilter(BaseModel):
    """Which to list."""

    status: VerdictStatus = "proposed"
    code: int | None = Field(default=None, ge=0, le=9999)
