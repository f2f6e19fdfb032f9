"""What the API says about the way to chartered status."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from certification.chartered.rules import ApplicationStatus, PathwayRules, Stage
from chassis.wire import Day

READABLE = ConfigDict(from_attributes=True)
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=10_000, pattern=r"^[^\x00]+$")
]


class CharteredPathwayOut(BaseModel):
    """A pathway to chartered status, and who decides at its end."""

    model_config = READABLE

    slug: str
    version: int
    effective_from: date
    title: str
    organisation_id: UUID = Field(description="Who decides")
    source: str
    stages: list[Stage]
    consent: str = Field(description="What a teacher agrees to before anything is sent")


class CharteredPathwayList(BaseModel):
    """The pathways in force."""

    data: list[CharteredPathwayOut]


class ApplicationRequest(BaseModel):
    """A pathway to begin."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"pathway": "chartered-teacher-of-computing"}]}
    )

    pathway: str = Field(min_length=1, max_length=60)


class StatementRequest(BaseModel):
    """Something written for a need of the pathway."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "need": "impact-statement",
                    "text": "Our whole department now plans programming lessons from the misconceptions that pupils "
                    "show in the first ten minutes; in two years the share of pupils who take the subject further "
                    "has doubled.",
                }
            ]
        },
    )

    need: str = Field(min_length=1, max_length=60)
    text: Prose


class ConsentRequest(BaseModel):
    """A teacher's word that the evidence may be sent, once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"agrees": True}]})

    agrees: Literal[True] = Field(description="To what the pathway's `consent` says")


class WithdrawalRequest(BaseModel):
    """Why an application is withdrawn."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "I am moving to another subject this year."}]}
    )

    reason: Prose


class NeedOut(BaseModel):
    """How far a need is met."""

    model_config = READABLE

    need: str
    kind: str
    title: str
    have: int
    asked: int
    is_met: bool


class StageOut(BaseModel):
    """How far a stage is."""

    model_config = READABLE

    stage: str
    title: str
    is_met: bool
    needs: list[NeedOut]


class ConsentOut(BaseModel):
    """A consent, word for word."""

    model_config = READABLE

    statement: str
    given_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


class StatementOut(BaseModel):
    """Something the teacher wrote."""

    model_config = READABLE

    need: str
    text: str
    submitted_at: datetime


class DecisionOut(BaseModel):
    """A decision of the deciding organisation. A later revision replaces it; none is taken away."""

    model_config = READABLE

    revision: int
    outcome: Literal["granted", "refused", "more_evidence"]
    reason: str
    reference: str
    decided_on: date
    status_from_on: date | None
    renew_by_on: date | None
    recorded_at: datetime


class SentOut(BaseModel):
    """What was sent, when, and who fetched it how often."""

    model_config = READABLE

    id: UUID
    sent_at: datetime
    sha256: str = Field(description="Of the bundle, in hexadecimal")
    fetches: int = Field(description="How often the deciding organisation has fetched it")
    decisions: list[DecisionOut]


class ApplicationOut(BaseModel):
    """An application with its stages, consents, what was sent and what was decided."""

    id: UUID
    pathway: str
    version: int
    title: str
    status: ApplicationStatus
    began_at: datetime
    withdrawn_at: datetime | None
    stages: list[StageOut]
    statements: list[StatementOut]
    consents: list[ConsentOut]
    submissions: list[SentOut]


class ApplicationList(BaseModel):
    """The caller's applications."""

    data: list[ApplicationOut]


class PathwayVersionRecord(BaseModel):
    """A version in the reference file."""

    model_config = ConfigDict(extra="forbid")

    version: int
    effective_from: Day
    title: str
    source: str
    rules: PathwayRules


class CharteredPathwayRecord(BaseModel):
    """A pathway in the reference file."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    organisation_id: UUID
    versions: list[PathwayVersionRecord]
