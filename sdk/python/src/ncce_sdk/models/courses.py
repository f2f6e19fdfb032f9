"""Bodies and answers of courses. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class CourseOut(Model):
    """A course of the catalogue."""

    code: str
    days: str | None
    hours: str | None
    key_stages: list[str]
    mode: str
    phases: list[str]
    programme: str
    subjects: list[str]
    title: str


class SessionOut(Model):
    """One meeting of a run."""

    ends_at: dt.datetime
    id: UUID
    minutes: int
    ordinal: int
    starts_at: dt.datetime


class CourseRunDetail(Model):
    """A run with its sessions. Send `version` back as `If-Match` to edit it."""

    capacity: int
    charge_pence: int | None
    course_code: str
    days: str | None
    distance_km: str | None
    ends_at: dt.datetime
    ends_on: dt.date
    facilitator_ids: list[UUID]
    hold_minutes: int
    hours: str | None
    hub_id: UUID | None
    hub_name: str | None
    id: UUID
    independent_charge_pence: int | None
    instance_code: str
    joining_link: str | None
    key_stages: list[str]
    mode: str
    offer_minutes: int
    phase: str | None
    phases: list[str]
    places_left: int
    places_per_school: int | None
    postcode: str | None
    programme: str
    sessions: list[SessionOut]
    starts_at: dt.datetime
    starts_on: dt.date
    status: str
    status_reason: str | None
    title: str
    town: str | None
    venue: str | None
    version: int
    waiting: int


class CourseRunOut(Model):
    """A dated run, with what a teacher chooses by."""

    capacity: int
    charge_pence: int | None
    course_code: str
    days: str | None
    distance_km: str | None
    ends_at: dt.datetime
    ends_on: dt.date
    hours: str | None
    hub_id: UUID | None
    hub_name: str | None
    id: UUID
    independent_charge_pence: int | None
    instance_code: str
    key_stages: list[str]
    mode: str
    phase: str | None
    phases: list[str]
    places_left: int
    postcode: str | None
    programme: str
    starts_at: dt.datetime
    starts_on: dt.date
    status: str
    title: str
    town: str | None
    venue: str | None


class FacetValue(Model):
    """One value a filter can have, and how many runs it would find."""

    count: int
    label: str
    value: str


class Facets(Model):
    """For each filter the values that find anything, the most frequent first."""

    hub_id: list[FacetValue] | None = None
    key_stage: list[FacetValue] | None = None
    mode: list[FacetValue] | None = None
    programme: list[FacetValue] | None = None
    region: list[FacetValue] | None = None
    subject: list[FacetValue] | None = None


class SessionIn(Model):
    """One meeting to plan."""

    ends_at: dt.datetime
    minutes: int
    starts_at: dt.datetime


class NewRun(Model):
    """A run to plan at a hub of the caller's."""

    capacity: int
    charge_pence: int | None = None
    course_code: str
    facilitator_ids: list[UUID] | None = None
    hold_minutes: int | None = None
    hub_id: UUID
    independent_charge_pence: int | None = None
    instance_code: str | None = None
    joining_link: str | None = None
    offer_minutes: int | None = None
    places_per_school: int | None = None
    postcode: str | None = None
    sessions: list[SessionIn]
    status: Literal["draft", "open"] | None = None
    town: str | None = None
    venue: str | None = None


class PageCourseOut(Model):
    """PageCourseOut."""

    data: list[CourseOut]
    page: PageInfo


class PageCourseRunOut(Model):
    """PageCourseRunOut."""

    data: list[CourseRunOut]
    page: PageInfo


class RunCancellation(Model):
    """Why a run is called off."""

    reason: str
    withdraw_attendance: bool | None = None


class RunCounts(Model):
    """How many runs a search finds, and what each further choice would find. A facet counts as if its own
    filter were not set, so that a second value of it can be chosen.
    """

    beyond: int
    facets: Facets
    total: int
    with_places: int
    without_venue: int


class RunEdit(Model):
    """What to change; what is left out stays."""

    capacity: int | None = None
    charge_pence: int | None = None
    facilitator_ids: list[UUID] | None = None
    hold_minutes: int | None = None
    independent_charge_pence: int | None = None
    joining_link: str | None = None
    offer_minutes: int | None = None
    places_per_school: int | None = None
    postcode: str | None = None
    sessions: list[SessionIn] | None = None
    status: Literal["open", "postponed", "moved_online", "closed"] | None = None
    status_reason: str | None = None
    town: str | None = None
    venue: str | None = None
