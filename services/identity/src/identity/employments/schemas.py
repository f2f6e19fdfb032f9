"""Employments as callers send and see them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from chassis import clock
from chassis.wire import Day
from identity.accounts.schemas import Urn
from identity.people.models import Phase


class Move(BaseModel):
    """Where somebody teaches from a day on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"school_urn": "900002", "phase": "secondary", "from_on": "2026-11-22"}]},
    )

    school_urn: Urn
    phase: Phase
    from_on: Day = Field(description="Today or earlier; the employment before it ends on the day before")

    @field_validator("from_on")
    @classmethod
    def _has_come(cls, from_on: date) -> date:
        if from_on > clock.today():
            raise PydanticCustomError("not-yet", "Tell us once the day has come.")
        return from_on


class Leaving(BaseModel):
    """That somebody teaches nowhere from now on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"to_on": "2026-11-22"}]})

    to_on: Day = Field(description="The last day, today or earlier")

    @field_validator("to_on")
    @classmethod
    def _has_come(cls, to_on: date) -> date:
        if to_on > clock.today():
            raise PydanticCustomError("not-yet", "Tell us once the day has come.")
        return to_on


class EmploymentOut(BaseModel):
    """One employment."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    school_urn: str
    from_on: date
    to_on: date | None = Field(description="The last day, included; null while it lasts")


class Employments(BaseModel):
    """Where somebody teaches and taught, the newest first."""

    data: list[EmploymentOut]
