"""What projects ask of applicants: the language, decisions with reasons, and what can be relied on. No database."""

from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hubs.projects.criteria import Criterion, Met, Node, leaves_of, settle
from hubs.projects.decisions import CriteriaDecision, Declaration, Eligibility, Override, decide, not_asked
from hubs.projects.facts import Fact, Known, Part

RULES: TypeAdapter[Node] = TypeAdapter(Criterion)
READINESS = RULES.validate_python(
    {
        "all_of": [
            {
                "criterion": "never-in-a-mastery-group",
                "title": "The school has not been in a teaching for mastery group before",
                "took_part": {"projects": ["17-09", "18-09"], "years": ["2017-18", "2018-19"]},
                "expected": False,
            },
            {
                "any_of": [
                    {
                        "criterion": "ofsted",
                        "title": "The latest inspection found less than good",
                        "fact": "school.ofsted_rating",
                        "one_of": ["requires_improvement", "inadequate"],
                        "may_be_declared": True,
                    },
                    {
                        "criterion": "low-mobility",
                        "title": "The school is in an area of low social mobility",
                        "fact": "category.achieving-excellence-areas",
                        "one_of": [5, 6],
                    },
                    {
                        "criterion": "another-reason",
                        "title": "Another reason keeps the school from starting",
                        "question": "Which other reason keeps the school from starting?",
                    },
                ],
                "title": "what makes a school vulnerable",
            },
        ]
    }
)
CONFLICT = RULES.validate_python(
    {
        "criterion": "in-trial",
        "title": "Neither the college nor the person takes part in the trial",
        "question": "Does your college take part in the trial?",
        "expected": False,
    }
)


def held(**facts: Any) -> dict[str, Fact]:
    known = {name.replace("__", "."): value for name, value in facts.items()}
    return {
        name: Fact(known=value if isinstance(value, tuple) else (value,), source="register")
        for name, value in known.items()
    }


def area(*categories: int) -> dict[str, Fact]:
    return {"category.achieving-excellence-areas": Fact(known=categories, source="list of 2016")}


def standing(decision: CriteriaDecision, criterion: str) -> str:
    return next(one.standing for one in decision.reasons if one.criterion == criterion)


def test_an_essential_criterion_and_one_of_several_decide_together() -> None:
    decision = decide(READINESS, Known(area(5), parts_from="2017-18"))
    assert decision.outcome is Eligibility.ELIGIBLE
    assert not decision.rests_on_declarations
    assert standing(decision, "another-reason") == "unknown"


def test_a_school_that_took_part_before_is_told_so_and_cannot_declare_it_away() -> None:
    before = Known(area(6), (Part("18-09", "2018-19", "school"),), parts_from="2017-18")
    declared = [Declaration(criterion="never-in-a-mastery-group", answer=True)]
    decision = decide(READINESS, before, declared)
    assert decision.outcome is Eligibility.NOT_ELIGIBLE
    assert decision.words == "Not met: The school has not been in a teaching for mastery group before."


def test_what_is_not_known_needs_review_and_says_what_would_settle_it() -> None:
    decision = decide(READINESS, Known(area(1), parts_from="2017-18"))
    assert decision.outcome is Eligibility.NEEDS_REVIEW
    assert "At least 1 of 3 is needed (what makes a school vulnerable)." in decision.words
    assert [one.criterion for one in decision.reasons if one.may_be_declared] == ["ofsted", "another-reason"]


def test_an_area_that_may_be_in_several_categories_is_met_only_when_all_of_them_pass() -> None:
    def found(*categories: int) -> str:
        return standing(decide(READINESS, Known(area(*categories))), "low-mobility")

    assert [found(5, 6), found(4, 5), found(1, 2)] == ["met", "unknown", "not_met"]


def test_years_before_the_records_begin_are_not_known_until_declared() -> None:
    known = Known(area(5), parts_from="2018-19")
    assert decide(READINESS, known).outcome is Eligibility.NEEDS_REVIEW
    declared = decide(READINESS, known, [Declaration(criterion="never-in-a-mastery-group", answer=True)])
    assert (declared.outcome, declared.rests_on_declarations) == (Eligibility.ELIGIBLE, True)


