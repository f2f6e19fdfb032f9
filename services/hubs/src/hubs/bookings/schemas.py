"""Bookings on the wire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from contracts.hubs import DeliveryMode
from contracts.identity import Phase
from hubs.bookings.models import BookingStatus
from hubs.courses.models import Programme

MOST_COLLEAGUES = 30


class NewBooking(BaseModel):
    """The run to book, and what to do when it cannot be booked at once."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"course_run_id": "01920000-0000-7000-8000-000000000000", "waiting_list": True}]
        },
    )

    course_run_id: UUID
    hold: bool = Field(default=False, description="Hold the place to be confirmed before `expires_at`")
    waiting_list: bool = Field(default=False, description="When no place is left, wait for one")


class NewGroup(BaseModel):
    """A run and the colleagues to book on it: all of them or none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "course_run_id": "01920000-0000-7000-8000-000000000000",
                    "teacher_ids": ["01920000-0000-7000-8000-000000000000", "01920000-0000-7000-8000-000000000001"],
                }
            ]
        },
    )

    course_run_id: UUID
    teacher_ids: list[UUID] = Field(min_length=1, max_length=MOST_COLLEAGUES, json_schema_extra={"uniqueItems": True})
    waiting_list: bool = Field(default=False, description="Let those wait for whom no place is left")

    @field_validator("teacher_ids")
    @classmethod
    def _are_different(cls, ids: list[UUID]) -> list[UUID]:
        if len(set(ids)) < len(ids):
            raise ValueError("a teacher is named more than once")
        return ids


class Transfer(BaseModel):
    """The run to go to instead."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"course_run_id": "01920000-0000-7000-8000-000000000000"}]}
    )

    course_run_id: UUID


class BookingOut(BaseModel):
    """A place on a run."""

    id: UUID
    course_run_id: UUID
    teacher_id: UUID
    school_urn: str
    status: BookingStatus
    placed_at: datetime
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    expires_at: datetime | None = Field(description="When a hold, an offer or the waiting ends by itself")
    band: int | None = Field(description="Of the waiting list: lower bands come first")
    waiting_position: int | None = Field(description="1 is next; null unless waiting")
    booked_by: UUID | None = Field(description="Who booked for the school; null when the teacher did")
    transferred_from: UUID | None = Field(description="The booking that this one was exchanged for")
    course_code: str
    title: str
    hub_id: UUID
    mode: DeliveryMode
    phase: Phase
    programme: Programme
    days: Decimal | None
    hours: Decimal | None
    starts_on: date
    ends_on: date


class GroupOut(BaseModel):
    """The bookings of a group, in the order asked for."""

    data: list[BookingOut]


class BookingFilter(BaseModel):
    """Which of the visible bookings to list."""

    course_run_id: UUID | None = None
    status: BookingStatus | None = None
