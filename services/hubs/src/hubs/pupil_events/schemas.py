"""Events for pupils on the wire. Numbers only: nowhere does a school or an organiser write about a pupil."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Day, Moment
from hubs.academic_years import AcademicYear
from hubs.programmes.schemas import Approach, KeyStages, Slug
from hubs.pupil_events.models import (
    EventCancellationCause,
    PupilBookingCause,
    PupilBookingStatus,
    PupilEventKind,
    PupilEventMode,
    PupilEventStatus,
)
from hubs.schools.models import KeyStage

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Venue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Town = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
PostcodeText = Annotated[str, StringConstraints(max_length=10)]
JoiningLink = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=300)]
PupilCapacity = Annotated[int, Field(gt=0, le=2000)]
SchoolCapacity = Annotated[int, Field(gt=0, le=200)]
Pupils = Annotated[int, Field(gt=0, le=2000)]
Staff = Annotated[int, Field(gt=0, le=200, description="Adults of the school who come with them")]
Count = Annotated[int, Field(ge=0, le=2000)]


class PupilEventIn(BaseModel):
    """An event to plan, for a hub or for a partner organisation of the caller's."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "programme_slug": "a-level",
                    "hub_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c3d",
                    "title": "Master class: how machines learn",
                    "kind": "master_class",
                    "mode": "face_to_face",
                    "key_stages": ["post_16"],
                    "starts_at": "2027-03-10T10:00:00Z",
                    "ends_at": "2027-03-10T14:30:00Z",
                    "venue": "Computing building, lecture theatre 2",
                    "town": "Ashton-under-Lyne",
                    "postcode": "OL6 6NX",
                    "pupil_capacity": 80,
                    "school_capacity": 8,
                    "status": "open",
                }
            ]
        },
    )

    programme_slug: Slug
    hub_id: UUID | None = Field(default=None, description="This or partner_id")
    partner_id: UUID | None = Field(default=None, description="The organisation that runs it")
    title: Title
    kind: PupilEventKind
    approach: Approach | None = Field(default=None, description="One of the programme's, if it compares any")
    mode: PupilEventMode
    key_stages: KeyStages
    starts_at: Moment
    ends_at: Moment
    venue: Venue | None = None
    town: Town | None = None
    postcode: PostcodeText | None = Field(default=None, description="Needed unless it is online")
    joining_link: JoiningLink | None = None
    pupil_capacity: PupilCapacity
    school_capacity: SchoolCapacity
    status: Literal["draft", "open"] = "draft"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.hub_id is None) == (self.partner_id is None):
            raise ValueError("an event is run by a hub or by a partner: send hub_id or partner_id")
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at is not after starts_at")
        if self.mode == "face_to_face" and self.postcode is None:
            raise ValueError("an event that is not online needs a postcode")
        return self


class PupilEventEdit(BaseModel):
    """What to change; what is left out stays. For another day or place call the event off and plan another."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"pupil_capacity": 100, "venue": "Main hall"}]}
    )

    title: Title | None = None
    key_stages: KeyStages | None = None
    venue: Venue | None = None
    joining_link: JoiningLink | None = None
    pupil_capacity: PupilCapacity | None = None
    school_capacity: SchoolCapacity | None = None
    status: Literal["open"] | None = Field(default=None, description="Offers a draft")

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        may_be_empty = {"venue", "joining_link"}
        if emptied := sorted(one for one in self.model_fields_set - may_be_empty if getattr(self, one) is None):
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class PupilEventOut(BaseModel):
    """An event, as anybody may see it."""

    id: UUID
    programme_slug: str
    hub_id: UUID | None
    partner_id: UUID | None
    title: str
    kind: PupilEventKind
    approach: str | None
    mode: PupilEventMode
    key_stages: list[KeyStage]
    starts_at: datetime
    ends_at: datetime
    starts_on: date
    academic_year: str
    venue: str | None
    town: str | None
    postcode: str | None
    region: str | None
    pupil_capacity: int
    school_capacity: int
    pupil_places_left: int
    school_places_left: int
    status: PupilEventStatus
    cancelled_because: EventCancellationCause | None
    distance_km: Decimal | None = Field(description="From `near`, in a straight line; null without a venue")


class PupilEventDetail(PupilEventOut):
    """One event. Its version is the `If-Match` of an edit and of the attendance."""

    version: int
    joining_link: str | None = Field(description="Null for whoever has no booking and does not run the event")


class PupilEventFilter(BaseModel):
    """Which events to list. With `near` they come nearest first, those online last; else by time."""

    programme_slug: Slug | None = None
    hub_id: UUID | None = None
    key_stage: KeyStage | None = None
    mode: PupilEventMode | None = None
    near: str | None = Field(default=None, max_length=20, description="A postcode, sector or outcode in England")
    within_km: float | None = Field(default=None, gt=0, le=1000)
    starts_from: Day | None = Field(default=None, description="Today when left out")
    starts_to: Day | None = None
    only_with_places: bool = False


class EventCancellation(BaseModel):
    """Why an event is called off."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"because": "weather"}]})

    because: EventCancellationCause


class PupilBookingIn(BaseModel):
    """How many of the caller's school are to come."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"pupils": 24, "staff": 2}]})

    pupils: Pupils
    staff: Staff


class PupilBookingOut(BaseModel):
    """A school's booking. Its version is the `If-Match` of a change."""

    id: UUID
    event_id: UUID
    urn: str
    pupils: int
    staff: int
    status: PupilBookingStatus
    booked_at: datetime
    cancelled_at: datetime | None
    cancelled_because: PupilBookingCause | None
    pupils_attended: int | None
    staff_attended: int | None
    version: int


class PupilBookingFilter(BaseModel):
    """Which bookings to list."""

    event_id: UUID | None = None
    status: PupilBookingStatus | None = None


class AttendanceEntry(BaseModel):
    """How many of a booking came; 0 when nobody did."""

    model_config = ConfigDict(extra="forbid")

    pupil_booking_id: UUID
    pupils: Count
    staff: Count


class GroupCounts(BaseModel):
    """Of all pupils who came to the event, whatever their school."""

    model_config = ConfigDict(extra="forbid")

    girls: Count
    boys: Count
    not_stated: Count = Field(description="Another group, or none given")


class AttendanceIn(BaseModel):
    """How many came, for every booking that stands."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "entries": [{"pupil_booking_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c3e", "pupils": 21, "staff": 2}],
                    "groups": {"girls": 9, "boys": 12, "not_stated": 0},
                }
            ]
        },
    )

    entries: list[AttendanceEntry] = Field(max_length=200)
    groups: GroupCounts | None = Field(
        default=None, description="Needed when the programme counts groups, and refused when it does not"
    )


class AttendanceOut(BaseModel):
    """What the organiser said."""

    event_id: UUID
    academic_year: AcademicYear
    pupils_attended: int | None
    staff_attended: int | None
    schools_attended: int | None
    groups: GroupCounts | None
    entries: list[PupilBookingOut]
    version: int
