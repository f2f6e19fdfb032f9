"""Leads on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.academic_years import AcademicYear
from hubs.project_leads.models import Experience, LeadStatus, Presence
from hubs.projects.decisions import CriteriaDecision, Declaration, Override
from hubs.projects.parts import Code, Slug


class ProjectLeadIn(BaseModel):
    """A person whom a hub proposes as lead of a project, and what they say of themselves."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "project_id": "01920000-0000-7000-8000-000000000003",
                    "hub_id": "01920000-0000-7000-8000-000000000001",
                    "person_id": "01920000-0000-7000-8000-00000000000c",
                }
            ]
        },
    )

    project_id: UUID
    hub_id: UUID
    person_id: UUID
    experience: Experience | None = Field(
        default=None, description="New or existing; when left out, by the groups of the project that they have led here"
    )
    declarations: list[Declaration] = Field(default=[], max_length=100)


class LeadDecisionIn(BaseModel):
    """What becomes of a proposal, with the criteria that a person decides against what is known or declared."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "accepted", "reason": "Seen teaching and leading twice."}]},
    )

    outcome: Literal["accepted", "declined"]
    reason: str = Field(min_length=5, max_length=1000)
    overrides: list[Override] = Field(default=[], max_length=100)


class LeadEndIn(BaseModel):
    """Why somebody leads no more."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Moves to another region."}]})

    reason: str = Field(min_length=5, max_length=1000)


class LeadMark(BaseModel):
    """Whether a lead was at an occasion."""

    model_config = ConfigDict(extra="forbid")

    activity: Slug
    occasion: str = Field(min_length=1, max_length=200, description="Its title, as the project's document has it")
    presence: Presence


class LeadAttendanceIn(BaseModel):
    """Marks of a lead: those that are named are set or corrected, others stay."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"entries": [{"activity": "national-workshops", "occasion": "Workshop 1", "presence": "present"}]}
            ]
        },
    )

    entries: list[LeadMark] = Field(min_length=1, max_length=50)


class ProjectLeadOut(BaseModel):
    """A lead, or somebody proposed."""

    id: UUID
    project_id: UUID
    network: str
    project_code: str
    project_year: str
    hub_id: UUID
    person_id: UUID
    experience: Experience
    status: LeadStatus
    decision: CriteriaDecision
    proposed_at: datetime
    decided_at: datetime | None
    reason: str | None


class LeadDaysLineOut(BaseModel):
    """Days for one purpose."""

    label: str
    days_each: Decimal
    per: Literal["group", "school", "participant", "lead"]
    times: int
    days: Decimal
    days_at_most: Decimal = Field(description="More than `days` where the project gives a range")
    is_included: bool = Field(description="Within another line: told and not added")


class LeadDaysOut(BaseModel):
    """The days a lead is given for the groups they lead now."""

    lines: list[LeadDaysLineOut]
    days: Decimal
    days_at_most: Decimal


class LeadOccasionOut(BaseModel):
    """One occasion and whether the lead was there."""

    title: str
    when: str | None
    starts_on: date | None
    ends_on: date | None
    place: str | None
    presence: Presence | None = Field(description="Null: not marked")


class LeadDutyOut(BaseModel):
    """Occasions that the lead has to be at."""

    activity: str
    title: str
    is_required: bool
    at_least: int
    attended: int
    is_met: bool
    occasions: list[LeadOccasionOut]


class ProjectLeadDetail(ProjectLeadOut):
    """A lead with the days they are given and where they have to be."""

    declarations: list[Declaration]
    groups: int = Field(description="Groups that they lead now")
    allocated_days: LeadDaysOut
    duties: list[LeadDutyOut]


class LeadFilter(BaseModel):
    """Which leads."""

    network: Slug | None = None
    project_id: UUID | None = None
    project_code: Code | None = None
    project_year: AcademicYear | None = None
    hub_id: UUID | None = None
    status: LeadStatus | None = None
