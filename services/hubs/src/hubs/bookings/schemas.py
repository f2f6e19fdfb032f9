"""Bookings on the wire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.hubs import DeliveryMode
from contracts.identity import Phase
from hubs.bookings.models import BookingStatus
from hubs.courses.models import Programme


class NewBooking(BaseModel):
    """The run to book."""

    model_config = ConfigDict(extra="forbid")

    course_run_id: UUID


class BookingOut(BaseModel):
    """A place on a run."""

    id: UUID
    course_run_id: UUID
    teacher_id: UUID
    school_urn: str
    status: BookingStatus
    placed_at: datetime
    cancelled_at: datetime | None
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


class BookingFilter(BaseModel):
    """Which of the visible bookings to list."""

    course_run_id: UUID | None = None
    status: BookingStatus | None = None
