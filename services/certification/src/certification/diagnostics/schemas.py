"""What the API says about diagnostics."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.diagnostics.rules import EarlyExit, Question, Questionnaire


class DiagnosticSummary(BaseModel):
    """A questionnaire that can be taken."""

    model_config = ConfigDict(from_attributes=True)

    slug: str = Field(examples=["subject-knowledge"])
    version: int
    title: str


class DiagnosticList(BaseModel):
    """The diagnostics in force."""

    data: list[DiagnosticSummary]


class DiagnosticOut(DiagnosticSummary):
    """A questionnaire with its questions. An early exit means that no further answer is needed."""

    source: str
    questions: list[Question]
    early_exit: EarlyExit


class AnswerGiven(BaseModel):
    """The answer chosen for one question."""

    model_config = ConfigDict(extra="forbid")

    question: int = Field(ge=1, le=1000)
    answer: int = Field(ge=1, le=1000)


class DiagnosticSubmission(BaseModel):
    """Answers to a questionnaire."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"answers": [{"question": number, "answer": 3} for number in range(1, 6)]}]},
    )

    answers: Annotated[list[AnswerGiven], Field(min_length=1, max_length=100)]


class PathwayOut(BaseModel):
    """A recommended set of activities, by catalogue code."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    title: str
    courses: list[str]
    community: list[str]


class DiagnosticResultOut(BaseModel):
    """The result of an attempt."""

    id: UUID
    diagnostic: str
    version: int
    score: int
    reason: str
    pathway: PathwayOut
    submitted_at: datetime


class DiagnosticVersionRecord(BaseModel):
    """A version in the reference file."""

    model_config = ConfigDict(extra="forbid")

    version: int
    effective_from: date
    title: str
    activity: str
    source: str
    definition: Questionnaire


class DiagnosticRecord(BaseModel):
    """A diagnostic in the reference file."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    versions: list[DiagnosticVersionRecord]


class PathwayRecord(BaseModel):
    """A pathway in the reference file."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    title: str
    programme: str
    position: int
    status: str
    courses: list[str]
    community: list[str]
