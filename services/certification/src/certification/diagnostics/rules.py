"""A questionnaire as data: questions that lead to one another, bands of scores, and which pathway is recommended.

What is here is the form of the document. That it asks everybody something that ends, and leaves no result out, is held
by `diagnostics.checking`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FROZEN = ConfigDict(frozen=True, extra="forbid")
END = "end"
MOST_QUESTIONS = 60

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Target = Annotated[str, StringConstraints(pattern=r"^(end|question:[1-9][0-9]{0,2}|section:[a-z0-9][a-z0-9-]{0,59})$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]+$")]

LEADS_TO = "`question:7`, `section:networks` (its first question) or `end`; null for the question that comes next"


class AnswerText(BaseModel):
    """One answer somebody can choose."""

    model_config = FROZEN

    answer: int = Field(ge=1, le=1000)
    text: Text
    scores: Mapping[Slug, Annotated[int, Field(ge=0, le=20)]] = Field({}, description="What it scores, by dimension")
    leads_to: Target | None = Field(None, description=f"Before what the question says: {LEADS_TO}")


class Question(BaseModel):
    """One question, numbered from 1."""

    model_config = FROZEN

    number: int = Field(ge=1, le=1000)
    section: Slug | None = None
    topic: Text
    text: Text
    answers: tuple[AnswerText, ...] = Field(min_length=2, max_length=12)
    leads_to: Target | None = Field(None, description=LEADS_TO)


class Band(BaseModel):
    """Scores from and to, both included."""

    model_config = FROZEN

    band: Slug
    title: Text
    score_from: int = Field(ge=0)
    score_to: int = Field(ge=0)


class Dimension(BaseModel):
    """One thing that answers are scored in."""

    model_config = FROZEN

    dimension: Slug
    title: Text
    bands: tuple[Band, ...] = Field(min_length=1, max_length=12)


class BandIs(BaseModel):
    """The score of a dimension is in one of these bands. What was not asked about is in none."""

    model_config = FROZEN

    asks: Literal["band"]
    dimension: Slug
    bands: tuple[Slug, ...] = Field(min_length=1)


class AnswerIs(BaseModel):
    """A question was answered by one of these. One that was not asked was not."""

    model_config = FROZEN

    asks: Literal["answer"]
    question: int
    answers: tuple[int, ...] = Field(min_length=1)


class AnswersCounted(BaseModel):
    """So many of the answers that were given are among these."""

    model_config = FROZEN

    asks: Literal["count"]
    answers: tuple[int, ...] = Field(min_length=1)
    called: Text = Field(description="What such an answer is called, as in “two answers were low”")
    at_least: int = Field(0, ge=0)
    at_most: int | None = Field(None, ge=0)


Condition = Annotated[BandIs | AnswerIs | AnswersCounted, Field(discriminator="asks")]


class Outcome(BaseModel):
    """A pathway, and why."""

    model_config = FROZEN

    pathway: str = Field(min_length=1, max_length=80)
    reason: str = Field("", max_length=500, description="A sentence that comes before what the conditions say")


class Recommendation(Outcome):
    """An outcome for whoever meets every condition."""

    when: tuple[Condition, ...] = Field(min_length=1, max_length=10)


class Questionnaire(BaseModel):
    """A whole questionnaire. The first recommendation whose conditions are met counts; when none is, `otherwise`."""

    model_config = FROZEN

    schemes: tuple[Slug, ...] = Field((), max_length=10, description="Certificates that it is meant for")
    questions: tuple[Question, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)
    dimensions: tuple[Dimension, ...] = Field(max_length=8)
    recommendations: tuple[Recommendation, ...] = Field((), max_length=40)
    otherwise: Outcome

    def question(self, number: int) -> Question:
        """The question of a number that there is."""
        return self.questions[number - 1]

    def outcomes(self) -> tuple[Outcome, ...]:
        """Everything that may come of it."""
        return (*self.recommendations, self.otherwise)


def start_of(questionnaire: Questionnaire, section: str) -> int | None:
    """The first question of a section; None when there is no such section."""
    return next((one.number for one in questionnaire.questions if one.section == section), None)


def after(questionnaire: Questionnaire, question: Question, answer: AnswerText) -> int | None:
    """The question that an answer leads to; None for the end."""
    target = answer.leads_to or question.leads_to
    if target is None:
        return question.number + 1 if question.number < len(questionnaire.questions) else None
    kind, _, name = target.partition(":")
    if kind == END:
        return None
    return int(name) if kind == "question" else start_of(questionnaire, name)
