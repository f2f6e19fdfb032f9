"""What the API says about progress."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.assessments.rules import GateStatus
from certification.credits.amounts import CreditAmount
from certification.endorsements.schemas import EndorsementOut
from certification.progress.rules import Status
from contracts.certification import Component

READABLE = ConfigDict(from_attributes=True)


class EntryOut(BaseModel):
    """One entry of the credit ledger."""

    model_config = READABLE

    id: UUID
    activity: str = Field(description="Catalogue code, or the platform's name of its own action")
    hours: CreditAmount
    credits: CreditAmount
    occurred_on: date
    recorded_at: datetime
    source: str = Field(description="The fact or evidence it rests on")


class ComponentOut(BaseModel):
    """One component. `counted` is `recorded` up to `required`; `surplus` is kept and never fills another component."""

    model_config = READABLE

    component: Component
    title: str
    required: CreditAmount
    recorded: CreditAmount
    counted: CreditAmount
    needed: CreditAmount
    surplus: CreditAmount
    entries: list[EntryOut]


class RequirementOut(BaseModel):
    """Something the certificate asks for besides credits, and how far it is met: `have` of `need` in its measure."""

    model_config = READABLE

    title: str
    measure: str = Field(description="credits, hours, activities, certificates, or conditions: of these, `parts`")
    have: CreditAmount
    need: CreditAmount
    is_met: bool
    parts: list["RequirementOut"]


class AssessmentProgress(BaseModel):
    """The summative assessment, where the certificate needs one."""

    pass_percent: CreditAmount
    is_passed: bool
    is_open: bool = Field(description="Whether what has to be met before it is met")
    opens_when: RequirementOut | None
    assessment: str | None = Field(description="Its name at /v1/assessments; null while there is none to sit")
    status: GateStatus = Field(description="Whether an attempt may begin now")
    closed_because: list[str]
    opens_at: datetime | None = Field(description="When the next attempt may begin, where that is a matter of time")
    attempts: int
    failures: int
    best_percent: CreditAmount | None = Field(description="Of the attempts that were marked")


class BandOut(BaseModel):
    """A band of the latest diagnostic."""

    model_config = READABLE

    dimension: str
    band: str


class BecauseOut(BaseModel):
    """Why an activity is recommended, for programs."""

    model_config = READABLE

    kind: Literal["pathway", "requirement", "component"] = Field(
        description="In the pathway that the latest diagnostic recommended; for a requirement that is not met; "
        "for credits that a component lacks"
    )
    pathway: str | None = Field(description="The pathway, where it is in one")
    bands: list[BandOut] = Field(description="The bands of the diagnostic that recommended the pathway")
    requirement: str | None = Field(description="The title of the requirement")
    replaces: str | None = Field(description="The pathway's own activity, which is not offered any more")


class RecommendationOut(BaseModel):
    """An activity that would help next, and why this one."""

    model_config = READABLE

    component: Component
    activity: str
    title: str
    credits: CreditAmount | None = Field(description="What it earns here; null where that depends on its hours")
    reason: str
    because: BecauseOut


class HintOut(BaseModel):
    """Something that would help next."""

    model_config = READABLE

    component: Component
    hint: str


class SchemeProgress(BaseModel):
    """How far the caller is in one scheme."""

    scheme: str
    scheme_version: int
    title: str
    awarded_to: Literal["person", "school"] = Field(
        description="Of a school's award, what the teachers of the school did between them counts"
    )
    status: Status
    counted: CreditAmount
    required: CreditAmount
    components: list[ComponentOut]
    requirements: list[RequirementOut]
    assessment: AssessmentProgress | None
    award_check: Literal["waiting", "withheld"] | None = Field(
        None, description="Of a certificate that was drawn: whether two people still look at it, or withhold it"
    )
    award_due_at: datetime | None = Field(description="When the days between earning and award are over; else null")
    why_not_complete: list[str]
    what_next: list[HintOut]
    recommendations: list[RecommendationOut]


class Progress(BaseModel):
    """How far the caller is in every scheme they are enrolled in."""

    data: list[SchemeProgress]
    endorsements: list[EndorsementOut] = Field(description="What organisations say of the caller, while it stands")
