"""What a call asks and how applications are judged: data, and pure functions over it."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from funding.grant_cards.language import Document, Number, Sentence, Slug

Kind = Literal["text", "number", "yes_no"]
Answer = Annotated[
    Annotated[bool, Field(strict=True)]
    | Number
    | Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)],
    Field(union_mode="left_to_right"),
]
Answers = Mapping[str, bool | Decimal | str]


class Question(Document):
    """One question of the form."""

    question: Slug
    title: Sentence
    kind: Kind
    is_required: bool = True


class Check(Document):
    """What an answer has to be, and what is said when it is not."""

    question: Slug
    at_least: Number | None = None
    at_most: Number | None = None
    has_to_be_yes: bool = False
    otherwise: Sentence


class Criterion(Document):
    """What the panel scores, from nought to `at_most` points."""

    criterion: Slug
    title: Sentence
    weight: int = Field(ge=1, le=100)
    at_most: int = Field(ge=1, le=100)


class CallTerms(Document):
    """The form, who may have it, and how it is scored."""

    questions: tuple[Question, ...] = Field(min_length=1, max_length=50)
    checks: tuple[Check, ...] = Field(default=(), max_length=50)
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)
    scorers: int = Field(default=2, ge=2, le=10)
    """How many scores an application needs before it is decided."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        kinds = {one.question: one.kind for one in self.questions}
        if len(kinds) < len(self.questions) or len({one.criterion for one in self.criteria}) < len(self.criteria):
            raise ValueError("questions and criteria have names of their own")
        for check in self.checks:
            wanted = "yes_no" if check.has_to_be_yes else "number"
            if kinds.get(check.question) != wanted:
                raise ValueError(f"{check.question} is no question of the kind {wanted}")
        return self


class Checked(Document):
    """One check with its outcome, in words."""

    question: str
    is_met: bool
    says: str


def faults_of_answers(terms: CallTerms, answers: Answers) -> dict[str, str]:
    """By question, what is wrong with the answers as such."""
    questions = {one.question: one for one in terms.questions}
    faults = {name: "The call does not ask this." for name in answers if name not in questions}
    types: dict[str, type] = {"text": str, "number": Decimal, "yes_no": bool}
    for name, question in questions.items():
        if name not in answers:
            if question.is_required:
                faults[name] = "An answer is required."
        elif not isinstance(answers[name], types[question.kind]) or answers[name] == "":
            faults[name] = f"A {question.kind.replace('_', ' or ')} is meant."
    return faults


def check_all(terms: CallTerms, answers: Answers) -> tuple[Checked, ...]:
    """Every check, met or not. An answer that was not given meets none."""
    return tuple(
        Checked(question=one.question, is_met=met, says="As the call asks." if met else one.otherwise)
        for one in terms.checks
        for met in [_is_met(one, answers.get(one.question))]
    )


def _is_met(check: Check, answer: bool | Decimal | str | None) -> bool:
    if check.has_to_be_yes:
        return answer is True
    if not isinstance(answer, Decimal):
        return False
    return (check.at_least is None or answer >= check.at_least) and (check.at_most is None or answer <= check.at_most)


def percent(terms: CallTerms, points: Mapping[str, int]) -> Decimal:
    """Weighted points in percent of the most that can be had, two decimals."""
    weights = sum(one.weight for one in terms.criteria)
    share = sum((Decimal(one.weight * points[one.criterion]) / one.at_most for one in terms.criteria), Decimal(0))
    return (share * 100 / weights).quantize(Decimal("0.01"), ROUND_HALF_UP)


def mean(percents: Sequence[Decimal]) -> Decimal | None:
    """What the scores come to before moderation; None without any."""
    if not percents:
        return None
    return (sum(percents, Decimal(0)) / len(percents)).quantize(Decimal("0.01"), ROUND_HALF_UP)
