"""Whether a questionnaire is sound: it ends whatever anybody answers, and every result has its bands."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from certification.diagnostics.rules import (
    AnswerIs,
    AnswersCounted,
    BandIs,
    Condition,
    Dimension,
    Question,
    Questionnaire,
    after,
    start_of,
)

Sums = frozenset[int | None]
"""The scores somebody can have; None for not having been asked."""


def problems(questionnaire: Questionnaire) -> list[str]:
    """What is wrong, in sentences; nothing when it is sound."""
    found = [*_of_questions(questionnaire), *_of_targets(questionnaire)]
    if found:
        return found
    order = _in_order(questionnaire)
    if isinstance(order, str):
        return [order]
    return [
        *_never_asked(questionnaire, order),
        *_of_dimensions(questionnaire, order),
        *_of_recommendations(questionnaire),
    ]


def _sound(questionnaire: Questionnaire) -> Questionnaire:
    found = problems(questionnaire)
    if found:
        raise ValueError(" ".join(found))
    return questionnaire


SoundQuestionnaire = Annotated[Questionnaire, AfterValidator(_sound)]
"""A questionnaire that may be used; what is wrong with one that may not is told all at once."""


def _of_questions(questionnaire: Questionnaire) -> Iterator[str]:
    numbers = [one.number for one in questionnaire.questions]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "Questions are numbered 1, 2, 3, … in their order."
    known = {one.dimension for one in questionnaire.dimensions}
    if len(known) < len(questionnaire.dimensions):
        yield "A dimension is named twice."
    for question in questionnaire.questions:
        if len({one.answer for one in question.answers}) < len(question.answers):
            yield f"Question {question.number} has two answers of the same number."
        scored = {frozenset(one.scores) for one in question.answers}
        if len(scored) > 1:
            yield f"The answers to question {question.number} do not score in the same dimensions."
        for name in sorted(frozenset().union(*scored) - known):
            yield f"Question {question.number} scores in {name!r}, which is no dimension."


def _of_targets(questionnaire: Questionnaire) -> Iterator[str]:
    for question in questionnaire.questions:
        for target in (question.leads_to, *(one.leads_to for one in question.answers)):
            kind, _, name = (target or "end").partition(":")
            if kind == "question" and int(name) > len(questionnaire.questions):
                yield f"Question {question.number} leads to question {name}, which there is not."
            if kind == "section" and start_of(questionnaire, name) is None:
                yield f"Question {question.number} leads to the section {name!r}, which has no question."


def _following(questionnaire: Questionnaire, question: Question) -> set[int]:
    leads = (after(questionnaire, question, one) for one in question.answers)
    return {one for one in leads if one is not None}


def _in_order(questionnaire: Questionnaire) -> list[int] | str:
    """The questions that can be asked, each after all that lead to it; or a sentence about one that comes again."""
    done: list[int] = []
    trail: list[int] = []
    waiting: list[tuple[int, bool]] = [(1, False)]
    while waiting:
        number, is_left = waiting.pop()
        if is_left:
            done.append(trail.pop())
        elif number in trail:
            ring = " → ".join(str(one) for one in [*trail[trail.index(number) :], number])
            return f"Answers can lead from question {number} back to it ({ring}), so that nobody would ever finish."
        elif number not in done:
            trail.append(number)
            waiting.append((number, True))
            following = _following(questionnaire, questionnaire.question(number))
            waiting += [(one, False) for one in sorted(following, reverse=True)]
    return done[::-1]


def _never_asked(questionnaire: Questionnaire, order: list[int]) -> Iterator[str]:
    for question in questionnaire.questions:
        if question.number not in order:
            yield f"No answers lead to question {question.number}."


def _of_dimensions(questionnaire: Questionnaire, order: list[int]) -> Iterator[str]:
    for one in questionnaire.dimensions:
        ends = sorted(score for score in _scores(questionnaire, order, one.dimension) if score is not None)
        if not ends:
            yield f"No question scores in {one.dimension!r}."
        yield from _of_bands(one, ends)


def _of_bands(dimension: Dimension, ends: list[int]) -> Iterator[str]:
    named = f"The bands of {dimension.dimension!r}"
    if len({band.band for band in dimension.bands}) < len(dimension.bands):
        yield f"{named} have a name twice."
    for score in ends:
        within = [band for band in dimension.bands if band.score_from <= score <= band.score_to]
        if len(within) != 1:
            yield f"{named} leave the score {score} out." if not within else f"{named} overlap at the score {score}."
    for band in dimension.bands:
        if not any(band.score_from <= score <= band.score_to for score in ends):
            yield f"No answers lead to the band {band.band!r} of {dimension.dimension!r}."


def _scores(questionnaire: Questionnaire, order: list[int], dimension: str) -> Sums:
    """Every score that somebody can end with."""
    sums: dict[int | None, Sums] = {1: frozenset({None})}
    for number in order:
        question = questionnaire.question(number)
        for answer in question.answers:
            added = answer.scores.get(dimension)
            now = sums[number] if added is None else frozenset((one or 0) + added for one in sums[number])
            target = after(questionnaire, question, answer)
            sums[target] = sums.get(target, frozenset()) | now
    return sums[None]


def _of_recommendations(questionnaire: Questionnaire) -> Iterator[str]:
    for place, one in enumerate(questionnaire.recommendations, start=1):
        for asked in one.when:
            told = _of_condition(questionnaire, asked)
            if told:
                yield f"Recommendation {place} {told}."


def _of_condition(questionnaire: Questionnaire, asked: Condition) -> str:
    if isinstance(asked, BandIs):
        bands = {one.dimension: {band.band for band in one.bands} for one in questionnaire.dimensions}
        if asked.dimension not in bands:
            return f"looks at {asked.dimension!r}, which is no dimension"
        unknown = sorted(set(asked.bands) - bands[asked.dimension])
        return f"looks for the band {unknown[0]!r}, which {asked.dimension!r} does not have" if unknown else ""
    if isinstance(asked, AnswersCounted):
        limit = asked.at_most
        return "counts to less than it counts from" if limit is not None and limit < asked.at_least else ""
    return _of_answer(questionnaire, asked)


def _of_answer(questionnaire: Questionnaire, asked: AnswerIs) -> str:
    if not 1 <= asked.question <= len(questionnaire.questions):
        return f"looks at question {asked.question}, which there is not"
    offered = {one.answer for one in questionnaire.question(asked.question).answers}
    unknown = sorted(set(asked.answers) - offered)
    return f"looks for the answer {unknown[0]} to question {asked.question}, which there is not" if unknown else ""
