"""Bodies and answers of dashboards. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.transport import Model


class DashboardEntry(Model):
    """A dashboard that the caller may open."""

    address: str
    hub_id: UUID | None
    hub_name: str | None
    kind: str
    network: str
    network_title: str
    project_year: str


class DashboardsOut(Model):
    """Every dashboard that the caller may open, the newest year first."""

    data: list[DashboardEntry]


class DeliveryFigures(Model):
    """Groups, and who is in those that run or have completed."""

    cancelled: int
    completed: int
    forming: int
    held: int
    leads: int
    marked: int
    participants: int
    present: int
    running: int
    schools: int
    schools_reached: int
    to_come: int
    unmarked: int


class MoneyFigures(Model):
    """Our part of the grants of groups, in pence, as funding last told it."""

    awarded_pence: int
    drawn_pence: int
    expected_pence: int
    groups: int
    owed_pence: int
    questions: int
    to_return_pence: int


class PlanFigures(Model):
    """What plans of hubs say."""

    groups: int
    hubs: int
    leads: int
    participants: int
    schools: int


class RecruitmentFigures(Model):
    """Applications by where they stand."""

    applied: int
    declined: int
    interested: int
    selected: int
    waiting: int
    withdrawn: int


class ReportFigures(Model):
    """Reports by where they stand. What is late or due soon is open as well."""

    accepted: int
    due_soon: int
    late: int
    open: int
    submitted: int


class Figures(Model):
    """A year so far."""

    delivery: DeliveryFigures
    money: MoneyFigures | None
    plan: PlanFigures
    recruitment: RecruitmentFigures
    reports: ReportFigures


class GroupMoneyFigures(Model):
    """One group's money in pence."""

    awarded_pence: int
    drawn_pence: int
    expected_pence: int
    grant_status: str | None
    owed_pence: int
    question_code: str | None
    to_return_pence: int


class HubDashboardGroup(Model):
    """A group of a hub, with its money."""

    ends_on: dt.date | None
    group_id: UUID
    held: int
    hub_id: UUID
    hub_name: str
    marked: int
    money: GroupMoneyFigures | None
    next_on: dt.date | None
    participants: int
    participants_at_most: int | None
    present: int
    project_code: str
    project_title: str
    reports_late: int
    reports_open: int
    schools: int
    schools_at_most: int | None
    starts_on: dt.date
    status: str
    title: str


class ProjectFigures(Model):
    """One project."""

    code: str
    delivery: DeliveryFigures
    kind: str
    money: MoneyFigures | None
    participation: str
    plan: PlanFigures
    project_id: UUID
    recruitment: RecruitmentFigures
    reports: ReportFigures
    title: str


class ReportsDue(Model):
    """Reports of one duty that are open and due on the same day."""

    by: str
    due_on: dt.date
    is_late: bool
    project_code: str
    reports: int
    title: str


class HubDashboard(Model):
    """The same for one hub."""

    as_at: dt.datetime
    basis: str
    groups: list[HubDashboardGroup]
    hub_id: UUID
    hub_name: str
    network: str
    network_title: str
    plan_status: str
    project_year: str
    projects: list[ProjectFigures]
    region: str
    reports_due: list[ReportsDue]
    total: Figures


class HubFigures(Model):
    """One hub."""

    delivery: DeliveryFigures
    hub_id: UUID
    hub_name: str
    left_on: dt.date | None
    money: MoneyFigures | None
    plan: PlanFigures
    plan_status: str
    recruitment: RecruitmentFigures
    region: str
    reports: ReportFigures


class RegionFigures(Model):
    """One region: the hubs that lie in it."""

    delivery: DeliveryFigures
    hubs: int
    money: MoneyFigures | None
    plan: PlanFigures
    recruitment: RecruitmentFigures
    region: str
    reports: ReportFigures


class NetworkDashboard(Model):
    """A network's year for its national team."""

    as_at: dt.datetime
    basis: str
    hubs: list[HubFigures]
    network: str
    network_title: str
    plans: dict[str, int]
    project_year: str
    projects: list[ProjectFigures]
    regions: list[RegionFigures]
    reports_due: list[ReportsDue]
    total: Figures


class OwnDashboardGroup(Model):
    """A group that the caller leads, is in, or whose school is in it. People and reports are those they may
    see.
    """

    ends_on: dt.date | None
    group_id: UUID
    held: int
    hub_id: UUID
    hub_name: str
    marked: int
    next_on: dt.date | None
    part: str
    participants: int
    participants_at_most: int | None
    present: int
    project_code: str
    project_title: str
    reports_late: int
    reports_open: int
    schools: int
    schools_at_most: int | None
    starts_on: dt.date
    status: str
    title: str


class OwnDashboard(Model):
    """The caller's own groups of a network's year."""

    as_at: dt.datetime
    groups: list[OwnDashboardGroup]
    network: str
    network_title: str
    project_year: str