def test_a_claim_that_needs_evidence_does_not_count_without_it() -> None:
    known = Known(parts_from="2017-18")
    bare = decide(READINESS, known, [Declaration(criterion="another-reason", answer=True)])
    assert bare.outcome is Eligibility.NEEDS_REVIEW
    said = Declaration(criterion="another-reason", answer=True, evidence="Two of three teachers leave in July.")
    decision = decide(READINESS, known, [said])
    assert decision.outcome is Eligibility.ELIGIBLE
    assert standing(decision, "another-reason") == "declared"
    assert "Two of three teachers leave in July." in decision.reasons[-1].words


def test_a_question_may_be_met_by_a_no() -> None:
    def told(answer: bool) -> Eligibility:
        evidence = "Asked the principal in May."
        return decide(CONFLICT, Known(), [Declaration(criterion="in-trial", answer=answer, evidence=evidence)]).outcome

    assert told(False) is Eligibility.ELIGIBLE
    assert told(True) is Eligibility.NOT_ELIGIBLE


def test_a_person_decides_against_what_is_known_and_the_reason_is_kept() -> None:
    before = Known(area(5), (Part("18-09", "2018-19", "school"),), parts_from="2017-18")
    reason = "The school left the group before its first meeting."
    override = Override(criterion="never-in-a-mastery-group", is_met=True, reason=reason)
    decision = decide(READINESS, before, overrides=[override])
    assert decision.outcome is Eligibility.ELIGIBLE
    assert standing(decision, "never-in-a-mastery-group") == "overridden"
    assert reason in decision.reasons[0].words


def test_sets_are_asked_for_some_or_all_of_their_words() -> None:
    rule = RULES.validate_python(
        {"criterion": "both", "title": "Both phases", "fact": "group.phases", "includes_all": ["primary", "secondary"]}
    )
    assert decide(rule, Known(held(group__phases=("primary", "secondary")))).outcome is Eligibility.ELIGIBLE
    assert decide(rule, Known(held(group__phases=("primary",)))).outcome is Eligibility.NOT_ELIGIBLE
    assert decide(rule, Known()).outcome is Eligibility.NEEDS_REVIEW


def test_what_is_missing_from_an_incomplete_set_is_not_known() -> None:
    rule = RULES.validate_python(
        {"criterion": "x", "title": "Accredited", "fact": "person.accreditations", "includes_any": ["pd-lead"]}
    )
    some = {"person.accreditations": Fact(known=("specialist",), source="completed projects", is_whole=False)}
    assert decide(rule, Known(some)).outcome is Eligibility.NEEDS_REVIEW


def test_what_is_desirable_is_reported_and_never_decides() -> None:
    rule = RULES.validate_python(
        {"desirable": [{"criterion": "x", "title": "Knows it", "question": "Do you know it?"}]}
    )
    decision = decide(rule, Known())
    assert (decision.outcome, decision.reasons[0].standing) == (Eligibility.ELIGIBLE, "unknown")


def test_without_a_rule_everybody_is_eligible() -> None:
    assert decide(None, Known()).outcome is Eligibility.ELIGIBLE


def test_declarations_that_nothing_asks_for_are_named() -> None:
    declared = [Declaration(criterion="low-mobility", answer=True), Declaration(criterion="ofsted", answer=True)]
    assert not_asked(READINESS, declared) == ["low-mobility"]
    assert not_asked(None, declared) == ["low-mobility", "ofsted"]


