"""Plans on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day
from hubs.academic_years import AcademicYear
from hubs.hub_plans.findings import Finding
from hubs.hub_plans.models import PlanStatus
from hubs.hub_plans.network_rules import AimStanding
from hubs.projects.parts import Code, Slug

MOST = 100_000
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Count = Annotated[int, Field(ge=0, le=MOST)]


class HubPlanIn(BaseModel):
    """Of which hub, network and year."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "network": "computing-hubs",
                    "project_year": "2026-27",
                    "hub_id": "01920000-0000-7000-8000-000000000000",
                }
            ]
        },
    )

    network: Slug
    project_year: AcademicYear
    hub_id: UUID


class PlanLineIn(BaseModel):
    """What is planned for one project, or one strand of it."""

    model_config = ConfigDict(extra="forbid")

    code: Code
    strand: Slug | None = Field(default=None, description="Of a project that has strands")
    groups: Count
    schools: Count | None = None
    participants: Count | None = None
    leads: Count | None = None
    note: Text | None = None


class PlanLinesIn(BaseModel):
    """The whole plan: a project left out is not planned."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"lines": [{"code": "C-1", "groups": 2, "schools": 12, "leads": 2}]}]},
    )

    lines: list[PlanLineIn] = Field(max_length=300)
    facts: dict[Slug, Count] | None = Field(
        default=None, max_length=100, description="Answers to what the network asks of hubs; as they were when left out"
    )


class PlanSubmissionIn(BaseModel):
    """The hub hands its plan in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"explanation": "Too few schools wrote by June; the second group begins later."}]
        },
    )

    explanation: Text | None = Field(default=None, description="Needed when the plan has faults")


class PlanDecisionIn(BaseModel):
    """What the national team says."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "agreed", "reason": "Fits the region's needs."}]}
    )

    outcome: Literal["agreed", "returned"]
    reason: Text


class PlanReopeningIn(BaseModel):
    """The national team takes a hub's plan in for longer than those of others."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"until_on": "2027-01-31", "reason": "The hub's lead school changed during the window."}]
        },
    )

    until_on: Day = Field(description="The last day, today or later")
    reason: Text


class PlanWindowOut(BaseModel):
    """When the plan may be handed in."""

    opens_on: date | None
    closes_on: date | None
    open_until_on: date | None = Field(description="What the national team gave this hub beyond that")
    is_open: bool = Field(description="Today")


class HubPlanFilter(BaseModel):
    """Which plans."""

    network: Slug | None = None
    year: AcademicYear | None = None
    hub_id: UUID | None = None
    status: PlanStatus | None = None


class HubPlanOut(BaseModel):
    """A hub's plan for a year."""

    id: UUID
    network_slug: str
    project_year: str
    hub_id: UUID
    hub_name: str
    region: str
    status: PlanStatus
    revision: int
    agreed_revision: int | None = Field(description="What the network counts on")


class PlanLineOut(BaseModel):
    """What is planned for one project, or one strand of it."""

    project_id: UUID
    code: str
    strand: str | None
    number: int = Field(description="Of the project's version in force when the line was written")
    groups: int
    schools: int | None
    participants: int | None
    leads: int | None
    note: str | None


class HubPlanDetail(HubPlanOut):
    """The same with its newest lines, and what the documents say of them. The ETag is what a change needs."""

    window: PlanWindowOut
    lines: list[PlanLineOut]
    facts: dict[str, int]
    faults_count: int
    findings: list[Finding]


class LineChange(BaseModel):
    """How a revision differs from the one before in one project or strand. Null: it had or has none."""

    code: str
    strand: str | None
    before: PlanLineOut | None
    after: PlanLineOut | None


class PlanRevisionOut(BaseModel):
    """One state of a plan, and what changed in it."""

    revision: int
    status: PlanStatus
    begun_by: UUID
    begun_at: datetime
    submitted_by: UUID | None
    submitted_at: datetime | None
    explanation: str | None
    findings: list[Finding] | None = Field(description="When it was handed in")
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    changes: list[LineChange]


class TargetCount(BaseModel):
    """What was agreed with hubs, added up; 0 where nothing was."""

    groups: int
    schools: int
    participants: int


class DeliveryCount(BaseModel):
    """Groups by where they stand, and who is in those that run or have completed."""

    forming: int
    running: int
    completed: int
    cancelled: int
    schools: int
    participants: int
    attended: int = Field(description="Participants whom a register has as present at least once")


class CountOut(BaseModel):
    """Numbers of one project, in one region or in all: planned, agreed with hubs, and there."""

    hubs: int = Field(description="That plan at least one group")
    groups: int
    schools: int
    participants: int
    targets: TargetCount
    delivery: DeliveryCount


class ProjectPlanOut(CountOut):
    """A project in all hubs' plans."""

    project_id: UUID
    code: str
    title: str
    regions: dict[str, CountOut]


class NetworkPlanOut(BaseModel):
    """All hubs' plans together. Counted are agreed plans, or with `basis=newest` what hubs are working on."""

    network_slug: str
    project_year: str
    basis: Literal["agreed", "newest"]
    hubs: int = Field(description="That take part")
    plans: dict[str, int] = Field(description="How many plans are in which state; `none` are hubs without one")
    projects: list[ProjectPlanOut]
    aims: list[AimStanding]
    findings: list[Finding]


class BasisChosen(BaseModel):
    """Which revisions are counted."""

    model_config = ConfigDict(extra="forbid")

    basis: Literal["agreed", "newest"] = "agreed"
