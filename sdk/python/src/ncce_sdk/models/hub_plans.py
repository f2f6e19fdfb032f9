"""Bodies and answers of hub plans. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AimStanding(Model):
    """An aim of the network or of a project, what is planned towards it, and what is there."""

    at_least: int | None
    at_most: int | None
    delivered: int
    is_limit: bool
    measure: str
    planned: int
    project: str | None
    says: str
    source: str


class DeliveryCount(Model):
    """Groups by where they stand, and who is in those that run or have completed."""

    attended: int
    cancelled: int
    completed: int
    forming: int
    participants: int
    running: int
    schools: int


class TargetCount(Model):
    """What was agreed with hubs, added up; 0 where nothing was."""

    groups: int
    participants: int
    schools: int


class CountOut(Model):
    """Numbers of one project, in one region or in all: planned, agreed with hubs, and there."""

    delivery: DeliveryCount
    groups: int
    hubs: int
    participants: int
    schools: int
    targets: TargetCount


class Finding(Model):
    """One thing about a plan that a rule of the network's documents speaks of."""

    code: str
    planned: int | None = None
    project: str | None = None
    says: str
    severity: str
    source: str
    strand: str | None = None
    wanted: int | None = None


class PlanLineOut(Model):
    """What is planned for one project, or one strand of it."""

    code: str
    groups: int
    leads: int | None
    note: str | None
    number: int
    participants: int | None
    project_id: UUID
    schools: int | None
    strand: str | None


class PlanWindowOut(Model):
    """When the plan may be handed in."""

    closes_on: dt.date | None
    is_open: bool
    open_until_on: dt.date | None
    opens_on: dt.date | None


class HubPlanDetail(Model):
    """The same with its newest lines, and what the documents say of them. The ETag is what a change needs."""

    agreed_revision: int | None
    facts: dict[str, int]
    faults_count: int
    findings: list[Finding]
    hub_id: UUID
    hub_name: str
    id: UUID
    lines: list[PlanLineOut]
    network_slug: str
    project_year: str
    region: str
    revision: int
    status: str
    window: PlanWindowOut


class HubPlanIn(Model):
    """Of which hub, network and year."""

    hub_id: UUID
    network: str
    project_year: str


class HubPlanOut(Model):
    """A hub's plan for a year."""

    agreed_revision: int | None
    hub_id: UUID
    hub_name: str
    id: UUID
    network_slug: str
    project_year: str
    region: str
    revision: int
    status: str


class LineChange(Model):
    """How a revision differs from the one before in one project or strand. Null: it had or has none."""

    after: PlanLineOut | None
    before: PlanLineOut | None
    code: str
    strand: str | None


class ProjectPlanOut(Model):
    """A project in all hubs' plans."""

    code: str
    delivery: DeliveryCount
    groups: int
    hubs: int
    participants: int
    project_id: UUID
    regions: dict[str, CountOut]
    schools: int
    targets: TargetCount
    title: str


class NetworkPlanOut(Model):
    """All hubs' plans together. Counted are agreed plans, or with `basis=newest` what hubs are working on."""

    aims: list[AimStanding]
    basis: str
    findings: list[Finding]
    hubs: int
    network_slug: str
    plans: dict[str, int]
    project_year: str
    projects: list[ProjectPlanOut]


class PageHubPlanOut(Model):
    """PageHubPlanOut."""

    data: list[HubPlanOut]
    page: PageInfo


class PlanRevisionOut(Model):
    """One state of a plan, and what changed in it."""

    begun_at: dt.datetime
    begun_by: UUID
    changes: list[LineChange]
    decided_at: dt.datetime | None
    decided_by: UUID | None
    explanation: str | None
    findings: list[Finding] | None
    reason: str | None
    revision: int
    status: str
    submitted_at: dt.datetime | None
    submitted_by: UUID | None


class PagePlanRevisionOut(Model):
    """PagePlanRevisionOut."""

    data: list[PlanRevisionOut]
    page: PageInfo


class PlanDecisionIn(Model):
    """What the national team says."""

    outcome: Literal["agreed", "returned"]
    reason: str


class PlanLineIn(Model):
    """What is planned for one project, or one strand of it."""

    code: str
    groups: int
    leads: int | None = None
    note: str | None = None
    participants: int | None = None
    schools: int | None = None
    strand: str | None = None


class PlanLinesIn(Model):
    """The whole plan: a project left out is not planned."""

    facts: dict[str, Any] | None = None
    lines: list[PlanLineIn]


class PlanReopeningIn(Model):
    """The national team takes a hub's plan in for longer than those of others."""

    reason: str
    until_on: dt.date


class PlanSubmissionIn(Model):
    """The hub hands its plan in."""

    explanation: str | None = None
