"""Reports on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, StringConstraints, model_validator

from hubs.academic_years import AcademicYear
from hubs.project_reports.rules import Level, ReportStatus
from hubs.projects.evaluation import DutyBy, DutyKind, OutcomeKind

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=6000)]
NetworkSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class OutcomeAnswer(BaseModel):
    """How far one kind of outcome was reached, and what shows it."""

    model_config = ConfigDict(extra="forbid")

    kind: OutcomeKind
    level: Level = Field(description="How far it was reached: `none`, `some`, `most` or `full`")
    evidence: Text = Field(description="What shows it, without names of people")
    reached: NonNegativeInt | None = Field(default=None, le=100_000, description="Of how many it holds")
    out_of: NonNegativeInt | None = Field(default=None, le=100_000, description="Of how many it was asked")

    @model_validator(mode="after")
    def _counts_together(self) -> "OutcomeAnswer":
        if (self.reached is None) != (self.out_of is None):
            raise ValueError("give both counts or neither")
        if self.reached is not None and self.out_of is not None and self.reached > self.out_of:
            raise ValueError("it cannot hold of more than it was asked of")
        return self


class Answers(BaseModel):
    """What a report says. A draft may lack anything; handing it in asks for all of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "outcomes": [
                        {
                            "kind": "professional_learning",
                            "level": "most",
                            "evidence": "Eleven of fourteen teachers explain the structures that they plan with.",
                            "reached": 11,
                            "out_of": 14,
                        }
                    ],
                    "summary": "Six sessions were held and every school was visited each term.",
                }
            ]
        },
    )

    outcomes: list[OutcomeAnswer] = Field(default=[], max_length=5)
    summary: Text | None = None
    next_steps: Text | None = None


class DecisionIn(BaseModel):
    """What becomes of a report that was handed in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"outcome": "returned", "reason": "The outcomes for pupils name no evidence; please add it."}]
        },
    )

    outcome: Literal["accepted", "returned"]
    reason: Text | None = Field(default=None, description="What is missing; with `returned` it is needed")

    @model_validator(mode="after")
    def _says_why(self) -> "DecisionIn":
        if self.outcome == "returned" and self.reason is None:
            raise ValueError("say why the report comes back")
        return self


class ReportFilter(BaseModel):
    """Which reports."""

    network: NetworkSlug | None = None
    project_year: AcademicYear | None = None
    project_code: str | None = Field(default=None, max_length=20)
    hub_id: UUID | None = None
    group_id: UUID | None = None
    status: ReportStatus | None = None
    duty: str | None = Field(default=None, max_length=60)
    is_overdue: bool | None = None


class ReportOut(BaseModel):
    """A report that is owed or was handed in."""

    id: UUID
    network: str
    project_code: str
    project_year: str
    hub_id: UUID | None
    group_id: UUID | None
    urn: str | None
    participant_id: UUID | None
    duty: str
    title: str
    by: DutyBy
    kind: DutyKind
    due_on: date | None
    due_in_words: str | None
    is_overdue: bool
    status: ReportStatus
    submissions: int
    submitted_at: datetime | None
    decided_at: datetime | None
    reason: str | None
    version: int


class AttendanceOut(BaseModel):
    """What the registers say of those whom a report is about."""

    sessions_held: int
    marked: int = Field(description="Marks of sessions that were held, without excused absences")
    present: int


class ReportDetail(ReportOut):
    """A report with what it asks for, what it says and what the registers say."""

    outcome_kinds: list[OutcomeKind] = Field(description="Outcomes that it has to speak of")
    missing: list[str] = Field(description="What it lacks before it can be handed in")
    answers: Answers | None = Field(description="None for others than its writers until it is handed in")
    attendance: AttendanceOut


class YearFilter(BaseModel):
    """A network and a year."""

    model_config = ConfigDict(extra="forbid")

    network: NetworkSlug
    project_year: AcademicYear


class OutcomeTally(BaseModel):
    """How far one kind of outcome was reached, over reports that were handed in."""

    kind: OutcomeKind
    levels: dict[Level, int]
    reached: int
    out_of: int


class ProjectOverview(BaseModel):
    """How the reports of one project stand."""

    project_code: str
    project_title: str
    owed: int
    draft: int
    submitted: int
    returned: int
    accepted: int
    overdue: int
    groups: int = Field(description="Groups that owe a report or have handed one in")
    registers_unmarked: int = Field(description="Sessions that were, and whose register is empty")
    outcomes: list[OutcomeTally]


class OverviewOut(BaseModel):
    """How the reports of a network's year stand, by project."""

    network: str
    project_year: str
    projects: list[ProjectOverview]
