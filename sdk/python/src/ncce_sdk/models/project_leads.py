"""Bodies and answers of project leads. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import CriteriaDecision, Declaration, PageInfo
from ncce_sdk.transport import Model


class LeadMark(Model):
    """Whether a lead was at an occasion."""

    activity: str
    occasion: str
    presence: Literal["present", "absent", "excused"]


class LeadAttendanceIn(Model):
    """Marks of a lead: those that are named are set or corrected, others stay."""

    entries: list[LeadMark]


class LeadDaysLineOut(Model):
    """Days for one purpose."""

    days: str
    days_at_most: str
    days_each: str
    is_included: bool
    label: str
    per: str
    times: int


class LeadDaysOut(Model):
    """The days a lead is given for the groups they lead now."""

    days: str
    days_at_most: str
    lines: list[LeadDaysLineOut]


class Override(Model):
    """What a person decided of one criterion, whatever is known or declared."""

    criterion: str
    is_met: bool
    reason: str


class LeadDecisionIn(Model):
    """What becomes of a proposal, with the criteria that a person decides against what is known or declared."""

    outcome: Literal["accepted", "declined"]
    overrides: list[Override] | None = None
    reason: str


class LeadOccasionOut(Model):
    """One occasion and whether the lead was there."""

    ends_on: dt.date | None
    place: str | None
    presence: str | None
    starts_on: dt.date | None
    title: str
    when: str | None


class LeadDutyOut(Model):
    """Occasions that the lead has to be at."""

    activity: str
    at_least: int
    attended: int
    is_met: bool
    is_required: bool
    occasions: list[LeadOccasionOut]
    title: str


class LeadEndIn(Model):
    """Why somebody leads no more."""

    reason: str


class ProjectLeadOut(Model):
    """A lead, or somebody proposed."""

    decided_at: dt.datetime | None
    decision: CriteriaDecision
    experience: str
    hub_id: UUID
    id: UUID
    network: str
    person_id: UUID
    project_code: str
    project_id: UUID
    project_year: str
    proposed_at: dt.datetime
    reason: str | None
    status: str


class PageProjectLeadOut(Model):
    """PageProjectLeadOut."""

    data: list[ProjectLeadOut]
    page: PageInfo


class ProjectLeadDetail(Model):
    """A lead with the days they are given and where they have to be."""

    allocated_days: LeadDaysOut
    decided_at: dt.datetime | None
    decision: CriteriaDecision
    declarations: list[Declaration]
    duties: list[LeadDutyOut]
    experience: str
    groups: int
    hub_id: UUID
    id: UUID
    network: str
    person_id: UUID
    project_code: str
    project_id: UUID
    project_year: str
    proposed_at: dt.datetime
    reason: str | None
    status: str


class ProjectLeadIn(Model):
    """A person whom a hub proposes as lead of a project, and what they say of themselves."""

    declarations: list[Declaration] | None = None
    experience: Literal["new", "existing"] | None = None
    hub_id: UUID
    person_id: UUID
    project_id: UUID
