"""Bodies and answers of hubs. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class ApplicationIn(Model):
    """A hub that asks to be one."""

    email: str
    kind: Literal["computing_hub", "maths_hub", "stem_skills_hub", "satellite"]
    lead_school: str | None = None
    lead_school_urn: str | None = None
    managed_by_hub_id: UUID | None = None
    name: str
    postcode: str
    reason: str
    region: str
    slug: str


class AttendingSchoolOut(Model):
    """A school that came."""

    is_member: bool
    name: str
    urn: str


class CoverageIn(Model):
    """A district that the hub is to cover."""

    district_code: str
    reason: str
    valid_from: dt.date
    valid_to: dt.date | None = None


class CoverageOut(Model):
    """A district that a hub covers, and on which days."""

    basis: str
    district_code: str
    district_name: str
    district_vintage: str
    hub_id: UUID
    id: UUID
    recorded_at: dt.datetime
    valid_from: dt.date
    valid_to: dt.date | None


class CoverageListOut(Model):
    """The districts of a hub."""

    coverage: list[CoverageOut]
    hub_id: UUID
    on: dt.date | None


class MeasureOut(Model):
    """One thing that is counted."""

    delivered: int
    measure: str
    percent: int | None
    target: int | None


class DeliveryOut(Model):
    """What a hub is to reach in a year, and what it has."""

    academic_year: str
    first_on: dt.date
    hub_id: UUID
    last_on: dt.date
    measures: list[MeasureOut]


class DistrictOut(Model):
    """A local authority district and the year of its code list."""

    code: str
    name: str
    vintage: str


class EndIn(Model):
    """The last day of a coverage."""

    on: dt.date
    reason: str


class HandOverIn(Model):
    """To which hub a district goes, from which day."""

    on: dt.date
    reason: str
    to_hub_id: UUID


class HubOut(Model):
    """A hub, as anybody may see it."""

    email: str
    id: UUID
    is_open: bool
    kind: str
    latitude: float
    lead_school: str | None
    lead_school_urn: str | None
    longitude: float
    managed_by_hub_id: UUID | None
    name: str
    opening_hours: str | None
    phone: str | None
    postcode: str
    region: str
    slug: str
    stage: str
    website: str | None


class HubAt(Model):
    """A hub and how far its lead school is from the place, in a straight line."""

    hub: HubOut
    km: float


class HubDeliveryOut(Model):
    """A hub in the network's view."""

    hub_id: UUID
    is_open: bool
    kind: str
    measures: list[MeasureOut]
    name: str
    region: str
    slug: str


class HubFacts(Model):
    """What administrators may change as well."""

    email: str | None = None
    lead_school: str | None = None
    lead_school_urn: str | None = None
    managed_by_hub_id: UUID | None = None
    name: str | None = None
    opening_hours: str | None = None
    phone: str | None = None
    region: str | None = None
    website: str | None = None


class HubsMembershipOut(Model):
    """A teacher's membership of a hub."""

    hub_id: UUID
    id: UUID
    joined_at: dt.datetime
    teacher_id: UUID


class HubsDirectoryAdministrationSchemasStepOut(Model):
    """A step that was taken."""

    effective_on: dt.date
    from_stage: str | None
    reason: str
    recorded_at: dt.datetime
    recorded_by: UUID | None
    to_stage: str


class LifeCycleOut(Model):
    """Where a hub stands, how it came there, and what may follow."""

    hub_id: UUID
    may_follow: list[str]
    stage: str
    steps: list[HubsDirectoryAdministrationSchemasStepOut]


class LinkIn(Model):
    """Somebody the hub works with."""

    kind: Literal["partner", "lep", "ambassador_hub", "employer"]
    name: str
    since_on: dt.date
    until_on: dt.date | None = None
    website: str | None = None


class LinkOut(Model):
    """Somebody the hub works with."""

    id: UUID
    kind: str
    name: str
    since_on: dt.date
    until_on: dt.date | None
    website: str | None


