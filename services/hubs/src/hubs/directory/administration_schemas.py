"""What hub staff and administrators send and see."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Day
from hubs.directory.models import HubKind, HubStage, LinkKind

Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,60}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=120)]
Website = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$", max_length=200)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{6,20}$")]
Urn = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class PublicFacts(BaseModel):
    """What a hub's own staff may change. A field left out keeps its value."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"phone": "0161 496 0000", "opening_hours": "Mon to Fri 8.30 to 16.30, term time"}]
        },
    )

    email: Email = Field(default="", description="The hub's own address, not a person's")
    phone: Phone | None = None
    website: Website | None = None
    opening_hours: str | None = Field(default=None, max_length=200, examples=["Mon to Fri 8.30 to 16.30, term time"])


class HubFacts(PublicFacts):
    """What administrators may change as well."""

    name: str = Field(default="", min_length=3, max_length=120)
    region: str = Field(default="", max_length=40)
    lead_school: str | None = Field(default=None, max_length=120)
    lead_school_urn: Urn | None = None
    managed_by_hub_id: UUID | None = None


class ApplicationIn(BaseModel):
    """A hub that asks to be one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "slug": "fenland",
                    "name": "Fenland Computing Hub",
                    "kind": "computing_hub",
                    "region": "East of England",
                    "lead_school": "Fenland Academy (synthetic)",
                    "postcode": "PE15 8AX",
                    "email": "hub@fenland.example.org",
                    "reason": "No hub covers the district.",
                }
            ]
        },
    )

    slug: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)
    name: str = Field(min_length=3, max_length=120)
    kind: HubKind
    region: str = Field(max_length=40, examples=["North West"])
    lead_school: str | None = Field(default=None, max_length=120)
    lead_school_urn: Urn | None = None
    postcode: str = Field(max_length=10)
    email: Email
    managed_by_hub_id: UUID | None = Field(default=None, description="Needed for a satellite, and for nothing else")
    reason: str = Field(min_length=5, max_length=500)


class StepIn(BaseModel):
    """The next step of a hub's life."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"to": "reviewed", "on": "2026-11-20", "reason": "The yearly review of targets and delivery."}]
        },
    )

    to: HubStage
    on: Day = Field(description="The day from which it holds: today or earlier")
    reason: str = Field(min_length=5, max_length=500)


class StepOut(BaseModel):
    """A step that was taken."""

    from_stage: HubStage | None
    to_stage: HubStage
    effective_on: date
    recorded_at: datetime
    recorded_by: UUID | None
    reason: str


class LifeCycleOut(BaseModel):
    """Where a hub stands, how it came there, and what may follow."""

    hub_id: UUID
    stage: HubStage
    steps: list[StepOut]
    may_follow: list[HubStage]


class SchoolMembershipIn(BaseModel):
    """From when to when a school belongs to the hub."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"joined_on": "2026-09-01"}]})

    joined_on: Day
    left_on: Day | None = Field(default=None, description="The last day")
    instead_of: Day | None = Field(default=None, description="The wrong first day of the period that this corrects")

    @model_validator(mode="after")
    def _leaves_after_joining(self) -> Self:
        if self.left_on is not None and self.left_on < self.joined_on:
            raise ValueError("left_on is before joined_on")
        return self


class SchoolMembershipOut(BaseModel):
    """A school of the hub."""

    urn: str
    joined_on: date
    left_on: date | None


class LinkIn(BaseModel):
    """Somebody the hub works with."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "employer",
                    "name": "Moorland Software Ltd",
                    "website": "https://moorland-software.example.org",
                    "since_on": "2026-09-01",
                }
            ]
        },
    )

    kind: LinkKind
    name: str = Field(min_length=2, max_length=120)
    website: Website | None = None
    since_on: Day
    until_on: Day | None = Field(default=None, description="The last day; left out while it goes on")

    @model_validator(mode="after")
    def _ends_after_beginning(self) -> Self:
        if self.until_on is not None and self.until_on < self.since_on:
            raise ValueError("until_on is before since_on")
        return self


class LinkOut(BaseModel):
    """Somebody the hub works with."""

    id: UUID
    kind: LinkKind
    name: str
    website: str | None
    since_on: date
    until_on: date | None


class NetworkOut(BaseModel):
    """The schools of a hub and those it works with."""

    hub_id: UUID
    schools: list[SchoolMembershipOut]
    links: list[LinkOut]
