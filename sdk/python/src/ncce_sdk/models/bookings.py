"""Bodies and answers of bookings. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class BookingOut(Model):
    """A place on a run."""

    band: int | None
    booked_by: UUID | None
    cancelled_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    course_code: str
    course_run_id: UUID
    days: str | None
    ends_on: dt.date
    expires_at: dt.datetime | None
    hours: str | None
    hub_id: UUID
    id: UUID
    mode: str
    phase: str
    placed_at: dt.datetime
    programme: str
    school_urn: str
    starts_on: dt.date
    status: str
    teacher_id: UUID
    title: str
    transferred_from: UUID | None
    waiting_position: int | None


class GroupOut(Model):
    """The bookings of a group, in the order asked for."""

    data: list[BookingOut]


class NewBooking(Model):
    """The run to book, and what to do when it cannot be booked at once."""

    course_run_id: UUID
    hold: bool | None = None
    waiting_list: bool | None = None


class NewGroup(Model):
    """A run and the colleagues to book on it: all of them or none."""

    course_run_id: UUID
    teacher_ids: list[UUID]
    waiting_list: bool | None = None


class PageBookingOut(Model):
    """PageBookingOut."""

    data: list[BookingOut]
    page: PageInfo


class Transfer(Model):
    """The run to go to instead."""

    course_run_id: UUID
