"""The rule language: three values, every criterion reported, nothing raised."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from funding.areas.rules import UNKNOWN as NOT_KNOWN
from funding.areas.service import OnList
from funding.eligibility.facts import TypeVerdict, school_facts
from funding.eligibility.rules import Finding, Rule, find
from funding.policies.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Criterion,
    Met,
    because,
    criteria_of,
    evaluate,
    facts_asked,
    kleene,
    report,
)
from funding.policies.facts import Fact, Scalar
from funding.schools.service import SchoolFacts
from funding.seeds import read_rules

RULES = {rule.rule: rule for rule in read_rules()}
MET, NOT_MET, UNKNOWN = Met.MET, Met.NOT_MET, Met.UNKNOWN


def facts(**known: Scalar | tuple[int, ...] | None) -> dict[str, Fact]:
    """Facts by their last name; None is known to be unknown."""
    names = {name.rsplit(".", 1)[1]: name for name in _names()}
    found: dict[str, Fact] = {}
    for short, value in known.items():
        possible = () if value is None else value if isinstance(value, tuple) else (value,)
        found[names[short]] = Fact(possible=possible, source="test", as_of=date(2026, 9, 1))
    return found


def _names() -> set[str]:
    return {fact for rule in RULES.values() for fact in facts_asked(rule.condition)}


OPEN = {"is_open": True, "is_in_england": True, "is_state_funded": True}


@pytest.mark.parametrize(("left", "right"), list(product(Met, Met)))
def test_the_connectives_are_kleenes(left: Met, right: Met) -> None:
    rank = {NOT_MET: 0, UNKNOWN: 1, MET: 2}
    assert rank[kleene("all", [left, right])] == min(rank[left], rank[right])
    assert rank[kleene("any", [left, right])] == max(rank[left], rank[right])


def test_all_of_nothing_is_met_and_any_of_nothing_is_not() -> None:
    assert evaluate(AllOf(all=()), {}) is MET
    assert evaluate(AnyOf(any=()), {}) is NOT_MET


@pytest.mark.parametrize(
    ("rule", "known", "outcome"),
    [
        ("hub-support", OPEN, "eligible"),
        ("hub-support", OPEN | {"is_state_funded": False}, "ineligible"),
        ("hub-support", OPEN | {"is_state_funded": None}, "needs_review"),
        ("hub-support", OPEN | {"is_state_funded": None, "is_open": False}, "ineligible"),
        ("hub-support", {}, "needs_review"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": 5}, "eligible"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": 6}, "eligible"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": (5, 6)}, "eligible"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": 4}, "ineligible"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": None}, "needs_review"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": True, "category": (4, 5)}, "needs_review"),
        ("key-stages-1-2-expert-support", OPEN | {"teaches_key_stages_1_2": False, "category": None}, "ineligible"),
        (
            "key-stages-3-4-expert-support",
            OPEN | {"teaches_key_stages_3_4": True, "offers_gcse_computer_science": False, "category": None},
            "eligible",
        ),
        (
            "key-stages-3-4-expert-support",
            OPEN | {"teaches_key_stages_3_4": True, "offers_gcse_computer_science": None, "category": 5},
            "eligible",
        ),
        (
            "key-stages-3-4-expert-support",
            OPEN | {"teaches_key_stages_3_4": True, "offers_gcse_computer_science": True, "category": 3},
            "ineligible",
        ),
        (
            "key-stages-3-4-expert-support",
            OPEN | {"teaches_key_stages_3_4": True, "offers_gcse_computer_science": True, "category": None},
            "needs_review",
        ),
        (
            "key-stages-3-4-expert-support",
            OPEN | {"teaches_key_stages_3_4": False, "phase": "post_16", "offers_gcse_computer_science": False},
            "eligible",
        ),
        ("resources-free", {"is_open": True, "is_state_funded": False}, "eligible"),
        ("online-cpd-free", {"is_open": True, "is_state_funded": None}, "eligible"),
        ("cpd-free-place", OPEN | {"category": 5}, "eligible"),
        ("cpd-free-place", OPEN | {"category": 1, "priority-schools": False}, "ineligible"),
        ("cpd-free-place", OPEN | {"category": 1, "priority-schools": None}, "needs_review"),
        ("cpd-free-place", OPEN | {"category": None, "priority-schools": True}, "eligible"),
        ("cpd-capped-charge", OPEN | {"category": 1}, "eligible"),
        ("primary-bursary", OPEN | {"teaches_key_stages_1_2": True}, "eligible"),
        ("gcse-programme-bursary", OPEN | {"teaches_key_stages_3_4": True}, "eligible"),
        ("a-level-programme", {"is_open": True, "is_state_funded": False, "teaches_post_16": True}, "eligible"),
        ("gender-balance-pilot", OPEN, "needs_review"),
    ],
)
def test_who_may_have_what(rule: str, known: dict[str, Scalar | None], outcome: str) -> None:
    finding = find(RULES[rule], facts(**known))
    assert finding.outcome == outcome
    assert finding.reason


@pytest.mark.parametrize("rule", list(RULES.values()), ids=lambda rule: rule.rule)
def test_a_closed_school_is_told_so_by_every_rule(rule: Rule) -> None:
    finding = find(rule, facts(is_open=False))
    assert finding.outcome == "ineligible"
    assert finding.reason == "The register says that the school is closed."


@pytest.mark.parametrize("rule", list(RULES.values()), ids=lambda rule: rule.rule)
def test_every_criterion_is_reported_even_when_the_first_decides(rule: Rule) -> None:
    finding = find(rule, facts(is_open=False))
    assert [one.criterion for one in finding.criteria] == [test.criterion for test in criteria_of(rule.condition)]


def test_only_what_decided_is_given_as_the_reason() -> None:
    rule = RULES["key-stages-3-4-expert-support"]
    known = OPEN | {"teaches_key_stages_3_4": True, "offers_gcse_computer_science": True, "category": None}
    finding = find(rule, facts(**known))
    assert finding.reason == (
        "This needs a person to look at it. The category of the school's district is not settled by the list we hold."
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"fact": "school.colour", "one_of": ["red"]},
        {"fact": "school.is_open", "one_of": ["yes"]},
        {"fact": "school.is_open", "one_of": [1]},
        {"fact": "area.category", "one_of": [True]},
        {"fact": "area.category"},
        {"fact": "area.category", "one_of": [5], "at_least": 5},
        {"fact": "school.phase", "at_least": 5},
        {"fact": "area.category", "one_of": [5], "says": "maybe"},
    ],
)
def test_a_rule_that_could_not_be_evaluated_is_not_accepted(broken: dict[str, object]) -> None:
    text = {"criterion": "c", "title": "t", "not_met": "n", "unknown": "u"}
    with pytest.raises(ValidationError):
        Criterion.model_validate(text | broken)


def _test(number: int, threshold: int, inclusive: bool) -> Criterion:
    return Criterion(
        criterion=f"c{number}",
        title="t",
        fact="area.category",
        one_of=() if inclusive else (threshold,),
        at_least=threshold if inclusive else None,
        not_met=f"not {number}",
        unknown=f"unknown {number}",
    )


LEAVES = st.builds(_test, st.integers(0, 9), st.integers(1, 6), st.booleans())
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(all=tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(any=tuple(parts))),
    ),
    max_leaves=8,
)
POSSIBLE = st.sets(st.integers(1, 6)).map(lambda values: tuple(sorted(values)))


@given(condition=CONDITIONS, possible=POSSIBLE)
def test_evaluation_is_total_and_a_settled_answer_holds_whatever_the_truth(
    condition: Condition, possible: tuple[int, ...]
) -> None:
    outcome = evaluate(condition, {"area.category": Fact(possible=possible, source="test")})
    worlds = possible or (1, 2, 3, 4, 5, 6)
    truths = {evaluate(condition, {"area.category": Fact(possible=(one,), source="test")}) for one in worlds}
    assert UNKNOWN not in truths
    if outcome is not UNKNOWN:
        assert truths == {outcome}


@given(condition=CONDITIONS, possible=POSSIBLE)
def test_every_test_is_reported_and_every_refusal_is_explained(condition: Condition, possible: tuple[int, ...]) -> None:
    held = {"area.category": Fact(possible=possible, source="test")}
    assert {one.criterion for one in report(condition, held)} == {test.criterion for test in criteria_of(condition)}
    explained = bool(because(condition, held))
    has_tests = any(True for _ in criteria_of(condition))
    assert explained or evaluate(condition, held) is MET or not has_tests or _is_refused_by_an_empty_any(condition)


def _is_refused_by_an_empty_any(condition: Condition) -> bool:
    if not isinstance(condition, AllOf | AnyOf):
        return False
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    return (isinstance(condition, AnyOf) and not parts) or any(_is_refused_by_an_empty_any(part) for part in parts)


def a_school(**known: object) -> SchoolFacts:
    """A state primary, but for what is said otherwise."""
    base: dict[str, object] = {
        "urn": "900001",
        "sequence": 3,
        "name": "Test (synthetic)",
        "phase": "primary",
        "establishment_type": 1,
        "is_open": True,
        "is_in_england": True,
        "is_state_funded": True,
        "district_code": None,
        "district_vintage": None,
        "offers_gcse_computer_science": None,
        "lowest_age": None,
        "highest_age": None,
        "source": "register",
        "as_of_on": date(2026, 9, 1),
    }
    return SchoolFacts(**(base | known))  # type: ignore[arg-type]  # the types are those of the fields


NO_AREA = OnList(None, NOT_KNOWN, "no list", None)


@pytest.mark.parametrize(
    ("verdict", "register", "possible"),
    [
        (TypeVerdict("Community school", True, False), True, (True,)),
        (TypeVerdict("Community school", True, False), None, (True,)),
        (TypeVerdict("Community school", True, False), False, ()),
        (TypeVerdict("Other independent school", False, False), None, (False,)),
        (TypeVerdict("Secure units", True, True), True, ()),
        (None, True, (True,)),
        (None, None, ()),
    ],
)
def test_whether_a_school_is_state_funded(
    verdict: TypeVerdict | None, register: bool | None, possible: tuple[bool, ...]
) -> None:
    found = school_facts(a_school(is_state_funded=register), verdict, NO_AREA)["school.is_state_funded"]
    assert found.possible == possible
    assert found.source


@pytest.mark.parametrize(
    ("phase", "ages", "teaches"),
    [
        ("primary", (4, 11), (True, False, False)),
        ("primary", (9, 13), (True, True, False)),
        ("secondary", (11, 16), (False, True, False)),
        ("secondary", (11, 18), (False, True, True)),
        ("all_through", (3, 18), (True, True, True)),
        ("nursery", (2, 5), (False, False, False)),
        ("post_16", (16, 19), (False, False, True)),
        ("primary", (None, None), (True, False, False)),
        ("secondary", (None, 16), (False, True, None)),
        ("not_applicable", (None, None), (None, None, None)),
        ("not_applicable", (5, 16), (True, True, False)),
    ],
)
def test_which_key_stages_a_school_teaches(
    phase: str, ages: tuple[int | None, int | None], teaches: tuple[bool | None, ...]
) -> None:
    found = school_facts(a_school(phase=phase, lowest_age=ages[0], highest_age=ages[1]), None, NO_AREA)
    names = ("school.teaches_key_stages_1_2", "school.teaches_key_stages_3_4", "school.teaches_post_16")
    assert tuple(found[name].value for name in names) == teaches


def test_a_finding_can_be_read_back() -> None:
    finding = find(RULES["cpd-free-place"], facts(**OPEN, category=(5, 6)))
    assert Finding.model_validate_json(finding.model_dump_json()) == finding
