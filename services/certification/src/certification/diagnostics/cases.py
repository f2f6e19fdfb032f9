"""Cases that are stored with a questionnaire: answers, and what has to come of them."""

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel, ConfigDict, Field

from certification.diagnostics.outcomes import Result, result_of
from certification.diagnostics.paths import AnswersRefused
from certification.diagnostics.rules import Questionnaire

CLOSED = ConfigDict(frozen=True, extra="forbid")


class AnswersExpectation(BaseModel):
    """What has to come of a case; what is not said does not matter."""

    model_config = CLOSED

    pathway: str
    bands: Mapping[str, str | None] = Field({}, description="By dimension; null for one that was not asked about")
    asked: tuple[int, ...] | None = Field(None, description="The questions that are asked, in their order")


class AnswersCase(BaseModel):
    """One case."""

    model_config = CLOSED

    name: str = Field(min_length=3, max_length=200)
    answers: Mapping[int, int] = Field(max_length=60, description="By question")
    expect: AnswersExpectation

    def run(self, questionnaire: Questionnaire) -> list[str]:
        """How what comes of it differs from what has to, in sentences; none when it passes."""
        try:
            return list(_differences(self.expect, result_of(questionnaire, self.answers)))
        except AnswersRefused as refused:
            return [str(refused)]


def _differences(expect: AnswersExpectation, found: Result) -> Iterator[str]:
    if found.pathway != expect.pathway:
        yield f"It leads to {found.pathway!r}, not to {expect.pathway!r}."
    bands = {one.dimension: one.band.band if one.band else None for one in found.scored}
    for dimension, band in expect.bands.items():
        if dimension not in bands:
            yield f"There is no dimension {dimension!r}."
        elif bands[dimension] != band:
            yield f"{dimension}: the band is {bands[dimension]!r}, not {band!r}."
    asked = tuple(number for number, _ in found.way)
    if expect.asked is not None and asked != expect.asked:
        yield f"The questions {', '.join(map(str, asked))} are asked."


def complaints(
    questionnaire: Questionnaire,
    cases: Collection[AnswersCase],
    pathways: Collection[str],
    schemes: Collection[str],
) -> Iterator[str]:
    """What is wrong with a questionnaire that only the pathways, the schemes and its cases can tell."""
    for outcome in dict.fromkeys(one.pathway for one in questionnaire.outcomes()):
        if outcome not in pathways:
            yield f"There is no pathway {outcome!r}, or it is not current."
        if all(case.expect.pathway != outcome for case in cases):
            yield f"No case shows who is recommended {outcome!r}."
    for scheme in questionnaire.schemes:
        if scheme not in schemes:
            yield f"There is no scheme {scheme!r}."
