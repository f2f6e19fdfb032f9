"""Dashboards on the wire."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.groups.models import GroupStatus
from hubs.projects.document import ParticipationKind, ProjectKind


class PlanFigures(BaseModel):
    """What plans of hubs say."""

    hubs: int = Field(description="Whose plan has at least one group of it")
    groups: int
    schools: int
    participants: int
    leads: int


class RecruitmentFigures(BaseModel):
    """Applications by where they stand."""

    interested: int
    applied: int
    waiting: int
    selected: int
    declined: int
    withdrawn: int


class DeliveryFigures(BaseModel):
    """Groups, and who is in those that run or have completed."""

    forming: int
    running: int
    completed: int
    cancelled: int
    schools: int = Field(description="Places of schools in groups: a school in two groups is counted twice")
    schools_reached: int = Field(description="Different schools")
    participants: int
    leads: int = Field(description="Different people who lead a group")
    held: int = Field(description="Sessions, visits and meetings that took place; tasks between them are not counted")
    to_come: int = Field(description="The same, planned for today or later")
    unmarked: int = Field(description="Whose day has passed without a register")
    marked: int = Field(description="Marks of people as present or absent; those who are excused are not counted")
    present: int


class ReportFigures(BaseModel):
    """Reports by where they stand. What is late or due soon is open as well."""

    open: int = Field(description="To be written, or returned to be written again")
    due_soon: int = Field(description="Open, and due within the next fourteen days")
    late: int = Field(description="Open, and due before today")
    submitted: int
    accepted: int


class MoneyFigures(BaseModel):
    """Our part of the grants of groups, in pence, as funding last told it."""

    groups: int = Field(description="Of which funding has told")
    expected_pence: int = Field(description="What the cards come to for the groups as they stand")
    awarded_pence: int
    drawn_pence: int
    owed_pence: int = Field(description="Awarded and not drawn yet")
    to_return_pence: int
    questions: int = Field(description="Groups whose grant is not in line with them: somebody has to look")


class Figures(BaseModel):
    """A year so far."""

    plan: PlanFigures
    recruitment: RecruitmentFigures
    delivery: DeliveryFigures
    reports: ReportFigures
    money: MoneyFigures | None = Field(description="Null for evaluators, who see no money")


class ProjectFigures(Figures):
    """One project."""

    project_id: UUID
    code: str
    title: str
    kind: ProjectKind
    participation: ParticipationKind


class RegionFigures(Figures):
    """One region: the hubs that lie in it."""

    region: str
    hubs: int


class HubFigures(Figures):
    """One hub."""

    hub_id: UUID
    hub_name: str
    region: str
    left_on: date | None = Field(description="When the hub no longer takes part; its plan is not counted then")
    plan_status: Literal["none", "draft", "submitted", "returned", "agreed"]


class ReportsDue(BaseModel):
    """Reports of one duty that are open and due on the same day."""

    project_code: str
    title: str
    by: str = Field(description="Who writes them: lead, participant, school, hub …")
    due_on: date
    is_late: bool
    reports: int


class DashboardGroup(BaseModel):
    """One group."""

    group_id: UUID
    title: str
    project_code: str
    project_title: str
    hub_id: UUID
    hub_name: str
    status: GroupStatus
    starts_on: date
    ends_on: date | None
    schools: int
    schools_at_most: int | None
    participants: int
    participants_at_most: int | None
    held: int
    next_on: date | None = Field(description="When it next meets")
    marked: int
    present: int
    reports_open: int
    reports_late: int


class GroupMoneyFigures(BaseModel):
    """One group's money in pence."""

    expected_pence: int
    awarded_pence: int
    drawn_pence: int
    owed_pence: int
    to_return_pence: int
    grant_status: str | None
    question_code: str | None


class HubDashboardGroup(DashboardGroup):
    """A group of a hub, with its money."""

    money: GroupMoneyFigures | None = Field(description="Null for evaluators, and until funding has told of it")


class OwnDashboardGroup(DashboardGroup):
    """A group that the caller leads, is in, or whose school is in it. People and reports are those they may see."""

    part: Literal["lead", "school", "participant"]


class DashboardHead(BaseModel):
    """Of what and when."""

    network: str
    network_title: str
    project_year: str
    as_at: datetime
    basis: Literal["agreed", "newest"] = Field(description="Which revisions of plans are counted")


class NetworkDashboard(DashboardHead):
    """A network's year for its national team."""

    total: Figures
    plans: dict[str, int] = Field(description="How many plans are in which state; `none` are hubs without one")
    projects: list[ProjectFigures]
    regions: list[RegionFigures]
    hubs: list[HubFigures]
    reports_due: list[ReportsDue] = Field(description="The first hundred, by day")


class HubDashboard(DashboardHead):
    """The same for one hub."""

    hub_id: UUID
    hub_name: str
    region: str
    plan_status: Literal["none", "draft", "submitted", "returned", "agreed"]
    total: Figures
    projects: list[ProjectFigures] = Field(description="Those that the hub plans or runs, or has applications for")
    groups: list[HubDashboardGroup]
    reports_due: list[ReportsDue] = Field(description="The first hundred, by day")


class OwnDashboard(BaseModel):
    """The caller's own groups of a network's year."""

    network: str
    network_title: str
    project_year: str
    as_at: datetime
    groups: list[OwnDashboardGroup]


class DashboardEntry(BaseModel):
    """A dashboard that the caller may open."""

    kind: Literal["network", "hub", "own"]
    network: str
    network_title: str
    project_year: str
    hub_id: UUID | None
    hub_name: str | None
    address: str = Field(description="Where it is read", examples=["/v1/networks/maths-hubs/2019-20/dashboard"])


class DashboardsOut(BaseModel):
    """Every dashboard that the caller may open, the newest year first."""

    data: list[DashboardEntry]


class NetworkTable(BaseModel):
    """Which table of a network's dashboard, counted on which plans."""

    model_config = ConfigDict(extra="forbid")

    table: Literal["projects", "regions", "hubs", "groups", "reports"] = "projects"
    basis: Literal["agreed", "newest"] = "agreed"


class HubTable(BaseModel):
    """Which table of a hub's dashboard, counted on which plans."""

    model_config = ConfigDict(extra="forbid")

    table: Literal["projects", "groups", "reports"] = "projects"
    basis: Literal["agreed", "newest"] = "agreed"
