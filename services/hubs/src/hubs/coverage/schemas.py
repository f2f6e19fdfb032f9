"""Coverage on the wire."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.wire import Day
from hubs.coverage.models import CoverageBasis


class CoverageIn(BaseModel):
    """A district that the hub is to cover."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"district_code": "E07000178", "valid_from": "2027-01-04", "reason": "Agreed by both hubs in autumn."}
            ]
        },
    )

    district_code: str = Field(pattern=r"^E0[6-9][0-9]{6}$", description="As districts are coded today")
    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The last day; left out for no end")
    reason: str = Field(min_length=5, max_length=500)

    @model_validator(mode="after")
    def _ends_after_beginning(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self


class EndIn(BaseModel):
    """The last day of a coverage."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"on": "2027-08-31", "reason": "The hub gives the county up."}]}
    )

    on: Day = Field(description="The last day")
    reason: str = Field(min_length=5, max_length=500)


class HandOverIn(BaseModel):
    """To which hub a district goes, from which day."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "to_hub_id": "5cbe6e39-8bf4-5dd0-9a3a-6ccb9e1d3f7b",
                    "on": "2027-09-01",
                    "reason": "The district's schools are nearer to it.",
                }
            ]
        },
    )

    to_hub_id: UUID
    on: Day = Field(description="The first day of the hub that takes over; the day before is the last of the other")
    reason: str = Field(min_length=5, max_length=500)


class CoverageOut(BaseModel):
    """A district that a hub covers, and on which days."""

    id: UUID
    hub_id: UUID
    district_code: str
    district_name: str
    district_vintage: str = Field(description="Year of the list of codes")
    basis: CoverageBasis = Field(description="`decided` by an administrator, else inferred: not an official map")
    valid_from: date
    valid_to: date | None = Field(description="The last day; null for no end")
    recorded_at: datetime


class CoverageListOut(BaseModel):
    """The districts of a hub."""

    hub_id: UUID
    on: date | None = Field(description="The day asked for; null: all days")
    coverage: list[CoverageOut]


class DayFilter(BaseModel):
    """On which day."""

    on: Day | None = Field(default=None, description="Left out: see the route")


class UncoveredDistrictOut(BaseModel):
    """A district that no hub covers."""

    code: str
    name: str
    vintage: str
    region: str


class UncoveredOut(BaseModel):
    """Districts that no hub covers on a day: lookups there answer the nearest hub."""

    on: date
    districts: list[UncoveredDistrictOut]
