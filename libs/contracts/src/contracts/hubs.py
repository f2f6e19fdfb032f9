"""Events that hubs publishes."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.base import AuditChained, AuditWitnessed, ErasureCompleted, Event, ExportPrepared, RecordsViewed

DeliveryMode = Literal["face_to_face", "live_remote", "online"]
CancellationCause = Literal["teacher", "transferred", "run_cancelled"]
AreaKeyType = Literal["district", "local_authority", "urn", "trust"]
Completeness = Literal["complete", "partial"]


class SchoolChanged(Event):
    """The register's facts about a school, whole, as they now stand. `None` means the register does not say."""

    subject: ClassVar[str] = "school.changed"
    aggregate: ClassVar[str] = "school"
    key: ClassVar[str] = "urn"

    urn: str
    name: str
    phase: Literal["nursery", "primary", "secondary", "all_through", "post_16", "not_applicable"]
    establishment_type: int
    """The national register's establishment type code."""
    is_open: bool
    is_in_england: bool
    is_state_funded: bool | None
    district_code: str | None
    """Local authority district (`E…` code), the key of the category lists; never the authority's GSS code."""
    district_vintage: str | None
    offers_gcse_computer_science: bool | None
    lowest_age: int | None
    highest_age: int | None
    source: str
    as_of_on: date
    local_authority_code: str | None = None
    """The department's number of the authority, three digits: the key of lists of authorities."""
    trust_codes: tuple[str, ...] | None = None
    """Trusts by the register's group number; none of them when empty, `None` when it is not known."""


class HubChanged(Event):
    """A computing hub's public facts as they now stand."""

    subject: ClassVar[str] = "hub.changed"
    aggregate: ClassVar[str] = "hub"
    key: ClassVar[str] = "hub_id"

    hub_id: UUID
    slug: str
    name: str
    region: str
    is_open: bool
    kind: str | None = None
    """computing_hub, maths_hub, stem_skills_hub or satellite."""
    stage: str | None = None
    """designated, reviewed or closed: an application is told to nobody."""
    managed_by_hub_id: UUID | None = None


class CoveredBy(BaseModel):
    """A hub covers a district on these days, the last included; `None` for no end."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    hub_id: UUID
    valid_from_on: date
    valid_to_on: date | None
    basis: str
    """`decided` by an administrator, else how it was inferred."""


class CoverageChanged(Event):
    """Who covers a district when: the whole list, as it now stands. An empty one: nobody ever."""

    subject: ClassVar[str] = "coverage.changed"
    aggregate: ClassVar[str] = "district"
    key: ClassVar[str] = "district_code"

    district_code: str
    coverage: tuple[CoveredBy, ...]


class HubMembership(BaseModel):
    """A school belongs to a hub on these days, the last included; `None` while it goes on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    hub_id: UUID
    joined_on: date
    left_on: date | None


class SchoolMembershipChanged(Event):
    """To which hubs a school belongs and belonged: the whole list, as it now stands."""

    subject: ClassVar[str] = "school_membership.changed"
    aggregate: ClassVar[str] = "school_membership"
    key: ClassVar[str] = "urn"

    urn: str
    memberships: tuple[HubMembership, ...]


class SchoolSuccessionDecided(Event):
    """A person decided who carries on where a school was split or schools merged. A later decision replaces it."""

    subject: ClassVar[str] = "school_succession.decided"
    aggregate: ClassVar[str] = "school_succession"
    key: ClassVar[str] = "succession_id"

    succession_id: UUID
    kind: Literal["split", "merger"]
    urn: str
    """Of a split the school that closed, of a merger the one that follows."""
    candidates: tuple[str, ...]
    chosen: tuple[str, ...]
    """Of a split those that carry on, of a merger those that are carried on; empty for none."""


class HubJoined(Event):
    """A teacher signed up to a hub."""

    subject: ClassVar[str] = "hub.joined"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    hub_id: UUID
    joined_at: datetime


class CourseRunChanged(Event):
    """A dated run of a course as it now stands, whole. `None` means that the catalogue does not say."""

    subject: ClassVar[str] = "course_run.changed"
    aggregate: ClassVar[str] = "course_run"
    key: ClassVar[str] = "course_run_id"

    course_run_id: UUID
    course_code: str
    hub_id: UUID | None
    status: Literal["draft", "open", "postponed", "moved_online", "cancelled", "closed"]
    mode: DeliveryMode
    """The course's; a run that was moved online is live and remote, for which the same charges hold as face to face."""
    phases: tuple[Literal["primary", "secondary", "post_16"], ...]
    """Most fitting first; a booking is for the teacher's own when it is among them, else for the first."""
    programme: Literal["core", "gcse_subject_knowledge"]
    days: Decimal | None
    hours: Decimal | None
    starts_on: date
    ends_on: date
    charge_pence: int | None = None
    """What the hub asks of each participant for the whole run; `None`: whatever the fee policy allows."""
    independent_charge_pence: int | None = None
    """The same for participants from schools that are not state-funded."""


