"""Questionnaires as pure calculation: whatever is valid ends for everybody, and leaves no result out."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from certification.diagnostics.checking import problems
from certification.diagnostics.fixed_form import FixedForm, read_definition
from certification.diagnostics.outcomes import result_of
from certification.diagnostics.paths import AnswersRefused, Way, choice, saved, way_of
from certification.diagnostics.rules import Questionnaire
from certification.diagnostics.schemas import DiagnosticRecord
from certification.questionnaire_drafts.schemas import EXAMPLE
from certification.reference import read

JSON = dict[str, Any]
RECORDS = {record.slug: record.versions[0] for record in read("diagnostics.json", DiagnosticRecord)}
PRIMARY = RECORDS["primary-computing"].definition
CASES = [(slug, case) for slug, version in RECORDS.items() for case in version.cases]


def changed(*path: str | int, to: Any) -> JSON:
    """The example's definition with one thing changed."""
    document = Questionnaire.model_validate(EXAMPLE["definition"]).model_dump(mode="json")
    at: Any = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return document


SECTIONS = st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=6)
ANYWHERE = ["end", *(f"question:{number}" for number in range(1, 7)), "section:a", "section:b"]


def onwards(sections: Sequence[str | None], number: int) -> list[str]:
    """Every target that comes after a question."""
    later = [f"question:{one}" for one in range(number + 1, len(sections) + 1)]
    return ["end", *later, *(f"section:{one}" for one in "ab" if one in sections and sections.index(one) >= number)]


@st.composite
def questionnaires(draw: st.DrawFn, is_valid: bool) -> Questionnaire:
    """A valid form, or any at all: questions that lead anywhere. The bands leave no score out."""
    sections = draw(SECTIONS)
    scored = set[str]()
    questions: list[JSON] = []
    for number, section in enumerate(sections, start=1):
        targets = st.none() | st.sampled_from(onwards(sections, number) if is_valid else ANYWHERE)
        dimensions = draw(st.sets(st.sampled_from("xy")))
        scored |= dimensions
        answers = [
            {
                "answer": answer,
                "text": "An answer",
                "scores": {one: draw(st.integers(0, 3)) for one in dimensions},
                "leads_to": draw(targets),
            }
            for answer in range(1, draw(st.integers(2, 4)) + 1)
        ]
        if is_valid:  # so that every question is asked by some answers
            answers[0]["leads_to"] = f"question:{number + 1}" if number < len(sections) else "end"
        told = {"topic": "A topic", "text": "A question", "answers": answers}
        questions.append({"number": number, "section": section, "leads_to": draw(targets), **told})
    bands = [{"band": "all", "title": "all", "score_from": 0, "score_to": 100}]
    dimensions_told = [{"dimension": one, "title": one, "bands": bands} for one in sorted(scored)]
    return Questionnaire.model_validate(
        {"questions": questions, "dimensions": dimensions_told, "otherwise": {"pathway": "p"}}
    )


@settings(max_examples=150)
@given(questionnaires(is_valid=True), st.data())
def test_whatever_is_answered_a_valid_questionnaire_ends_and_every_score_has_its_band(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    assert problems(questionnaire) == []
    way = Way((), 1)
    while way.next_question is not None:
        assert len(way.answered) < len(questionnaire.questions)
        offered = [one.answer for one in questionnaire.question(way.next_question).answers]
        way = saved(questionnaire, dict(way.answered), [(way.next_question, data.draw(st.sampled_from(offered)))])
    result = result_of(questionnaire, dict(way.answered))
    assert result.way == way.answered
    assert all((one.score is None) is (one.band is None) for one in result.scored)


@settings(max_examples=150)
@given(questionnaires(is_valid=False))
def test_a_questionnaire_in_which_answers_could_go_round_is_told_from_one_in_which_none_can(
    questionnaire: Questionnaire,
) -> None:
    if any("nobody would ever finish" in one for one in problems(questionnaire)):
        return
    if any(" leads to " in one for one in problems(questionnaire)):
        return
    ends: set[Way] = {Way((), 1)}
    for _ in questionnaire.questions:
        ends = {
            way_of(questionnaire, {**dict(way.answered), way.next_question: one.answer})
            for way in ends
            if way.next_question is not None
            for one in questionnaire.question(way.next_question).answers
        }
        if len(ends) > 500:
            return
    assert all(way.is_at_end for way in ends)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 5)), max_size=40))
def test_what_is_kept_is_always_a_way_that_the_answers_lead(attempts: list[tuple[int, int]]) -> None:
    way = Way((), 1)
    for attempt in attempts:
        before = way
        try:
            way = saved(PRIMARY, dict(way.answered), [attempt])
        except AnswersRefused:
            on_way = {number for number, _ in before.answered} | {before.next_question}
            known = 1 <= attempt[0] <= len(PRIMARY.questions)
            offered = {one.answer for one in PRIMARY.question(attempt[0]).answers} if known else set()
            assert attempt[0] not in on_way or attempt[1] not in offered
            continue
        assert way == way_of(PRIMARY, dict(way.answered))
        assert attempt in way.answered
        place = [number for number, _ in way.answered].index(attempt[0])
        assert way.answered[:place] == before.answered[:place]


