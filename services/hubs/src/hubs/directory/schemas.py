"""What the directory says to the outside."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from hubs.coverage.models import CoverageBasis
from hubs.directory.models import HubKind, HubStage


class HubOut(BaseModel):
    """A hub, as anybody may see it."""

    id: UUID
    slug: str
    name: str
    kind: HubKind
    region: str
    lead_school: str | None
    postcode: str
    latitude: float = Field(description="Degrees, WGS 84")
    longitude: float = Field(description="Degrees, WGS 84")
    email: str
    is_open: bool
    stage: HubStage
    managed_by_hub_id: UUID | None
    lead_school_urn: str | None
    phone: str | None
    website: str | None
    opening_hours: str | None


class HubFilter(BaseModel):
    """Which hubs to list."""

    region: str | None = Field(default=None, examples=["North West"])
    kind: HubKind | None = None
    stage: HubStage | None = Field(default=None, description="Applications are listed to administrators alone")


class LookupQuery(BaseModel):
    """A place: one of the two."""

    postcode: str | None = Field(
        default=None, max_length=20, description="Full postcode; a sector or outcode is answered by distance alone"
    )
    urn: str | None = Field(default=None, pattern=r"^[0-9]{6}$", description="A school's number in the register")
    on: Day | None = Field(default=None, description="The day whose coverage counts; today when left out")


class DistrictOut(BaseModel):
    """A local authority district and the year of its code list."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str
    vintage: str


class HubAt(BaseModel):
    """A hub and how far its lead school is from the place, in a straight line."""

    hub: HubOut
    km: float


class LookupOut(BaseModel):
    """The hub of a place, and how it was found."""

    postcode: str | None = None
    urn: str | None = None
    district: DistrictOut | None = Field(description="Null when the register does not say, or the district was divided")
    hub: HubOut
    km: float
    basis: Literal["coverage", "nearest"]
    precision: Literal["postcode", "sector", "outcode", "school"]
    is_fallback: bool = Field(description="The postcode itself is on no list we hold: its sector or outcode was taken")
    on: date = Field(description="The day whose coverage counts")
    coverage_basis: CoverageBasis | None = Field(description="How we know who covers the district on that day")
    alternatives: list[HubAt] = Field(description="Other open hubs, nearest first")
    explanation: str


class MembershipOut(BaseModel):
    """A teacher's membership of a hub."""

    id: UUID
    hub_id: UUID
    teacher_id: UUID
    joined_at: datetime
