"""What the catalogue says to the outside."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from contracts.hubs import DeliveryMode
from contracts.identity import Phase
from hubs.courses.models import KeyStage, Programme, RunStatus


class CourseOut(BaseModel):
    """A course of the catalogue."""

    code: str
    title: str
    programme: Programme
    phases: list[Phase] = Field(description="Whom it is for, most fitting first")
    key_stages: list[str]
    subjects: list[str]
    mode: DeliveryMode
    hours: Decimal | None = Field(description="Hours it counts for; null when unknown")
    days: Decimal | None = Field(description="Days of release it needs; null when unknown")


class CourseFilter(BaseModel):
    """Which courses to list."""

    q: str | None = Field(default=None, min_length=2, max_length=80, description="Part of the title")
    mode: DeliveryMode | None = None
    key_stage: KeyStage | None = None
    subject: str | None = Field(default=None, max_length=60, examples=["Programming"])
    programme: Programme | None = None


class CourseRunOut(BaseModel):
    """A dated run, with what a teacher chooses by."""

    id: UUID
    course_code: str
    title: str
    programme: Programme
    phase: Phase | None = Field(description="The first of `phases`; null for local events")
    phases: list[Phase]
    key_stages: list[str]
    mode: DeliveryMode
    hours: Decimal | None
    days: Decimal | None
    hub_id: UUID | None
    hub_name: str | None
    instance_code: str
    status: RunStatus
    starts_at: datetime
    ends_at: datetime
    starts_on: date
    ends_on: date
    venue: str | None
    town: str | None
    postcode: str | None
    capacity: int
    places_left: int
    charge_pence: int | None = Field(
        description="What the hub asks of each participant; null: whatever the fee policy allows. "
        "Never more than the policy allows is charged: `POST /v1/quotes` says what you pay"
    )
    independent_charge_pence: int | None = Field(description="The same for schools that are not state-funded")
    distance_km: Decimal | None = Field(description="From `near`, in a straight line; null when there is no venue")


class SessionOut(BaseModel):
    """One meeting of a run."""

    id: UUID
    ordinal: int
    starts_at: datetime
    ends_at: datetime
    minutes: int = Field(description="Of learning, breaks left out")


class CourseRunDetail(CourseRunOut):
    """A run with its sessions. Send `version` back as `If-Match` to edit it."""

    version: int
    status_reason: str | None
    places_per_school: int | None
    hold_minutes: int
    offer_minutes: int
    waiting: int = Field(description="Teachers in the waiting list")
    sessions: list[SessionOut]
    joining_link: str | None = Field(description="Null for whoever neither holds a confirmed place nor is hub staff")
    facilitator_ids: list[UUID] = Field(description="Empty for whoever may not see the link")


class SessionIn(BaseModel):
    """One meeting to plan."""

    model_config = ConfigDict(extra="forbid")

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    minutes: int = Field(gt=0, le=600, description="Of learning, breaks left out")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.minutes * 60 > (self.ends_at - self.starts_at).total_seconds():
            raise ValueError("a session has no more minutes of learning than it lasts")
        return self


ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Venue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
PostcodeText = Annotated[str, StringConstraints(max_length=8)]
JoiningLink = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=300)]
Sessions = Annotated[list[SessionIn], Field(min_length=1, max_length=40)]
Capacity = Annotated[int, Field(gt=0, le=1000)]
HoldMinutes = Annotated[int, Field(gt=0, le=24 * 60)]
OfferMinutes = Annotated[int, Field(gt=0, le=14 * 24 * 60)]
Facilitators = Annotated[list[UUID], Field(max_length=20)]
MOST_CHARGE_PENCE = 1_000_000
Charge = Annotated[
    int,
    Field(
        ge=0,
        le=MOST_CHARGE_PENCE,
        strict=True,
        description="Asked of each participant for the whole run, in pence; null for whatever the fee policy allows",
        examples=[2500],
    ),
]


class NewRun(BaseModel):
    """A run to plan at a hub of the caller's."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "hub_id": "01920000-0000-7000-8000-000000000000",
                    "course_code": "CP008",
                    "instance_code": "H07",
                    "status": "open",
                    "sessions": [
                        {"starts_at": "2027-01-19T09:30:00Z", "ends_at": "2027-01-19T15:30:00Z", "minutes": 300}
                    ],
                    "venue": "Fenland Academy (synthetic)",
                    "town": "March",
                    "postcode": "PE15 8AX",
                    "capacity": 20,
                }
            ]
        },
    )

    hub_id: UUID
    course_code: str = Field(max_length=20)
    instance_code: str = Field(default="H01", pattern=r"^[A-Z0-9]{1,10}$", description="The hub's own number of it")
    status: Literal["draft", "open"] = "draft"
    sessions: Sessions
    venue: Venue | None = None
    town: ShortText | None = None
    postcode: PostcodeText | None = None
    joining_link: JoiningLink | None = None
    capacity: Capacity
    places_per_school: int | None = Field(default=None, gt=0)
    charge_pence: Charge | None = None
    independent_charge_pence: Charge | None = None
    hold_minutes: HoldMinutes = 30
    offer_minutes: OfferMinutes = 2880
    facilitator_ids: Facilitators = []


class RunEdit(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"capacity": 24, "venue": "Main hall"}]})

    status: Literal["open", "postponed", "moved_online", "closed"] | None = None
    status_reason: str | None = Field(default=None, max_length=300)
    sessions: Sessions | None = None
    venue: Venue | None = None
    town: ShortText | None = None
    postcode: PostcodeText | None = None
    joining_link: JoiningLink | None = None
    capacity: Capacity | None = None
    places_per_school: int | None = Field(default=None, gt=0)
    charge_pence: Charge | None = None
    independent_charge_pence: Charge | None = None
    hold_minutes: HoldMinutes | None = None
    offer_minutes: OfferMinutes | None = None
    facilitator_ids: Facilitators | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        may_be_empty = {"status_reason", "venue", "town", "postcode", "joining_link", "places_per_school"}
        may_be_empty |= {"charge_pence", "independent_charge_pence"}
        if emptied := sorted(name for name in self.model_fields_set - may_be_empty if getattr(self, name) is None):
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class RunCancellation(BaseModel):
    """Why a run is called off."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The trainer is ill and nobody can stand in."}]}
    )

    reason: str = Field(min_length=5, max_length=300)
    withdraw_attendance: bool = Field(
        default=False,
        description="Take back what was counted of the run, if attendance was marked; the hub's lead only",
    )
