"""What answers come to: scores, bands, and the pathway with the reason for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from certification.diagnostics.paths import Given, Way, choice, require_end, require_known, way_of
from certification.diagnostics.rules import AnswerIs, AnswersCounted, Band, BandIs, Condition, Outcome, Questionnaire


@dataclass(frozen=True)
class Scored:
    """The score in one dimension, and its band. Both are None where nothing was asked about it."""

    dimension: str
    title: str
    score: int | None
    band: Band | None


@dataclass(frozen=True)
class Result:
    """Where answers lead. `rule` is the place of the recommendation that counted, from 1; 0 when none of them did."""

    way: tuple[Given, ...]
    scored: tuple[Scored, ...]
    rule: int
    pathway: str
    reason: str

    @property
    def answers(self) -> tuple[int, ...]:
        """The answers in the order in which their questions were asked."""
        return tuple(answer for _, answer in self.way)

    @property
    def score(self) -> int:
        """The sum over all dimensions."""
        return sum(one.score or 0 for one in self.scored)


def result_of(questionnaire: Questionnaire, given: Mapping[int, int]) -> Result:
    """The result of answers by question number; AnswersRefused when one is unknown or the way does not end.

    Answers to questions that are not on the way are left out.
    """
    require_known(questionnaire, given)
    return concluded(questionnaire, way_of(questionnaire, given))


def concluded(questionnaire: Questionnaire, way: Way) -> Result:
    """The result of a way to its end, or AnswersRefused."""
    require_end(way)
    scored = tuple(_scored(questionnaire, way.answered))
    found = enumerate(questionnaire.recommendations, start=1)
    holding = ((place, one) for place, one in found if all(_holds(asked, scored, way.answered) for asked in one.when))
    rule, outcome = next(holding, (0, questionnaire.otherwise))
    conditions = questionnaire.recommendations[rule - 1].when if rule else ()
    reason = _reason(questionnaire, outcome, conditions, scored, way.answered)
    return Result(way.answered, scored, rule, outcome.pathway, reason)


def _scored(questionnaire: Questionnaire, way: Sequence[Given]) -> Iterator[Scored]:
    chosen = [choice(questionnaire.question(number), answer) for number, answer in way]
    for one in questionnaire.dimensions:
        scores = [answer.scores[one.dimension] for answer in chosen if one.dimension in answer.scores]
        score = sum(scores) if scores else None
        within = (band for band in one.bands if score is not None and band.score_from <= score <= band.score_to)
        yield Scored(one.dimension, one.title, score, next(within, None))


def _holds(asked: Condition, scored: Sequence[Scored], way: Sequence[Given]) -> bool:
    if isinstance(asked, BandIs):
        return any(one.dimension == asked.dimension and one.band and one.band.band in asked.bands for one in scored)
    if isinstance(asked, AnswerIs):
        return any(number == asked.question and answer in asked.answers for number, answer in way)
    count = len(_counted(asked, way))
    return count >= asked.at_least and (asked.at_most is None or count <= asked.at_most)


def _counted(asked: AnswersCounted, way: Sequence[Given]) -> list[int]:
    """The questions whose answer counts."""
    return [number for number, answer in way if answer in asked.answers]


def _reason(
    questionnaire: Questionnaire,
    outcome: Outcome,
    conditions: Sequence[Condition],
    scored: Sequence[Scored],
    way: Sequence[Given],
) -> str:
    """The author's sentence, and one made of what the conditions looked at."""
    phrases = [told for asked in conditions if (told := _phrase(questionnaire, asked, scored, way))]
    made = ", and ".join(phrases)
    sentences = [outcome.reason, f"{made[:1].upper()}{made[1:]}." if made else ""]
    return " ".join(one for one in sentences if one) or "None of the recommendations for particular answers applies."


def _phrase(questionnaire: Questionnaire, asked: Condition, scored: Sequence[Scored], way: Sequence[Given]) -> str:
    if isinstance(asked, BandIs):
        [found] = [one for one in scored if one.dimension == asked.dimension]
        within = f" in {found.title.lower()}" if len(questionnaire.dimensions) > 1 else ""
        return f"you scored {found.score}{within}, in the band {found.band.title}" if found.band else ""
    if isinstance(asked, AnswersCounted):
        topics = [questionnaire.question(number).topic.lower() for number in _counted(asked, way)]
        if not topics:
            return f"no answer was {asked.called}"
        many = "one answer was" if len(topics) == 1 else f"{len(topics)} answers were"
        return f"{many} {asked.called}: {', '.join(topics)}"
    return ""
