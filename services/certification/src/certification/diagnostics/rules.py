"""A questionnaire as data, and which pathway a set of answers leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

FROZEN = ConfigDict(frozen=True, extra="forbid")


class AnswerText(BaseModel):
    """One answer somebody can choose."""

    model_config = FROZEN

    answer: int = Field(ge=1)
    text: str


class Question(BaseModel):
    """One question, numbered from 1."""

    model_config = FROZEN

    number: int = Field(ge=1)
    topic: str
    text: str
    answers: tuple[AnswerText, ...]


class EarlyExit(BaseModel):
    """The answer that ends the questionnaire at once, and where it leads."""

    model_config = FROZEN

    question: int
    answer: int
    pathway: str


class Band(BaseModel):
    """Scores from and to, both included, and where they lead by how many answers were low."""

    model_config = FROZEN

    score_from: int
    score_to: int
    none_low: str
    one_low: Mapping[int, str] = Field(description="By the question whose answer was the only low one")
    several_low: str


class Questionnaire(BaseModel):
    """A whole questionnaire: the score is the sum of the answers, and the bands cover every score it can have."""

    model_config = FROZEN

    questions: tuple[Question, ...]
    early_exit: EarlyExit
    low_answers: tuple[int, ...]
    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _covers_every_result(self) -> "Questionnaire":
        numbers = [question.number for question in self.questions]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("questions are numbered 1, 2, 3, …")
        highest = sum(len(question.answers) for question in self.questions)
        covered = {score for band in self.bands for score in range(band.score_from, band.score_to + 1)}
        if not set(range(len(numbers) + 1, highest + 1)) <= covered:
            raise ValueError("the bands leave a score out")
        if any(set(band.one_low) != set(numbers) for band in self.bands):
            raise ValueError("a band names a pathway for each question that may be the only low one")
        return self


@dataclass(frozen=True)
class Result:
    """Where answers lead, with the reason for people. `answers` leaves out what came after an early exit."""

    answers: tuple[int, ...]
    score: int
    pathway: str
    reason: str


class AnswersRefused(Exception):
    """The answers do not fit the questionnaire; the message says how."""


def result_of(questionnaire: Questionnaire, given: Mapping[int, int]) -> Result:
    """The result of answers by question number; AnswersRefused when one is missing, unknown or out of range."""
    _refuse_unknown(questionnaire, given)
    leave = questionnaire.early_exit
    if given.get(leave.question) == leave.answer:
        reason = (
            f"Your answer to question {leave.question} says that this is where to begin; the others were not needed."
        )
        return Result((leave.answer,), leave.answer, leave.pathway, reason)
    answers = _complete(questionnaire, given)
    score = sum(answers)
    low = [number for number, answer in enumerate(answers, start=1) if answer in questionnaire.low_answers]
    band = next(band for band in questionnaire.bands if band.score_from <= score <= band.score_to)
    pathway = band.several_low if len(low) > 1 else band.one_low[low[0]] if low else band.none_low
    return Result(answers, score, pathway, _reason(questionnaire, score, band, low))


def _refuse_unknown(questionnaire: Questionnaire, given: Mapping[int, int]) -> None:
    allowed = {one.number: {answer.answer for answer in one.answers} for one in questionnaire.questions}
    for number, answer in given.items():
        if number not in allowed:
            raise AnswersRefused(f"There is no question {number}.")
        if answer not in allowed[number]:
            raise AnswersRefused(f"Question {number} has no answer {answer}.")


def _complete(questionnaire: Questionnaire, given: Mapping[int, int]) -> tuple[int, ...]:
    missing = [str(one.number) for one in questionnaire.questions if one.number not in given]
    if missing:
        raise AnswersRefused(f"These questions have no answer: {', '.join(missing)}.")
    return tuple(given[one.number] for one in questionnaire.questions)


def _reason(questionnaire: Questionnaire, score: int, band: Band, low: Sequence[int]) -> str:
    scored = f"You scored {score}, in the band {band.score_from} to {band.score_to}"
    topics = [questionnaire.questions[number - 1].topic.lower() for number in low]
    if not low:
        return f"{scored}, and no answer was low."
    return (
        f"{scored}, and {'one answer was' if len(low) == 1 else f'{len(low)} answers were'} low: {', '.join(topics)}."
    )
