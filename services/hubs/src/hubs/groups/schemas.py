"""Groups on the wire."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day
from hubs.academic_years import AcademicYear
from hubs.groups.models import GroupStatus, LeadExperience, Outcome
from hubs.groups.rules import Step
from hubs.projects.parts import Code, Slug

Urn = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Inputs = Annotated[
    dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")], Annotated[str, Field(max_length=40)]],
    Field(max_length=20),
]
GroupReason = Annotated[str, Field(min_length=5, max_length=500)]


class ProjectGroupIn(BaseModel):
    """A group to form: of which project, at which hub, and when it is to run."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "project_id": "01920000-0000-7000-8000-000000000003",
                    "hub_id": "01920000-0000-7000-8000-000000000001",
                    "title": "Mastery readiness in the valley",
                    "starts_on": "2026-11-30",
                    "ends_on": "2027-07-16",
                }
            ]
        },
    )

    project_id: UUID = Field(description="Of one year of a project in a network")
    hub_id: UUID
    title: str = Field(min_length=3, max_length=200)
    strand: Slug | None = Field(default=None, description="One of the project's strands, where it has any")
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="The last day as planned")
    schools_at_most: int | None = Field(default=None, ge=1, le=1000, description="Fewer than the project allows")
    participants_at_most: int | None = Field(default=None, ge=1, le=10_000)
    inputs: Inputs = Field(default={}, description="What the project's grant card asks the hub to tell of the group")


class ProjectGroupEdit(BaseModel):
    """What changes; a field left out keeps its value."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"title": "Mastery readiness, valley and moor"}]}
    )

    title: str = Field(default="", min_length=3, max_length=200)
    starts_on: Day = Field(default=date.min)
    ends_on: Day | None = None
    schools_at_most: int | None = Field(default=None, ge=1, le=1000)
    participants_at_most: int | None = Field(default=None, ge=1, le=10_000)
    inputs: Inputs = {}


NEEDS_REASON = "Needed to call a group off, to open one again, and to complete one with less than is asked for"


class GroupStepIn(BaseModel):
    """What becomes of a group: it starts, is completed, or is called off."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"to": "cancelled", "on": "2026-11-22", "reason": "Too few schools came forward."}]
        },
    )

    to: Step
    on: Day = Field(description="Today or before")
    reason: GroupReason | None = Field(default=None, description=NEEDS_REASON)


class GroupShortfallOut(BaseModel):
    """What a group has too little or too much of."""

    code: str = Field(examples=["schools-too-few"])
    says: str
    is_decisive: bool = Field(description="Whether it keeps the group from starting")
    keeps_from: Literal["running", "completed"] | None = Field(
        description="The step that it keeps the group from; `completed` only until the hub gives a reason"
    )


class ProjectGroupOut(BaseModel):
    """A group as it stands."""

    id: UUID
    project_id: UUID
    network: str
    project_code: str
    project_year: str
    project_title: str
    hub_id: UUID
    title: str
    strand: str | None
    status: GroupStatus
    starts_on: date
    ends_on: date | None
    began_on: date | None
    ended_on: date | None
    reason: str | None
    schools: int
    schools_at_most: int | None = Field(description="Null: as many as come")
    participants: int
    participants_at_most: int | None
    participants_per_school_at_most: int | None
    leads: int


class ProjectGroupDetail(ProjectGroupOut):
    """A group with what it lacks and the values for its grant card."""

    may_become: list[Step]
    shortfalls: list[GroupShortfallOut]
    card: str | None = Field(description="The grant card of the project, at funding")
    inputs: dict[str, str] = Field(description="What the card is filled with as the group stands")
    not_counted: list[str] = Field(description="Targets of the network that this project does not count towards")


class GroupFilter(BaseModel):
    """Which groups."""

    network: Slug | None = None
    project_id: UUID | None = None
    project_code: Code | None = None
    project_year: AcademicYear | None = None
    hub_id: UUID | None = None
    status: GroupStatus | None = None


class SchoolJoins(BaseModel):
    """A school that joins a group."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"urn": "900002"}]})

    urn: Urn
    joined_on: Day | None = Field(default=None, description="Today when left out")


class PersonJoins(BaseModel):
    """A person who joins a group, for a school that is in it, or in their own right."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"person_id": "01920000-0000-7000-8000-000000000002", "urn": "900001"}],
        },
    )

    person_id: UUID
    urn: Urn | None = Field(default=None, description="The school they come from")
    organisation_id: UUID | None = Field(default=None, description="The organisation they come for")
    role: Slug | None = Field(default=None, description="One of the project's roles of participants")
    joined_on: Day | None = None


class LeadJoins(BaseModel):
    """A lead of the project who is given a group."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"lead_id": "01920000-0000-7000-8000-000000000004"}]}
    )

    lead_id: UUID = Field(description="One of the project's leads who has been accepted")
    since_on: Day | None = None


class GroupDeparture(BaseModel):
    """A school, a person or a lead leaves."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The teacher moved to another school."}]}
    )

    left_on: Day | None = Field(default=None, description="The last day; today when left out")
    reason: GroupReason


class GroupSchoolOut(BaseModel):
    """A school of a group."""

    id: UUID
    urn: str
    name: str
    joined_on: date
    left_on: date | None
    participants: int


class GroupParticipantOut(BaseModel):
    """A person in a group. Names and addresses are identity's; messages go through it."""

    id: UUID
    person_id: UUID
    urn: str | None
    school_name: str | None
    organisation_id: UUID | None
    role: str | None
    joined_on: date
    left_on: date | None
    outcome: Outcome | None
    accreditation: str | None


class GroupLeadOut(BaseModel):
    """Who leads a group."""

    id: UUID
    lead_id: UUID
    person_id: UUID
    experience: LeadExperience
    since_on: date
    until_on: date | None


class GroupContactOut(BaseModel):
    """One line of a group's contact list."""

    person_id: UUID
    part: Literal["lead", "participant"]
    role: str | None
    urn: str | None
    school_name: str | None
    since_on: date


class GroupSchoolsOut(BaseModel):
    """Schools that are and were in a group, in the order in which they joined."""

    data: list[GroupSchoolOut]


class GroupLeadsOut(BaseModel):
    """Who leads and led a group."""

    data: list[GroupLeadOut]


class GroupContactsOut(BaseModel):
    """Everybody in a group as it is now, leads first."""

    data: list[GroupContactOut]
