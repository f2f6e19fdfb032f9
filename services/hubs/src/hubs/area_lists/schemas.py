"""The registry on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Day
from contracts.hubs import AreaKeyType, Completeness
from hubs.area_lists.models import ListStatus

MOST_ENTRIES = 40_000
"""More than there are schools in England."""

Scheme = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


class AreaListHead(BaseModel):
    """What a list says of itself."""

    model_config = ConfigDict(extra="forbid")

    scheme: Scheme = Field(examples=["achieving-excellence-areas"])
    title: str = Field(min_length=3, max_length=200, examples=["Achieving Excellence Areas 2016"])
    key_type: AreaKeyType = Field(examples=["district"])
    vintage: str = Field(
        pattern=r"^20[0-9]{2}$", description="Year whose codes are used, as they stood at its end", examples=["2018"]
    )
    valid_from: Day = Field(description="First day on which the list counts", examples=["2026-09-01"])
    valid_to: Day | None = Field(default=None, description="Last day on which it counts; open when left out")
    completeness: Completeness = Field(description="On a partial list, absence says nothing", examples=["partial"])
    source: str = Field(
        min_length=10,
        max_length=1000,
        description="Where it was published, and when",
        examples=["Letter of the department to the National Centre, 14 July 2026"],
    )

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self


class AreaIn(BaseModel):
    """One row."""

    model_config = ConfigDict(extra="forbid")

    area_code: str = Field(max_length=40, examples=["E08000034"])
    area_name: str = Field(max_length=200)
    categories: list[int] = Field(default=[], max_length=99, description="Several where the source leaves it open")
    basis: str = Field(default="", max_length=300)


class AreaListIn(AreaListHead):
    """A version to be proposed. Rows are judged together: one wrong row refuses the whole list, and all are named."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "scheme": "pilot-districts",
                    "title": "Districts of the pilot",
                    "key_type": "district",
                    "vintage": "2018",
                    "valid_from": "2026-09-01",
                    "completeness": "complete",
                    "source": "Letter of the department to the National Centre, 14 July 2026",
                    "areas": [
                        {"area_code": "E07000240", "area_name": "St Albans", "categories": [5], "basis": "named"}
                    ],
                }
            ]
        }
    )

    areas: list[AreaIn] = Field(min_length=1, max_length=MOST_ENTRIES)


class AreaListOut(BaseModel):
    """One version of a list and what became of it."""

    id: UUID
    scheme: str
    version: int
    title: str
    key_type: AreaKeyType
    vintage: str
    valid_from: date
    valid_to: date | None
    completeness: Completeness
    source: str
    size: int = Field(description="Areas on the list")
    checksum: str
    status: ListStatus
    imported_by: UUID | None = Field(description="Null: it came with the platform")
    imported_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None


class AreaListFilter(BaseModel):
    """Which versions to list. Only approved ones are public."""

    scheme: Scheme | None = None
    status: ListStatus = "approved"


class EntryOut(BaseModel):
    """One area of a list."""

    area_code: str
    area_name: str
    categories: list[int]
    basis: str


class DecisionIn(BaseModel):
    """The second person's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "Compared with the published list."}]},
    )

    outcome: Literal["approved", "refused"]
    reason: str = Field(min_length=5, max_length=1000)


class StandingFilter(BaseModel):
    """Of which district or school, on which day."""

    urn: str | None = Field(default=None, pattern=r"^[0-9]{6}$", description="A school; say this or `district`")
    district: str | None = Field(default=None, pattern=r"^E0[6-9][0-9]{6}$", description="District code of any vintage")
    on: Day | None = Field(default=None, description="Today when left out")

    @model_validator(mode="after")
    def _asks_of_one(self) -> Self:
        if (self.urn is None) == (self.district is None):
            raise ValueError("send either urn or district")
        return self


class StandingOut(BaseModel):
    """Where a district or a school stands on the list of one scheme that is in force."""

    scheme: str
    version: int
    key_type: AreaKeyType
    vintage: str
    completeness: Completeness
    is_listed: bool | None = Field(description="Null: not known")
    categories: list[int] = Field(description="Those it may be in; empty when unknown or without categories")
    codes: list[str] = Field(description="By which the list was read: codes as they stood at its vintage")


class StandingsOut(BaseModel):
    """Where a district stands on every list of districts in force, or a school on every list."""

    district: str | None
    urn: str | None
    on: date
    standings: list[StandingOut]
