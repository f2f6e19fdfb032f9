"""The way through a questionnaire: which questions somebody is asked, by the answers so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certification.diagnostics.rules import AnswerText, Question, Questionnaire, after

Given = tuple[int, int]
"""A question's number and the answer to it."""


class AnswersRefused(Exception):
    """The answers do not fit the questionnaire; the message says how."""


@dataclass(frozen=True)
class Way:
    """The questions answered, in the order in which they are asked, and the one to ask next: None at the end."""

    answered: tuple[Given, ...]
    next_question: int | None

    @property
    def is_at_end(self) -> bool:
        """Whether there is nothing more to ask."""
        return self.next_question is None


def way_of(questionnaire: Questionnaire, given: Mapping[int, int]) -> Way:
    """The way that answers lead, as far as they lead. Answers to questions that are not on it play no part."""
    answered: list[Given] = []
    at: int | None = 1
    while at is not None and at in given:
        question = questionnaire.question(at)
        answered.append((at, given[at]))
        at = after(questionnaire, question, choice(question, given[at]))
    return Way(tuple(answered), at)


def choice(question: Question, answer: int) -> AnswerText:
    """The answer of a number, or AnswersRefused."""
    found = next((one for one in question.answers if one.answer == answer), None)
    if found is None:
        raise AnswersRefused(f"Question {question.number} has no answer {answer}.")
    return found


def require_known(questionnaire: Questionnaire, given: Mapping[int, int]) -> None:
    """AnswersRefused when one is not an answer to one of the questions."""
    for number, answer in given.items():
        if not 1 <= number <= len(questionnaire.questions):
            raise AnswersRefused(f"There is no question {number}.")
        choice(questionnaire.question(number), answer)


def saved(questionnaire: Questionnaire, kept: Mapping[int, int], new: Iterable[Given]) -> Way:
    """The way after more answers, each to a question that the answers before it lead to, or AnswersRefused.

    Another answer to a question answered before may lead elsewhere: what is not on the way any more is dropped.
    """
    way = way_of(questionnaire, kept)
    for number, answer in new:
        require_known(questionnaire, {number: answer})
        standing = dict(way.answered)
        if number not in standing and number != way.next_question:
            expected = f"the next is {way.next_question}" if way.next_question else "there is nothing more to ask"
            raise AnswersRefused(f"Question {number} is not on the way that the answers lead: {expected}.")
        way = way_of(questionnaire, {**standing, number: answer})
    return way


def require_end(way: Way) -> None:
    """AnswersRefused while there is something to ask."""
    if way.next_question is not None:
        raise AnswersRefused(f"Question {way.next_question} has no answer.")