def test_another_answer_drops_what_it_does_not_lead_to_and_keeps_what_it_still_does() -> None:
    before = saved(PRIMARY, {}, [(1, 2), (2, 1), (3, 4), (4, 3), (5, 2), (9, 3), (10, 3)])
    assert before.next_question == 11
    after = saved(PRIMARY, dict(before.answered), [(2, 2)])
    assert (after.answered, after.next_question) == (((1, 2), (2, 2)), 6)
    small = saved(PRIMARY, dict(before.answered), [(3, 1)])
    assert dict(small.answered) == {**dict(before.answered), 3: 1}


@pytest.mark.parametrize(("slug", "case"), CASES, ids=[case.name for _, case in CASES])
def test_the_loaded_questionnaires_pass_their_cases(slug: str, case: Any) -> None:
    assert case.run(RECORDS[slug].definition) == []


def test_every_pathway_that_a_loaded_questionnaire_recommends_has_a_case() -> None:
    for version in RECORDS.values():
        shown = {case.expect.pathway for case in version.cases}
        assert {one.pathway for one in version.definition.outcomes()} == shown


def test_a_questionnaire_that_an_earlier_release_stored_is_the_same_in_todays_language() -> None:
    low = {"one_low": {"1": "a", "2": "b"}, "several_low": "many"}
    stored = {
        "questions": [
            {"number": n, "topic": f"T{n}", "text": "?", "answers": [{"answer": a, "text": "!"} for a in (1, 2, 3)]}
            for n in (1, 2)
        ],
        "early_exit": {"question": 1, "answer": 1, "pathway": "exit"},
        "low_answers": [1],
        "bands": [
            {"score_from": 2, "score_to": 4, "none_low": "none", **low},
            {"score_from": 5, "score_to": 6, "none_low": "top", **low},
        ],
    }
    questionnaire = read_definition(stored)
    assert FixedForm.model_validate(stored).as_questionnaire() == questionnaire
    expected = {(1,): "exit", (2, 1): "b", (2, 2): "none", (3, 3): "top", (3, 1): "b"}
    for answers, pathway in expected.items():
        assert result_of(questionnaire, dict(enumerate(answers, start=1))).pathway == pathway


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (changed("questions", 1, "leads_to", to="question:1"), "back to it (1 → 2 → 1), so that nobody would ever"),
        (changed("questions", 1, "leads_to", to="question:2"), "back to it (2 → 2)"),
        (changed("questions", 0, "leads_to", to="end"), "No answers lead to question 2."),
        (changed("questions", 0, "leads_to", to="question:3"), "leads to question 3, which there is not."),
        (changed("questions", 0, "leads_to", to="section:data"), "the section 'data', which has no question."),
        (changed("questions", 1, "number", to=3), "Questions are numbered 1, 2, 3, … in their order."),
        (changed("questions", 1, "answers", 1, "answer", to=1), "has two answers of the same number."),
        (changed("questions", 1, "answers", 1, "scores", to={}), "do not score in the same dimensions."),
        (changed("dimensions", to=[]), "scores in 'programming', which is no dimension."),
        (changed("dimensions", 0, "bands", 1, "score_from", to=1), "overlap at the score 1."),
        (changed("dimensions", 0, "bands", 0, "score_to", to=0), "leave the score 1 out."),
        (changed("dimensions", 0, "bands", 1, "score_from", to=9), "No answers lead to the band 'secure'"),
        (changed("dimensions", 0, "bands", 1, "band", to="beginning"), "have a name twice."),
        (changed("recommendations", 0, "when", 0, "bands", to=["gold"]), "'gold', which 'programming' does not have"),
        (changed("recommendations", 0, "when", 0, "dimension", to="art"), "'art', which is no dimension"),
        (
            changed("recommendations", 0, "when", to=[{"asks": "answer", "question": 7, "answers": [1]}]),
            "Recommendation 1 looks at question 7, which there is not.",
        ),
        (
            changed("recommendations", 0, "when", to=[{"asks": "answer", "question": 1, "answers": [3]}]),
            "looks for the answer 3 to question 1, which there is not.",
        ),
    ],
)
def test_what_is_wrong_with_a_questionnaire_is_said_in_a_sentence(document: JSON, problem: str) -> None:
    assert any(problem in one for one in problems(Questionnaire.model_validate(document)))
    with pytest.raises(ValidationError):
        read_definition(document)


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({1: 2}, "Question 2 has no answer."),
        ({}, "Question 1 has no answer."),
        ({16: 1}, "There is no question 16."),
        ({0: 1}, "There is no question 0."),
        ({1: 3}, "Question 1 has no answer 3."),
    ],
)
def test_answers_that_do_not_fit_are_refused_with_the_place(answers: dict[int, int], complaint: str) -> None:
    with pytest.raises(AnswersRefused, match=complaint):
        result_of(PRIMARY, answers)


def test_what_was_not_asked_about_has_no_band_rather_than_the_lowest() -> None:
    result = result_of(PRIMARY, {1: 1, 12: 1})
    assert [one.band for one in result.scored] == [None, None, None]
    assert choice(PRIMARY.question(12), 1).leads_to == "end"
