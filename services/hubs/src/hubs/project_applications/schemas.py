"""Applications on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.academic_years import AcademicYear
from hubs.groups.schemas import Urn
from hubs.project_applications.models import ApplicationStatus
from hubs.projects.decisions import CriteriaDecision, Declaration, Override
from hubs.projects.parts import Code, Slug

MOST_DECLARATIONS = 100
DECLARED = {
    "criterion": "needs-leadership-support",
    "answer": True,
    "evidence": "The subject leader left in July; nobody has led the subject since.",
}


class ProjectApplicationIn(BaseModel):
    """An application, or interest in one: to which hub, for which project, and what the applicant says of itself."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "project_id": "01920000-0000-7000-8000-000000000003",
                    "hub_id": "01920000-0000-7000-8000-000000000001",
                    "interest_only": True,
                }
            ]
        },
    )

    project_id: UUID
    hub_id: UUID
    urn: Urn | None = Field(default=None, description="By a hub for a school; an applicant's own school when left out")
    interest_only: bool = Field(default=False, description="On the register of interest; to be submitted later")
    declarations: list[Declaration] = Field(default=[], max_length=MOST_DECLARATIONS)


class ProjectSubmissionIn(BaseModel):
    """From interest to application; what is declared now goes before what was declared then."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"declarations": []}]})

    declarations: list[Declaration] = Field(default=[], max_length=MOST_DECLARATIONS)


class ProjectCommitmentIn(BaseModel):
    """The statement of whoever speaks for the school."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"accepts": True}]})

    accepts: Literal[True] = Field(description="That the school does what the project's statement says")


class CriterionOverride(Override):
    """What a person decides of one criterion, whatever is known or declared."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "criterion": "needs-leadership-support",
                    "is_met": True,
                    "reason": "Seen on a visit on 12 October; notes are with the hub.",
                }
            ]
        },
    )


class ProjectSelectionIn(BaseModel):
    """What the hub does with an application."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"outcome": "waiting", "reason": "The group is full; the next one is in May."}]
        },
    )

    outcome: Literal["selected", "waiting", "declined"]
    group_id: UUID | None = Field(default=None, description="The group in which the applicant gets the place")
    organisation_id: UUID | None = Field(
        default=None, description="For which organisation of the group, where the project counts organisations"
    )
    reason: str | None = Field(default=None, min_length=5, max_length=1000, description="Needed to wait or decline")


class ProjectWithdrawalIn(BaseModel):
    """Why an application is taken back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Not this year after all."}]})

    reason: str = Field(min_length=5, max_length=1000)


class ProjectConsequenceOut(BaseModel):
    """What applying brought with it."""

    kind: str = Field(examples=["also_enrols"])
    project_code: str
    application_id: UUID | None = Field(description="The other application; null for who is exempt")
    says: str


class ProjectApplicationOut(BaseModel):
    """An application, why it may or may not be taken, and what became of it."""

    id: UUID
    project_id: UUID
    network: str
    project_code: str
    project_year: str
    hub_id: UUID
    urn: str | None
    person_id: UUID
    status: ApplicationStatus
    waiting_position: int | None = Field(description="Of those who wait at this hub, priority first")
    has_priority: bool
    declarations: list[Declaration]
    decision: CriteriaDecision
    committed_at: datetime | None
    caused_by: UUID | None = Field(description="The application that brought this one with it")
    consequences: list[ProjectConsequenceOut]
    group_id: UUID | None
    made_at: datetime
    applied_at: datetime | None
    decided_at: datetime | None
    reason: str | None


class ApplicationFilter(BaseModel):
    """Which applications."""

    network: Slug | None = None
    project_id: UUID | None = None
    project_code: Code | None = None
    project_year: AcademicYear | None = None
    hub_id: UUID | None = None
    status: ApplicationStatus | None = None
