"""Bodies and answers of groups. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class DelegateIn(Model):
    """One person who is sent."""

    person_id: UUID
    presence: Literal["present", "absent"] | None = None


class DelegatesExpected(Model):
    """How many are sent to each occasion of an activity."""

    activity: str
    at_most: int | None
    occasions: list[str]
    title: str


class DelegatesIn(Model):
    """Everybody who is sent to one occasion: who is left out is not sent."""

    activity: str
    delegates: list[DelegateIn]
    occasion: str | None = None


class GroupActivityEdit(Model):
    """What changes; a field left out keeps its value."""

    ends_on: dt.date | None = None
    minutes: int | None = None
    notes: str | None = None
    place: str | None = None
    starts_on: dt.date | None = None
    status: Literal["planned", "held", "cancelled"] | None = None
    title: str | None = None


class GroupActivityIn(Model):
    """A session, a visit, a task between sessions or anything else that a group does on a day."""

    ends_on: dt.date | None = None
    kind: Literal[
        "session", "residential", "visit", "gap_task", "webinar", "workshop", "meeting", "online", "conference"
    ]
    minutes: int | None = None
    place: str | None = None
    slug: str | None = None
    starts_on: dt.date
    title: str
    urn: str | None = None


class GroupActivityOut(Model):
    """Something that a group does."""

    ends_on: dt.date
    group_id: UUID
    id: UUID
    kind: str
    marked: int
    minutes: int | None
    notes: str | None
    place: str | None
    present: int
    slug: str | None
    starts_on: dt.date
    status: str
    title: str
    urn: str | None


class GroupContactOut(Model):
    """One line of a group's contact list."""

    part: str
    person_id: UUID
    role: str | None
    school_name: str | None
    since_on: dt.date
    urn: str | None


class GroupContactsOut(Model):
    """Everybody in a group as it is now, leads first."""

    data: list[GroupContactOut]


class GroupDelegateOut(Model):
    """Who is sent to what."""

    activity: str
    occasion: str | None
    person_id: UUID
    presence: str | None


class GroupDelegatesOut(Model):
    """What a group sends delegates to, and whom it sends."""

    activities: list[DelegatesExpected]
    data: list[GroupDelegateOut]


class GroupDeparture(Model):
    """A school, a person or a lead leaves."""

    left_on: dt.date | None = None
    reason: str


class GroupLeadOut(Model):
    """Who leads a group."""

    experience: str
    id: UUID
    lead_id: UUID
    person_id: UUID
    since_on: dt.date
    until_on: dt.date | None


class GroupLeadsOut(Model):
    """Who leads and led a group."""

    data: list[GroupLeadOut]


class GroupMarkIn(Model):
    """One participant's mark."""

    mark: Literal["present", "absent", "excused", "done", "not_done"]
    minutes: int | None = None
    participant_id: UUID


class GroupMarkOut(Model):
    """One line of a register."""

    mark: str | None
    minutes: int | None
    participant_id: UUID
    person_id: UUID
    urn: str | None


class GroupOrganisationOut(Model):
    """An organisation of a group."""

    id: UUID
    joined_on: dt.date
    left_on: dt.date | None
    name: str
    organisation_id: UUID
    participants: int


class GroupOrganisationsOut(Model):
    """Organisations that are and were in a group, in the order in which they joined."""

    data: list[GroupOrganisationOut]


class GroupParticipantOut(Model):
    """A person in a group. Names and addresses are identity's; messages go through it."""

    accreditation: str | None
    id: UUID
    joined_on: dt.date
    left_on: dt.date | None
    organisation_id: UUID | None
    outcome: str | None
    person_id: UUID
    role: str | None
    school_name: str | None
    urn: str | None


class GroupRegisterIn(Model):
    """Marks of an activity: those that are named are set or corrected, others stay."""

    entries: list[GroupMarkIn]


class GroupRegisterOut(Model):
    """The register of an activity: everybody who was in the group on its day."""

    activity: GroupActivityOut
    data: list[GroupMarkOut]


class GroupSchoolOut(Model):
    """A school of a group."""

    id: UUID
    joined_on: dt.date
    left_on: dt.date | None
    name: str
    participants: int
    urn: str


class GroupSchoolsOut(Model):
    """Schools that are and were in a group, in the order in which they joined."""

    data: list[GroupSchoolOut]


class GroupShortfallOut(Model):
    """What a group has too little or too much of."""

    code: str
    is_decisive: bool
    keeps_from: str | None
    says: str


class GroupStepIn(Model):
    """What becomes of a group: it starts, is completed, or is called off."""

    on: dt.date
    reason: str | None = None
    to: Literal["running", "completed", "cancelled"]


class LeadJoins(Model):
    """A lead of the project who is given a group."""

    lead_id: UUID
    since_on: dt.date | None = None


class OrganisationJoins(Model):
    """An organisation that joins a group."""

    joined_on: dt.date | None = None
    name: str
    organisation_id: UUID


class PageGroupActivityOut(Model):
    """PageGroupActivityOut."""

    data: list[GroupActivityOut]
    page: PageInfo


class PageGroupParticipantOut(Model):
    """PageGroupParticipantOut."""

    data: list[GroupParticipantOut]
    page: PageInfo


class ProjectGroupOut(Model):
    """A group as it stands."""

    began_on: dt.date | None
    ended_on: dt.date | None
    ends_on: dt.date | None
    hub_id: UUID
    id: UUID
    leads: int
    network: str
    participants: int
    participants_at_most: int | None
    participants_per_school_at_most: int | None
    project_code: str
    project_id: UUID
    project_title: str
    project_year: str
    reason: str | None
    schools: int
    schools_at_most: int | None
    starts_on: dt.date
    status: str
    strand: str | None
    title: str


class PageProjectGroupOut(Model):
    """PageProjectGroupOut."""

    data: list[ProjectGroupOut]
    page: PageInfo


class PersonJoins(Model):
    """A person who joins a group, for a school that is in it, or in their own right."""

    joined_on: dt.date | None = None
    organisation_id: UUID | None = None
    person_id: UUID
    role: str | None = None
    urn: str | None = None


class ProjectGroupDetail(Model):
    """A group with what it lacks and the values for its grant card."""

    began_on: dt.date | None
    card: str | None
    ended_on: dt.date | None
    ends_on: dt.date | None
    hub_id: UUID
    id: UUID
    inputs: dict[str, str]
    leads: int
    may_become: list[str]
    network: str
    not_counted: list[str]
    participants: int
    participants_at_most: int | None
    participants_per_school_at_most: int | None
    project_code: str
    project_id: UUID
    project_title: str
    project_year: str
    reason: str | None
    schools: int
    schools_at_most: int | None
    shortfalls: list[GroupShortfallOut]
    starts_on: dt.date
    status: str
    strand: str | None
    title: str


class ProjectGroupEdit(Model):
    """What changes; a field left out keeps its value."""

    ends_on: dt.date | None = None
    inputs: dict[str, Any] | None = None
    participants_at_most: int | None = None
    schools_at_most: int | None = None
    starts_on: dt.date | None = None
    title: str | None = None


class ProjectGroupIn(Model):
    """A group to form: of which project, at which hub, and when it is to run."""

    ends_on: dt.date | None = None
    hub_id: UUID
    inputs: dict[str, Any] | None = None
    participants_at_most: int | None = None
    project_id: UUID
    schools_at_most: int | None = None
    starts_on: dt.date
    strand: str | None = None
    title: str


class SchoolJoins(Model):
    """A school that joins a group."""

    joined_on: dt.date | None = None
    urn: str
