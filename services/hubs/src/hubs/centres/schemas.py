"""Centres on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Moment
from hubs.centres.models import (
    AccessFact,
    CentreStatus,
    SpaceBookingCause,
    SpaceBookingStatus,
    SpacePurpose,
    Weekday,
)
from hubs.directory.administration_schemas import Urn

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
SpaceName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Town = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
PostcodeText = Annotated[str, StringConstraints(max_length=10)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
PlannedCost = Annotated[int, Field(ge=0, le=1_000_000_000, description="Of refurbishing and equipping, in pence")]
People = Annotated[int, Field(gt=0, le=1000, description="Everybody in the room, staff included")]


class OpeningHours(BaseModel):
    """One weekday, in England's wall-clock time."""

    model_config = ConfigDict(extra="forbid")

    weekday: Weekday
    opens: TimeOfDay
    closes: TimeOfDay

    @model_validator(mode="after")
    def _opens_before_closing(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens is not before closes")
        return self


def _each_day_once(hours: list[OpeningHours] | None) -> None:
    days = [one.weekday for one in hours or ()]
    if len(days) != len(set(days)):
        raise ValueError("a weekday stands in opening_hours once at most")


Hours = Annotated[list[OpeningHours], Field(max_length=7)]
Accessibility = Annotated[
    dict[AccessFact, bool], Field(description="What is there and what is not; what is left out is not known")
]


class CentreIn(BaseModel):
    """A centre that a hub plans."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "hub_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c3d",
                    "host_urn": "900003",
                    "name": "Moorland STEM centre",
                    "address": "Old library, 4 Mill Lane",
                    "town": "Ashton-under-Lyne",
                    "postcode": "OL6 6NX",
                    "opening_hours": [{"weekday": "tue", "opens": "09:00", "closes": "18:00"}],
                    "accessibility": {"step_free_entrance": True, "hearing_loop": False},
                    "planned_cost_pence": 7_500_000,
                }
            ]
        },
    )

    hub_id: UUID
    host_urn: Urn | None = Field(default=None, description="The school in whose grounds it is")
    name: Name
    address: Address
    town: Town
    postcode: PostcodeText
    opening_hours: Hours = []
    accessibility: Accessibility = {}
    planned_cost_pence: PlannedCost | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _each_day_once(self.opening_hours)
        return self


class CentreEdit(BaseModel):
    """What to change; what is left out stays. Closing a centre ends the bookings to come."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"status": "open"}]})

    status: CentreStatus | None = None
    name: Name | None = None
    address: Address | None = None
    town: Town | None = None
    postcode: PostcodeText | None = None
    opening_hours: Hours | None = None
    accessibility: Accessibility | None = None
    planned_cost_pence: PlannedCost | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        _each_day_once(self.opening_hours)
        emptied = sorted(one for one in self.model_fields_set - {"planned_cost_pence"} if getattr(self, one) is None)
        if emptied:
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class EquipmentItem(BaseModel):
    """What stands in a space."""

    model_config = ConfigDict(extra="forbid")

    name: SpaceName = Field(examples=["3D printer"])
    count: int = Field(gt=0, le=1000)


class SpaceIn(BaseModel):
    """A room or area of a centre."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "Maker room", "capacity": 32, "equipment": [{"name": "3D printer", "count": 4}]}]
        },
    )

    name: SpaceName
    capacity: People
    equipment: list[EquipmentItem] = Field(default=[], max_length=50)
    is_bookable: bool = True


class SpaceEdit(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"capacity": 30}]})

    name: SpaceName | None = None
    capacity: People | None = None
    equipment: list[EquipmentItem] | None = Field(default=None, max_length=50)
    is_bookable: bool | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if emptied := sorted(one for one in self.model_fields_set if getattr(self, one) is None):
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class SpaceOut(BaseModel):
    """A space. Its version is the `If-Match` of an edit."""

    id: UUID
    centre_id: UUID
    name: str
    capacity: int
    equipment: list[EquipmentItem]
    is_bookable: bool
    version: int


class CentreOut(BaseModel):
    """A centre, as anybody may see it."""

    id: UUID
    hub_id: UUID
    host_urn: str | None
    name: str
    address: str
    town: str
    postcode: str
    latitude: float = Field(description="Degrees, WGS 84")
    longitude: float = Field(description="Degrees, WGS 84")
    opening_hours: list[OpeningHours]
    accessibility: dict[AccessFact, bool]
    planned_cost_pence: int | None
    status: CentreStatus
    opened_on: date | None
    closed_on: date | None
    distance_km: Decimal | None = Field(description="From `near`, in a straight line")


class CentreDetail(CentreOut):
    """A centre with its spaces. Its version is the `If-Match` of an edit."""

    spaces: list[SpaceOut]
    version: int


class CentreFilter(BaseModel):
    """Which centres to list. With `near` they come nearest first, else by name."""

    near: str | None = Field(default=None, max_length=20, description="A postcode, sector or outcode in England")
    within_km: float | None = Field(default=None, gt=0, le=1000)
    hub_id: UUID | None = None
    status: CentreStatus | None = None


class SpaceBookingIn(BaseModel):
    """A time for which a space is wanted, for the caller's school or for the centre's hub."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "space_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c3f",
                    "starts_at": "2027-03-09T10:00:00Z",
                    "ends_at": "2027-03-09T12:00:00Z",
                    "people": 30,
                    "purpose": "pupils",
                }
            ]
        },
    )

    space_id: UUID
    starts_at: Moment
    ends_at: Moment
    people: People
    purpose: SpacePurpose

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at is not after starts_at")
        return self


class SpaceBookingOut(BaseModel):
    """A booked time."""

    id: UUID
    space_id: UUID
    centre_id: UUID
    urn: str | None = Field(description="The school; null when the centre's hub booked")
    purpose: SpacePurpose
    people: int
    starts_at: datetime
    ends_at: datetime
    status: SpaceBookingStatus
    booked_at: datetime
    cancelled_at: datetime | None
    cancelled_because: SpaceBookingCause | None


class SpaceBookingFilter(BaseModel):
    """Which bookings to list."""

    centre_id: UUID | None = None
    space_id: UUID | None = None
    status: SpaceBookingStatus | None = None
    ends_from: Moment | None = Field(default=None, description="Now when left out")


class TimesFilter(BaseModel):
    """From when on to say what is taken."""

    starts_from: Moment | None = Field(default=None, description="Now when left out")


class TakenTime(BaseModel):
    """A time for which a space is booked, without who booked it."""

    starts_at: datetime
    ends_at: datetime


class TimesOut(BaseModel):
    """When a space is open and when it is taken, soonest first."""

    space_id: UUID
    opening_hours: list[OpeningHours]
    taken: list[TakenTime]
