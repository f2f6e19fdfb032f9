"""Bodies and answers of project reports. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class OutcomeAnswer(Model):
    """How far one kind of outcome was reached, and what shows it."""

    evidence: str
    kind: str
    level: str
    out_of: int | None = None
    reached: int | None = None


class Answers(Model):
    """What a report says. A draft may lack anything; handing it in asks for all of it."""

    next_steps: str | None = None
    outcomes: list[OutcomeAnswer] | None = None
    summary: str | None = None


class OutcomeTally(Model):
    """How far one kind of outcome was reached, over reports that were handed in."""

    kind: str
    levels: dict[str, int]
    out_of: int
    reached: int


class ProjectOverview(Model):
    """How the reports of one project stand."""

    accepted: int
    draft: int
    groups: int
    outcomes: list[OutcomeTally]
    overdue: int
    owed: int
    project_code: str
    project_title: str
    registers_unmarked: int
    returned: int
    submitted: int


class OverviewOut(Model):
    """How the reports of a network's year stand, by project."""

    network: str
    project_year: str
    projects: list[ProjectOverview]


class HubsProjectReportsSchemasAttendanceOut(Model):
    """What the registers say of those whom a report is about."""

    marked: int
    present: int
    sessions_held: int


class ReportDetail(Model):
    """A report with what it asks for, what it says and what the registers say."""

    answers: Answers | None
    attendance: HubsProjectReportsSchemasAttendanceOut
    by: str
    decided_at: dt.datetime | None
    due_in_words: str | None
    due_on: dt.date | None
    duty: str
    group_id: UUID | None
    hub_id: UUID | None
    id: UUID
    is_overdue: bool
    kind: str
    missing: list[str]
    network: str
    outcome_kinds: list[str]
    participant_id: UUID | None
    project_code: str
    project_year: str
    reason: str | None
    status: str
    submissions: int
    submitted_at: dt.datetime | None
    title: str
    urn: str | None
    version: int


class HubsProjectReportsSchemasReportOut(Model):
    """A report that is owed or was handed in."""

    by: str
    decided_at: dt.datetime | None
    due_in_words: str | None
    due_on: dt.date | None
    duty: str
    group_id: UUID | None
    hub_id: UUID | None
    id: UUID
    is_overdue: bool
    kind: str
    network: str
    participant_id: UUID | None
    project_code: str
    project_year: str
    reason: str | None
    status: str
    submissions: int
    submitted_at: dt.datetime | None
    title: str
    urn: str | None
    version: int


class ChassisPagingPageReportOut2(Model):
    """ChassisPagingPageReportOut2."""

    data: list[HubsProjectReportsSchemasReportOut]
    page: PageInfo


class HubsProjectReportsSchemasDecisionIn(Model):
    """What becomes of a report that was handed in."""

    outcome: Literal["accepted", "returned"]
    reason: str | None = None
