"""What the API and the bank files say about assessments and questions."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

CLOSED = ConfigDict(extra="forbid", frozen=True)
MOST_EXTRA_PERCENT = 100
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000)]


class Difficulty(StrEnum):
    """How hard a question is meant to be; the statistics tell how hard it is."""

    FOUNDATION = "foundation"
    CORE = "core"
    STRETCH = "stretch"


class Limits(BaseModel):
    """How an assessment is sat. What passes it, and what has to be met first, is in the rules of the scheme."""

    model_config = CLOSED

    questions: int = Field(25, ge=1, le=100, description="Questions on a paper")
    time_limit_minutes: int = Field(30, ge=1, le=300, description="What was saved by then is marked")
    expires_after_minutes: int = Field(120, ge=2, le=1440, description="How long a result of another's is waited for")
    attempts_at_once: int = Field(2, ge=1, le=100, description="Failures before which nobody waits")
    wait_hours: int = Field(48, ge=0, le=24 * 365, description="From the last failure to the next attempt, after those")
    expired_counts_as: Literal["nothing", "failure"] = Field(
        "nothing", description="An attempt at another's of which no result came in time"
    )
    late_results: Literal["count", "recorded_only"] = Field(
        "recorded_only", description="A result for an attempt that was finished after it had expired"
    )
    statistics_from: int = Field(20, ge=5, le=1000, description="Figures of a question are shown from so many answers")

    @model_validator(mode="after")
    def _leaves_room_for_extra_time(self) -> "Limits":
        if self.time_limit_minutes * (100 + MOST_EXTRA_PERCENT) > self.expires_after_minutes * 100:
            raise ValueError("an attempt must not expire before twice its time limit, which is the most extra time")
        return self


class Topic(BaseModel):
    """A part of the subject and how many questions of a paper are from it."""

    model_config = CLOSED

    topic: Name
    title: Words
    questions: int = Field(ge=0, le=100)


class QuestionContent(BaseModel):
    """A question. Who is asked sees `right` and `wrong` mixed, in an order of their own."""

    model_config = CLOSED

    name: Name
    topic: Name
    difficulty: Difficulty
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000)]
    right: tuple[Words, ...] = Field(min_length=1, max_length=5, description="All of them have to be chosen, no other")
    wrong: tuple[Words, ...] = Field(min_length=1, max_length=7)
    marks: int = Field(1, ge=1, le=10)

    @model_validator(mode="after")
    def _options_differ(self) -> "QuestionContent":
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"two options of {self.name} are the same")
        return self

    @property
    def options(self) -> tuple[str, ...]:
        """Every option: the right ones, then the others. The order is never shown."""
        return (*self.right, *self.wrong)


class BankContent(BaseModel):
    """One version of an assessment, as a person edits it."""

    model_config = CLOSED

    source: str = Field(min_length=10, max_length=2000, description="Whose decision or work it is")
    limits: Limits = Limits()
    provider: Name | None = Field(None, description="Who holds the assessment for us; null when the platform does")
    conditions: tuple[Words, ...] = Field((), max_length=20, description="What is accepted before each attempt")
    topics: tuple[Topic, ...] = Field((), max_length=40)
    questions: tuple[QuestionContent, ...] = Field((), max_length=2000)

    @model_validator(mode="after")
    def _makes_papers(self) -> "BankContent":
        if self.provider is not None:
            if self.questions or self.topics:
                raise ValueError("the questions of an assessment that a provider holds are the provider's")
            return self
        there_are = Counter(one.topic for one in self.questions)
        quotas = {one.topic: one.questions for one in self.topics}
        if len(quotas) != len(self.topics) or len({one.name for one in self.questions}) != len(self.questions):
            raise ValueError("a topic or a question is there twice")
        if unknown := there_are.keys() - quotas.keys():
            raise ValueError(f"no such topic: {', '.join(sorted(unknown))}")
        if short := sorted(topic for topic, wanted in quotas.items() if there_are[topic] < wanted):
            raise ValueError(f"too few questions for a paper: {', '.join(short)}")
        if sum(quotas.values()) != self.limits.questions:
            raise ValueError("the questions of the topics do not make a paper")
        return self


EXAMPLE_QUESTIONS: list[JsonValue] = [
    {
        "name": "denary-of-1011",
        "topic": "data",
        "difficulty": "foundation",
        "text": "Which denary number is the unsigned binary number 1011?",
        "right": ["11"],
        "wrong": ["7", "13", "22"],
    },
    {
        "name": "lossless-formats",
        "topic": "data",
        "difficulty": "core",
        "text": "Which two of these formats keep every detail of what they compress?",
        "right": ["PNG", "FLAC"],
        "wrong": ["JPEG", "MP3"],
    },
    {
        "name": "binary-search-steps",
        "topic": "algorithms",
        "difficulty": "stretch",
        "text": "At most how many items does a binary search look at in a sorted list of 1,000?",
        "right": ["10"],
        "wrong": ["32", "500", "1,000"],
        "marks": 2,
    },
]
EXAMPLE: dict[str, JsonValue] = {
    "source": "Assessment board, minutes of November 2026",
    "limits": {"questions": 2, "time_limit_minutes": 30, "expires_after_minutes": 120},
    "conditions": ["You sit it alone and without notes."],
    "topics": [
        {"topic": "data", "title": "Data", "questions": 1},
        {"topic": "algorithms", "title": "Algorithms", "questions": 1},
    ],
    "questions": EXAMPLE_QUESTIONS,
}


class BankEdit(BankContent):
    """Other content for a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})


class BankRequest(BankContent):
    """A new version to propose."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"assessment": "gcse-subject-knowledge", **EXAMPLE}]},
    )

    assessment: Name


class AssessmentFacts(BaseModel):
    """The summative assessment of a scheme."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "slug": "primary-knowledge",
                    "scheme": "primary",
                    "title": "Primary computing assessment",
                    "organisation_id": "5d3ff9d4-5c9c-5a8e-8f8b-9f7a3a1f3b10",
                }
            ]
        },
    )

    slug: Name
    scheme: str = Field(min_length=1, max_length=60)
    title: Words
    organisation_id: UUID = Field(description="Whose assessors keep its questions and see its figures")


class AssessmentOut(BaseModel):
    """An assessment that was set up."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    scheme: str
    title: str
    organisation_id: UUID


class BankStatus(StrEnum):
    """How far a bank is."""

    DRAFT = "draft"
    APPROVED = "approved"
    DECLINED = "declined"
    PUBLISHED = "published"


class BankSummary(BaseModel):
    """A bank without its content."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    assessment: str
    revision: int = Field(description="Counts every change; the entity tag")
    status: BankStatus
    version: int | None = Field(description="Its number, once it is published")
    author_id: UUID | None = Field(description="Null for what came with the platform")
    created_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    published_at: datetime | None


class BankOut(BankSummary):
    """A bank with everything that it says."""

    content: BankContent
    retired: list[str] = Field(description="Its questions that are put to nobody any more")


class BankDecision(BaseModel):
    """A second person's word."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "Every answer was checked."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: Reason


class Retirement(BaseModel):
    """Why a question is put to nobody any more."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Two of its options can be defended."}]}
    )

    reason: Reason


class RetirementOut(BaseModel):
    """A question that is put to nobody any more."""

    model_config = ConfigDict(from_attributes=True)

    question: str
    retired_at: datetime
    retired_by: UUID
    reason: str
