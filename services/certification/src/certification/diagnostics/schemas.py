"""What the API says about diagnostics."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.diagnostics.cases import AnswersCase
from certification.diagnostics.checking import SoundQuestionnaire
from certification.diagnostics.fixed_form import EarlyExit, read_definition
from certification.diagnostics.outcomes import Scored, result_of
from certification.diagnostics.rules import Question, Questionnaire, after
from chassis.wire import Day


class DiagnosticSummary(BaseModel):
    """A questionnaire that can be taken."""

    model_config = ConfigDict(from_attributes=True)

    slug: str = Field(examples=["subject-knowledge"])
    version: int
    title: str
    schemes: list[str] = Field(description="Certificates that it is meant for; empty for all")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "DiagnosticSummary":
        """From a stored version."""
        return cls(**_head(row, read_definition(row["definition"])))


class DiagnosticList(BaseModel):
    """The diagnostics in force."""

    data: list[DiagnosticSummary]


class AnswerOut(BaseModel):
    """One answer somebody can choose."""

    answer: int
    text: str
    next_question: int | None = Field(description="The question that it leads to; null for the end")


class QuestionOut(BaseModel):
    """One question. The first asked is number 1."""

    number: int
    section: str | None
    topic: str
    text: str
    answers: list[AnswerOut]

    @classmethod
    def of(cls, questionnaire: Questionnaire, question: Question) -> "QuestionOut":
        """With where each answer leads."""
        answers = [
            AnswerOut(answer=one.answer, text=one.text, next_question=after(questionnaire, question, one))
            for one in question.answers
        ]
        plain = question.model_dump(include={"number", "section", "topic", "text"})
        return cls(**plain, answers=answers)


class DiagnosticOut(DiagnosticSummary):
    """A questionnaire with its questions."""

    source: str
    questions: list[QuestionOut]
    early_exit: EarlyExit | None = Field(
        description="The one answer to question 1 that ends the questionnaire, where there is just one"
    )

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "DiagnosticOut":
        """From a stored version."""
        questionnaire = read_definition(row["definition"])
        return cls(
            **_head(row, questionnaire),
            source=row["source"],
            questions=[QuestionOut.of(questionnaire, one) for one in questionnaire.questions],
            early_exit=_early_exit(questionnaire),
        )


def _head(row: Mapping[str, Any], questionnaire: Questionnaire) -> dict[str, Any]:
    return {name: row[name] for name in ("slug", "version", "title")} | {"schemes": list(questionnaire.schemes)}


def _early_exit(questionnaire: Questionnaire) -> EarlyExit | None:
    first = questionnaire.question(1)
    ending = [one.answer for one in first.answers if after(questionnaire, first, one) is None]
    if len(ending) != 1 or len(questionnaire.questions) == 1:
        return None
    return EarlyExit(question=1, answer=ending[0], pathway=result_of(questionnaire, {1: ending[0]}).pathway)


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


class SittingRequest(BaseModel):
    """Which questionnaire to sit."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"diagnostic": "primary-computing"}]})

    diagnostic: str = Field(min_length=1, max_length=60)


class AnswersSaved(BaseModel):
    """Answers to keep, in the order in which the questions are asked. One to a question answered before replaces it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answers": [{"question": 1, "answer": 2}]}]}
    )

    answers: Annotated[list[AnswerGiven], Field(min_length=1, max_length=100)]


class SittingOut(BaseModel):
    """Answers on their way."""

    id: UUID
    diagnostic: str
    version: int = Field(description="The version in force when it began, whatever is published later")
    revision: int = Field(description="Counts every change; the entity tag")
    answers: list[AnswerGiven] = Field(description="In the order in which the questions are asked")
    next_question: int | None = Field(description="The question to ask next; null when there is nothing more to ask")
    began_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    response_id: UUID | None


class SavedSittingOut(SittingOut):
    """Answers on their way, and what another answer took off it."""

    dropped: list[int] = Field(description="Questions whose answers are not on the way any more")


class PathwayOut(BaseModel):
    """A recommended set of activities, by catalogue code."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    title: str
    courses: list[str]
    community: list[str]


class DimensionOut(BaseModel):
    """The score in one dimension, and its band. Both are null where nothing was asked about it."""

    dimension: str
    title: str
    score: int | None
    band: str | None
    band_title: str | None

    @classmethod
    def of(cls, scored: Scored) -> "DimensionOut":
        """From what was worked out."""
        band = scored.band
        return cls(
            dimension=scored.dimension,
            title=scored.title,
            score=scored.score,
            band=band.band if band else None,
            band_title=band.title if band else None,
        )


class DiagnosticResultOut(BaseModel):
    """The result of an attempt."""

    id: UUID
    diagnostic: str
    version: int
    score: int = Field(description="The sum over all dimensions")
    dimensions: list[DimensionOut]
    answers: list[AnswerGiven]
    reason: str
    pathway: PathwayOut
    submitted_at: datetime


def pairs(asked: Sequence[int] | None, answers: Sequence[int]) -> list[AnswerGiven]:
    """Answers with their questions; from before questionnaires branched these were 1, 2, 3, …"""
    numbers = range(1, len(answers) + 1) if asked is None else asked
    return [AnswerGiven(question=one, answer=answer) for one, answer in zip(numbers, answers, strict=True)]


class DiagnosticVersionRecord(BaseModel):
    """A version in the reference file."""

    model_config = ConfigDict(extra="forbid")

    version: int
    effective_from: Day
    effective_to: Day | None = None
    title: str
    activity: str
    counts_as: str | None = None
    source: str
    definition: SoundQuestionnaire
    cases: list[AnswersCase] = []


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