Q: dict[str, Any] = {"criterion": "a", "title": "The thing", "question": "Is it the thing?"}


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"criterion": "a", "title": "The thing"}, "A criterion has one of"),
        ({**Q, "fact": "school.is_open", "one_of": [True]}, "Extra inputs"),
        ({"criterion": "a", "title": "The thing", "fact": "school.mood", "one_of": ["x"]}, "school.mood is not a fact"),
        ({"criterion": "a", "title": "The thing", "fact": "school.is_open", "one_of": [1]}, "not of the type"),
        ({"criterion": "a", "title": "The thing", "fact": "school.phase", "at_least": 1}, "are for numbers"),
        ({"criterion": "a", "title": "The thing", "fact": "school.key_stages", "one_of": ["ks1"]}, "are for sets"),
        ({"criterion": "a", "title": "The thing", "fact": "school.pupils"}, "say one of"),
        ({"at_least": 2, "of": [Q]}, "can never be met"),
        ({"all_of": []}, "at least 1 item"),
        ({"all_of": [Q, Q]}, "two tests have the same name: a"),
        (reduce(lambda inner, _: {"any_of": [inner]}, range(8), Q), "deep"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_work_is_refused_and_says_why(document: object, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        RULES.validate_python(document)


def question(name: str) -> dict[str, Any]:
    return {"criterion": name, "title": f"Test {name}", "question": f"What about {name}?", "needs_evidence": False}


def _several(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(parts, min_size=1, max_size=4)
    at_least = some.flatmap(lambda of: st.integers(1, len(of)).map(lambda number: {"at_least": number, "of": of}))
    return st.one_of(some.map(lambda of: {"all_of": of}), some.map(lambda of: {"any_of": of}), at_least)


def _named(document: dict[str, Any], names: Any) -> dict[str, Any]:
    if "question" in document:
        return question(f"q{next(names)}")
    return {
        key: [_named(part, names) for part in value] if isinstance(value, list) else value
        for key, value in document.items()
    }


TREES = st.recursive(st.just(question("q")), _several, max_leaves=12).map(
    lambda document: RULES.validate_python(_named(document, iter(range(100))))
)
OUTCOMES = st.lists(st.sampled_from(list(Met)), min_size=40, max_size=40)


def _outcomes(rule: Node, drawn: list[Met]) -> dict[str, Met]:
    return {test.criterion: met for test, met in zip(leaves_of(rule), drawn, strict=False)}


@given(TREES, OUTCOMES, OUTCOMES)
def test_learning_more_never_changes_a_settled_answer(rule: Node, before: list[Met], later: list[Met]) -> None:
    then = _outcomes(rule, before)
    learnt = _outcomes(rule, later)
    now = {name: learnt[name] if met is Met.UNKNOWN else met for name, met in then.items()}
    if (found := settle(rule, then)) is not Met.UNKNOWN:
        assert settle(rule, now) is found


@given(TREES, OUTCOMES)
def test_meeting_more_never_makes_somebody_ineligible(rule: Node, drawn: list[Met]) -> None:
    rank = [Met.NOT_MET, Met.UNKNOWN, Met.MET]
    then = _outcomes(rule, drawn)
    for name in then:
        assert rank.index(settle(rule, then | {name: Met.MET})) >= rank.index(settle(rule, then))


@given(TREES, st.lists(st.sampled_from([True, False, None]), min_size=40, max_size=40))
def test_every_decision_has_a_reason_for_each_test_and_words_that_name_what_is_to_blame(
    rule: Node, answers: list[bool | None]
) -> None:
    names = [test.criterion for test in leaves_of(rule)]
    declared = [
        Declaration(criterion=name, answer=answer)
        for name, answer in zip(names, answers, strict=False)
        if answer is not None
    ]
    decision = decide(rule, Known(), declared)
    assert [one.criterion for one in decision.reasons] == names
    blamed = {
        Eligibility.NOT_ELIGIBLE: "as not met",
        Eligibility.NEEDS_REVIEW: "Not known",
        Eligibility.ELIGIBLE: "met",
    }
    assert blamed[decision.outcome] in decision.words


@given(TREES)
def test_a_rule_comes_back_from_its_own_text(rule: Node) -> None:
    assert RULES.validate_json(RULES.dump_json(rule)) == rule