class BookingPlaced(Event):
    """A teacher holds a place on a course run."""

    subject: ClassVar[str] = "booking.placed"
    aggregate: ClassVar[str] = "booking"
    key: ClassVar[str] = "booking_id"

    booking_id: UUID
    teacher_id: UUID
    school_urn: str
    course_run_id: UUID
    course_code: str
    hub_id: UUID
    mode: DeliveryMode
    phase: Literal["primary", "secondary", "post_16"]
    """The phase the course is for; it decides which bursary rule applies."""
    programme: Literal["core", "gcse_subject_knowledge"]
    days: Decimal
    """Days of release the run needs; bursaries and fees are per day."""
    starts_on: date
    ends_on: date
    charge_pence: int | None = None
    """What the hub asked for the run when the place was booked, as in `course_run.changed`."""
    independent_charge_pence: int | None = None


class BookingCancelled(Event):
    """A held place was given up before the run."""

    subject: ClassVar[str] = "booking.cancelled"
    aggregate: ClassVar[str] = "booking"
    key: ClassVar[str] = "booking_id"

    booking_id: UUID
    teacher_id: UUID
    course_run_id: UUID
    cancelled_at: datetime
    cause: CancellationCause | None = None
    """Why; `None` in news from before causes were told."""


class CpdCompleted(Event):
    """A teacher completed approved professional development of so many hours."""

    subject: ClassVar[str] = "cpd.completed"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    completion_id: UUID
    """One real-world completion, whatever number of reports speak of it."""
    teacher_id: UUID
    activity_code: str
    hours: Decimal
    mode: DeliveryMode
    completed_on: date
    booking_id: UUID | None = None
    course_run_id: UUID | None = None
    reported_by_organisation_id: UUID | None = None
    """The partner that reported it; `None` when a hub's register did."""


class CpdCorrected(Event):
    """A completion that was told of was for other hours, or was none: then its hours are 0 from now on."""

    subject: ClassVar[str] = "cpd.corrected"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    completion_id: UUID
    teacher_id: UUID
    revision: int
    """1, 2, 3, … of the completion: the highest says how it stands, whatever comes in which order."""
    activity_code: str
    hours_before: Decimal
    hours: Decimal
    completed_on: date
    booking_id: UUID | None = None
    course_run_id: UUID | None = None
    reported_by_organisation_id: UUID | None = None


class CommunityContributed(Event):
    """A teacher gave something to the professional community, and it was accepted: a reviewed resource, for one."""

    subject: ClassVar[str] = "community.contributed"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    contribution_id: UUID
    """One real-world contribution, for good: later versions of a resource are the same."""
    teacher_id: UUID
    activity_code: str
    """Of the catalogue of community activities, which says what it is worth."""
    contributed_on: date


class CommunityCorrected(Event):
    """A contribution that was told of does not count, or counts again after all."""

    subject: ClassVar[str] = "community.corrected"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    contribution_id: UUID
    teacher_id: UUID
    revision: int
    """1, 2, 3, … of the contribution: the highest says how it stands, whatever comes in which order."""
    activity_code: str
    counts: bool
    contributed_on: date


class ListedArea(BaseModel):
    """One area on a list that decides eligibility."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    area_code: str
    area_name: str
    categories: tuple[int, ...]
    """Those it may be in: one when settled, several when the source says so, none on a list without categories."""
    basis: str


class AreaListApproved(Event):
    """A version of a list that decides eligibility was approved. Long lists come in parts, all with the same head."""

    subject: ClassVar[str] = "area_list.approved"
    aggregate: ClassVar[str] = "area_list"
    key: ClassVar[str] = "list_id"

    list_id: UUID
    scheme: str
    list_version: int
    """1, 2, 3, … within the scheme; the highest whose days include a day counts on that day."""
    title: str
    key_type: AreaKeyType
    vintage: str
    """Year whose codes the list uses, as they stood at its end."""
    valid_from_on: date
    valid_to_on: date | None
    completeness: Completeness
    source: str
    checksum: str
    size: int
    """Areas on the whole list: a consumer that holds so many has all parts."""
    part: int
    parts: int
    areas: tuple[ListedArea, ...]


class HubsErasureCompleted(ErasureCompleted):
    """Hubs erased what it held about somebody; counts by table, of those as well that stay."""

    subject: ClassVar[str] = "hubs_erasure.completed"


class HubsAuditChained(AuditChained):
    """Hubs's audit trail has a new head: a service that keeps it would notice if the trail were rewritten."""

    subject: ClassVar[str] = "hubs_audit.chained"


class HubsAuditWitnessed(AuditWitnessed):
    """What hubs holds of another service's audit trail, and what does not agree."""

    subject: ClassVar[str] = "hubs_audit.witnessed"


class HubsRecordsViewed(RecordsViewed):
    """Staff looked at what hubs holds about people."""

    subject: ClassVar[str] = "hubs_records.viewed"


class HubsExportPrepared(ExportPrepared):
    """Hubs's part of somebody's export is ready."""

    subject: ClassVar[str] = "hubs_export.prepared"
