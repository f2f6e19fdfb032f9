"""What the catalogue says to the outside."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

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
    distance_km: Decimal | None = Field(description="From `near`, in a straight line; null when there is no venue")


class CourseRunFilter(BaseModel):
    """Which runs to list. With `near` they come nearest first, those without a venue last; else by date."""

    course: str | None = Field(default=None, max_length=20)
    hub_id: UUID | None = None
    near: str | None = Field(default=None, max_length=20, description="A postcode, sector or outcode in England")
    within_km: float | None = Field(default=None, gt=0, le=1000, description="Only runs with a venue this near")
    mode: DeliveryMode | None = None
    key_stage: KeyStage | None = None
    programme: Programme | None = None
    starts_from: date | None = Field(default=None, description="Today when left out")
    starts_to: date | None = None
