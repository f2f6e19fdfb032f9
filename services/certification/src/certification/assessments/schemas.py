"""What the API says about assessments and attempts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from certification.assessments.rules import AttemptStatus, GateStatus, Outcome
from certification.credits.amounts import CreditAmount
from certification.question_banks.schemas import Limits

READABLE = ConfigDict(from_attributes=True)
Letter = Annotated[str, StringConstraints(pattern="^[a-l]$")]
DAY_SECONDS = 86_400


class TopicOnPaper(BaseModel):
    """A part of the subject."""

    topic: str
    title: str
    questions: int = Field(description="How many questions of a paper are from it")


class AssessmentSummary(BaseModel):
    """An assessment that can be sat."""

    slug: str = Field(examples=["gcse-subject-knowledge"])
    title: str
    scheme: str
    version: int = Field(description="Of its questions and limits; an attempt keeps the one that it began with")
    provider: str | None = Field(description="Who holds it for us; null when it is sat here")
    limits: Limits
    conditions: list[str] = Field(description="What you accept before each attempt")
    topics: list[TopicOnPaper]


class AssessmentList(BaseModel):
    """All assessments that can be sat."""

    data: list[AssessmentSummary]


class GateOut(BaseModel):
    """Whether you may begin an attempt now, and why not."""

    status: GateStatus
    opens_at: datetime | None = Field(description="When the next attempt may begin, where that is a matter of time")
    reasons: list[str]
    attempts: int
    failures: int
    extra_time_percent: int = Field(description="Granted to you")
    pass_percent: CreditAmount | None


class AssessmentDetail(BaseModel):
    """An assessment and where you stand with it."""

    assessment: AssessmentSummary
    gate: GateOut


class AttemptRequest(BaseModel):
    """That the conditions are accepted."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"accepts_conditions": True}]})

    accepts_conditions: Literal[True]


class OptionOut(BaseModel):
    """An option as it is shown."""

    option: str = Field(description="Its letter on your paper", examples=["b"])
    text: str


class QuestionOut(BaseModel):
    """A question on your paper, and what you have answered so far."""

    question: int = Field(description="Its place on your paper", examples=[1])
    topic: str
    text: str
    choose: int = Field(description="How many options are right")
    marks: int
    options: list[OptionOut]
    answer: list[str]


class TopicResult(BaseModel):
    """How a part of the subject went."""

    topic: str
    title: str
    marks_awarded: int
    marks_possible: int


class AttemptSummary(BaseModel):
    """An attempt."""

    model_config = READABLE

    id: UUID
    assessment: str
    number: int = Field(description="1, 2, 3, … of your attempts at this assessment")
    status: AttemptStatus
    provider: str | None
    started_at: datetime
    deadline_at: datetime = Field(description="The first moment that is too late for an answer")
    expires_at: datetime
    extra_time_percent: int
    pass_percent: CreditAmount
    saved_number: int
    saved_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None = Field(description="submission, time_limit, expiry, or result of a provider")
    marks_awarded: int | None
    marks_possible: int | None
    percent: CreditAmount | None = Field(description="Rounded down")
    outcome: Outcome | None


class AttemptOut(AttemptSummary):
    """An attempt with its paper while it is in progress, and with how each topic went once it is marked.

    Which answers are right is never told, before or after: the questions are put again.
    """

    now_at: datetime = Field(description="This moment, for a clock that runs down")
    questions: list[QuestionOut]
    topics: list[TopicResult]


class Answer(BaseModel):
    """What was chosen for one question."""

    model_config = ConfigDict(extra="forbid")

    question: int = Field(ge=1, le=100)
    options: list[Letter] = Field(max_length=12, description="Letters on your paper; none takes an answer back")
    seconds_spent: int | None = Field(None, ge=0, le=DAY_SECONDS, description="Looking at it, if the client knows")


SAVED: list[JsonValue] = [{"question": 1, "options": ["b"], "seconds_spent": 41}, {"question": 2, "options": ["a"]}]


class Answers(BaseModel):
    """All answers so far. They replace those saved before; a question left out is not answered."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"save_number": 3, "answers": SAVED}]})

    save_number: int = Field(
        ge=1, le=2**31 - 1, description="1, 2, 3, … as the client saves: what arrives after a later one changes nothing"
    )
    answers: list[Answer] = Field(max_length=100)


class Submission(BaseModel):
    """Handing in, with all answers or with those that were saved."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"answers": SAVED}]})

    answers: list[Answer] | None = Field(None, max_length=100, description="Null for what was saved")


class SavedOut(BaseModel):
    """What is kept."""

    model_config = READABLE

    saved_number: int
    saved_at: datetime | None
    deadline_at: datetime
