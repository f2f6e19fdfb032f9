"""Bodies and answers of programmes for pupils. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AttendanceEntry(Model):
    """How many of a booking came; 0 when nobody did."""

    pupil_booking_id: UUID
    pupils: int
    staff: int


class EnrolmentIn(Model):
    """In which year the caller's school takes part."""

    academic_year: str


class EnrolmentOut(Model):
    """A school's part in a programme in a year."""

    academic_year: str
    enrolled_at: dt.datetime
    id: UUID
    programme_slug: str
    urn: str
    withdrawn_at: dt.datetime | None
    withdrawn_because: str | None


class EventCancellation(Model):
    """Why an event is called off."""

    because: Literal["too_few_pupils", "staff_absent", "venue_lost", "weather", "other"]


class GroupCounts(Model):
    """Of all pupils who came to the event, whatever their school."""

    boys: int
    girls: int
    not_stated: int


class GroupsOut(Model):
    """How many of the pupils who came were of which group."""

    boys: int
    girls: int
    not_stated: int


class PageEnrolmentOut(Model):
    """PageEnrolmentOut."""

    data: list[EnrolmentOut]
    page: PageInfo


class PupilBookingOut(Model):
    """A school's booking. Its version is the `If-Match` of a change."""

    booked_at: dt.datetime
    cancelled_at: dt.datetime | None
    cancelled_because: str | None
    event_id: UUID
    id: UUID
    pupils: int
    pupils_attended: int | None
    staff: int
    staff_attended: int | None
    status: str
    urn: str
    version: int


class PagePupilBookingOut(Model):
    """PagePupilBookingOut."""

    data: list[PupilBookingOut]
    page: PageInfo


class PupilEventOut(Model):
    """An event, as anybody may see it."""

    academic_year: str
    approach: str | None
    cancelled_because: str | None
    distance_km: str | None
    ends_at: dt.datetime
    hub_id: UUID | None
    id: UUID
    key_stages: list[str]
    kind: str
    mode: str
    partner_id: UUID | None
    postcode: str | None
    programme_slug: str
    pupil_capacity: int
    pupil_places_left: int
    region: str | None
    school_capacity: int
    school_places_left: int
    starts_at: dt.datetime
    starts_on: dt.date
    status: str
    title: str
    town: str | None
    venue: str | None


class PagePupilEventOut(Model):
    """PagePupilEventOut."""

    data: list[PupilEventOut]
    page: PageInfo


class ProgrammeEdit(Model):
    """What to change; what is left out stays."""

    aims: list[str] | None = None
    approaches: list[str] | None = None
    is_state_funded_only: bool | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None
    last_year: str | None = None
    source: str | None = None
    title: str | None = None


class ProgrammeIn(Model):
    """A programme to run."""

    aims: list[str]
    approaches: list[str] | None = None
    counts_groups: bool | None = None
    first_year: str
    is_state_funded_only: bool
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    last_year: str | None = None
    phase: Literal["primary", "secondary", "post_16"]
    slug: str
    source: str
    title: str


class ProgrammeOut(Model):
    """A programme. Its version is the `If-Match` of an edit."""

    aims: list[str]
    approaches: list[str]
    counts_groups: bool
    first_year: str
    is_state_funded_only: bool
    key_stages: list[str]
    last_year: str | None
    phase: str
    slug: str
    source: str
    title: str
    version: int


class ProgrammesOut(Model):
    """All programmes, by title."""

    data: list[ProgrammeOut]


class PupilBookingIn(Model):
    """How many of the caller's school are to come."""

    pupils: int
    staff: int


class PupilEventDetail(Model):
    """One event. Its version is the `If-Match` of an edit and of the attendance."""

    academic_year: str
    approach: str | None
    cancelled_because: str | None
    distance_km: str | None
    ends_at: dt.datetime
    hub_id: UUID | None
    id: UUID
    joining_link: str | None
    key_stages: list[str]
    kind: str
    mode: str
    partner_id: UUID | None
    postcode: str | None
    programme_slug: str
    pupil_capacity: int
    pupil_places_left: int
    region: str | None
    school_capacity: int
    school_places_left: int
    starts_at: dt.datetime
    starts_on: dt.date
    status: str
    title: str
    town: str | None
    venue: str | None
    version: int


class PupilEventEdit(Model):
    """What to change; what is left out stays. For another day or place call the event off and plan another."""

    joining_link: str | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None
    pupil_capacity: int | None = None
    school_capacity: int | None = None
    status: Literal["open"] | None = None
    title: str | None = None
    venue: str | None = None


class PupilEventIn(Model):
    """An event to plan, for a hub or for a partner organisation of the caller's."""

    approach: str | None = None
    ends_at: dt.datetime
    hub_id: UUID | None = None
    joining_link: str | None = None
    key_stages: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]]
    kind: Literal["road_show", "master_class", "workshop", "visit"]
    mode: Literal["face_to_face", "online"]
    partner_id: UUID | None = None
    postcode: str | None = None
    programme_slug: str
    pupil_capacity: int
    school_capacity: int
    starts_at: dt.datetime
    status: Literal["draft", "open"] | None = None
    title: str
    town: str | None = None
    venue: str | None = None


class ReportLine(Model):
    """Figures of events that were held or will be. Cancelled ones are counted and add nothing else."""

    academic_year: str
    approach: str | None
    events: int
    events_cancelled: int
    events_reported: int
    groups: GroupsOut | None
    hub_id: UUID | None
    hub_name: str | None
    partner_id: UUID | None
    pupils_attended: int
    pupils_booked: int
    pupils_in_groups: int
    pupils_left_out: int
    region: str | None
    schools_booked: int
    staff_attended: int


class HubsProgrammesSchemasReportOut(Model):
    """What may be told of a programme. No figure, and no difference of figures, shows a group of fewer than
    five.
    """

    by: str
    lines: list[ReportLine]
    programme_slug: str
    schools_enrolled: dict[str, int] | None


class HubsProgrammesSchemasWithdrawalIn(Model):
    """Why a school no longer takes part. There is no room for words, so that none of them is about a pupil."""

    because: Literal["timetable", "staffing", "no_longer_offered", "school_closing", "other"]


class HubsPupilEventsSchemasAttendanceIn(Model):
    """How many came, for every booking that stands."""

    entries: list[AttendanceEntry]
    groups: GroupCounts | None = None


class HubsPupilEventsSchemasAttendanceOut(Model):
    """What the organiser said."""

    academic_year: str
    entries: list[PupilBookingOut]
    event_id: UUID
    groups: GroupCounts | None
    pupils_attended: int | None
    schools_attended: int | None
    staff_attended: int | None
    version: int