class LookupOut(Model):
    """The hub of a place, and how it was found."""

    alternatives: list[HubAt]
    basis: str
    coverage_basis: str | None
    district: DistrictOut | None
    explanation: str
    hub: HubOut
    is_fallback: bool
    km: float
    on: dt.date
    postcode: str | None = None
    precision: str
    urn: str | None = None


class MeetingEdit(Model):
    """What changes; a field left out keeps its value."""

    from_time: str | None = None
    meets_on: dt.date | None = None
    minutes_link: str | None = None
    place: str | None = None
    status: Literal["cancelled"] | None = None
    title: str | None = None
    until_time: str | None = None


class MeetingIn(Model):
    """A meeting to come, or one that was."""

    from_time: str | None = None
    meets_on: dt.date
    minutes_link: str | None = None
    place: str | None = None
    title: str
    until_time: str | None = None


class MeetingOut(Model):
    """A meeting, as anybody may see it. Minutes and schools are for the hub's staff and administrators."""

    from_time: str | None
    hub_id: UUID
    id: UUID
    meets_on: dt.date
    minutes_link: str | None = None
    place: str | None
    schools: list[AttendingSchoolOut] | None = None
    schools_attended: int
    status: str
    title: str
    until_time: str | None


class NationalTargetOut(Model):
    """A figure that a source names for the whole network, and where it stands today."""

    delivered: int
    measure: str
    since_on: dt.date
    source: str
    target: int
    title: str
    until_on: dt.date


class NetworkDeliveryOut(Model):
    """Every hub's year. Totals count a teacher or school once, however many hubs they were with."""

    academic_year: str
    first_on: dt.date
    hubs: list[HubDeliveryOut]
    last_on: dt.date
    national: list[NationalTargetOut]
    totals: list[MeasureOut]


class PageHubOut(Model):
    """PageHubOut."""

    data: list[HubOut]
    page: PageInfo


class PageMeetingOut(Model):
    """PageMeetingOut."""

    data: list[MeetingOut]
    page: PageInfo


class SchoolMembershipIn(Model):
    """From when to when a school belongs to the hub."""

    instead_of: dt.date | None = None
    joined_on: dt.date
    left_on: dt.date | None = None


class SchoolMembershipOut(Model):
    """A school of the hub."""

    joined_on: dt.date
    left_on: dt.date | None
    urn: str


class StepIn(Model):
    """The next step of a hub's life."""

    on: dt.date
    reason: str
    to: Literal["applied", "assessed", "designated", "reviewed", "closed"]


class TargetsIn(Model):
    """The whole set: a measure left out has no target."""

    course_runs: int | None = None
    cpd_hours: int | None = None
    meetings: int | None = None
    member_schools: int | None = None
    new_members: int | None = None
    places: int | None = None
    schools: int | None = None
    teachers: int | None = None


class TargetsOut(Model):
    """What a hub is to reach in a year."""

    academic_year: str
    course_runs: int | None = None
    cpd_hours: int | None = None
    hub_id: UUID
    meetings: int | None = None
    member_schools: int | None = None
    new_members: int | None = None
    places: int | None = None
    schools: int | None = None
    set_at: dt.datetime | None
    teachers: int | None = None


class UncoveredDistrictOut(Model):
    """A district that no hub covers."""

    code: str
    name: str
    region: str
    vintage: str


class UncoveredOut(Model):
    """Districts that no hub covers on a day: lookups there answer the nearest hub."""

    districts: list[UncoveredDistrictOut]
    on: dt.date


class HubsDirectoryAdministrationSchemasNetworkOut(Model):
    """The schools of a hub and those it works with."""

    hub_id: UUID
    links: list[LinkOut]
    schools: list[SchoolMembershipOut]


class HubsMeetingsSchemasAttendanceIn(Model):
    """The schools that came, all of them: what was recorded before is replaced."""

    urns: list[str]
