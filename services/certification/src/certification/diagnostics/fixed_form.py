"""Questionnaires as releases before branching stored them: one list of questions, one exit, bands with low answers.

Stored versions never change, so this form is read for good; nothing writes it.
"""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict, TypeAdapter

from certification.diagnostics.checking import SoundQuestionnaire
from certification.diagnostics.rules import (
    AnswerIs,
    AnswersCounted,
    AnswerText,
    Band,
    BandIs,
    Condition,
    Dimension,
    Outcome,
    Question,
    Questionnaire,
    Recommendation,
)

CLOSED = ConfigDict(frozen=True, extra="forbid")
OVERALL = "overall"
EXIT_REASON = "Your answer to question {} says that this is where to begin; the others were not needed."


class FixedAnswer(BaseModel):
    """An answer whose number is its score."""

    model_config = CLOSED

    answer: int
    text: str


class FixedQuestion(BaseModel):
    """A question that everybody is asked."""

    model_config = CLOSED

    number: int
    topic: str
    text: str
    answers: tuple[FixedAnswer, ...]


class EarlyExit(BaseModel):
    """The answer that ends the questionnaire at once, and where it leads."""

    model_config = CLOSED

    question: int
    answer: int
    pathway: str


class FixedBand(BaseModel):
    """Scores from and to, both included, and where they lead by how many answers were low."""

    model_config = CLOSED

    score_from: int
    score_to: int
    none_low: str
    one_low: Mapping[int, str]
    several_low: str


class FixedForm(BaseModel):
    """The whole of it."""

    model_config = CLOSED

    questions: tuple[FixedQuestion, ...]
    early_exit: EarlyExit
    low_answers: tuple[int, ...]
    bands: tuple[FixedBand, ...]

    def as_questionnaire(self) -> Questionnaire:
        """The same in the language of today."""
        leave = self.early_exit
        exit_met = AnswerIs(asks="answer", question=leave.question, answers=(leave.answer,))
        exit_ = Recommendation(when=(exit_met,), pathway=leave.pathway, reason=EXIT_REASON.format(leave.question))
        return Questionnaire(
            questions=tuple(self._question(one) for one in self.questions),
            dimensions=(Dimension(dimension=OVERALL, title="Subject knowledge", bands=tuple(self._bands())),),
            recommendations=(exit_, *self._recommendations()),
            otherwise=Outcome(pathway=self.bands[0].several_low),
        )

    def _question(self, question: FixedQuestion) -> Question:
        leave = self.early_exit
        answers = tuple(
            AnswerText(
                answer=one.answer,
                text=one.text,
                scores={OVERALL: one.answer},
                leads_to="end" if (question.number, one.answer) == (leave.question, leave.answer) else None,
            )
            for one in question.answers
        )
        return Question(number=question.number, topic=question.topic, text=question.text, answers=answers)

    def _bands(self) -> Iterator[Band]:
        score = self.early_exit.answer
        if all(not one.score_from <= score <= one.score_to for one in self.bands):
            yield Band(band="exit", title=f"{score}", score_from=score, score_to=score)
        for one in self.bands:
            yield Band(band=_name(one), title=_title(one), score_from=one.score_from, score_to=one.score_to)

    def _recommendations(self) -> Iterator[Recommendation]:
        for band in self.bands:
            within = BandIs(asks="band", dimension=OVERALL, bands=(_name(band),))
            yield Recommendation(when=(within, self._low(0, 0)), pathway=band.none_low)
            for question, pathway in band.one_low.items():
                low = AnswerIs(asks="answer", question=question, answers=self.low_answers)
                yield Recommendation(when=(within, self._low(1, 1), low), pathway=pathway)
            yield Recommendation(when=(within, self._low(2, None)), pathway=band.several_low)

    def _low(self, at_least: int, at_most: int | None) -> Condition:
        return AnswersCounted(asks="count", answers=self.low_answers, called="low", at_least=at_least, at_most=at_most)


def _name(band: FixedBand) -> str:
    return f"{band.score_from}-to-{band.score_to}"


def _title(band: FixedBand) -> str:
    return f"{band.score_from} to {band.score_to}"


_ADAPTER: TypeAdapter[Questionnaire] = TypeAdapter(SoundQuestionnaire)


def read_definition(document: Mapping[str, object]) -> Questionnaire:
    """A stored questionnaire in whichever form it is stored; pydantic's ValidationError when it is neither."""
    if "early_exit" in document:
        return FixedForm.model_validate(document).as_questionnaire()
    return _ADAPTER.validate_python(document)
