"""The rules of a scheme's version by themselves: what may be written, what an activity earns by, what is in force."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from certification.schemes import rules as module
from certification.schemes.requirements import Facts
from certification.schemes.rules import (
    ActivityCredits,
    ActivityKind,
    AssessmentRule,
    ComponentRule,
    CreditRule,
    SchemeRules,
    in_force,
)
from certification.schemes.schemas import SchemeVersionRecord

CREDIT: dict[str, Any] = {"kind": "cpd", "component": "community", "basis": "per_hour", "credits": "3", "source": "S"}
COMPONENT: dict[str, Any] = {"component": "community", "title": "C", "credits_required": "10"}
OWN: dict[str, Any] = {"activity": "CP228", "credits": "5", "reason": "A trial"}
SCHEME: dict[str, Any] = {"components": [COMPONENT], "credits": [CREDIT], "assessment_required": False}
HELD: dict[str, Any] = {"needs": "certificate", "title": "Another", "scheme": "primary"}
SOME: dict[str, Any] = {"needs": "at_least", "title": "Some", "measure": "credits", "amount": "1"}


def scheme(**changes: Any) -> SchemeRules:
    """The smallest scheme, but for what is said otherwise."""
    return SchemeRules.model_validate({**SCHEME, **changes})


LEAST_AND_MOST: list[tuple[type[BaseModel], dict[str, Any], str, object, object]] = [
    # A form, what it says otherwise, a field, the last value that it may have and the first that it may not.
    (CreditRule, CREDIT, "credits", "0", "-0.01"),
    (CreditRule, CREDIT, "at_most", "0.01", "0"),
    (ActivityCredits, OWN, "activity", "x", ""),
    (ActivityCredits, OWN, "activity", "x" * 120, "x" * 121),
    (ActivityCredits, OWN, "credits", "0", "-0.01"),
    (ActivityCredits, OWN, "reason", "x" * 3, "xx"),
    (ActivityCredits, OWN, "reason", "x" * 500, "x" * 501),
    (ComponentRule, COMPONENT, "credits_required", "0", "-0.01"),
    (ComponentRule, COMPONENT | {"credits_required": "0"}, "cap", "0", "-0.01"),
    (ComponentRule, COMPONENT, "cap", "10", "9.99"),
    (AssessmentRule, {}, "pass_percent", "0.01", "0"),
    (AssessmentRule, {}, "pass_percent", "100", "100.01"),
    (SchemeRules, SCHEME, "requirements", [HELD] * 20, [HELD] * 21),
    (SchemeRules, SCHEME, "pending_days", 0, -1),
    (SchemeRules, SCHEME, "pending_days", 365, 366),
    (SchemeRules, SCHEME, "checked_percent", "0", "-0.01"),
    (SchemeRules, SCHEME, "checked_percent", "100", "100.01"),
    (SchemeRules, SCHEME, "valid_for_months", 1, 0),
    (SchemeRules, SCHEME, "valid_for_months", 600, 601),
]


@pytest.mark.parametrize(("form", "content", "field", "last", "beyond"), LEAST_AND_MOST)
def test_a_figure_may_be_as_large_or_small_as_its_bound_and_no_more(
    form: type[BaseModel], content: dict[str, Any], field: str, last: object, beyond: object
) -> None:
    form.model_validate({**content, field: last})
    with pytest.raises(ValidationError):
        form.model_validate({**content, field: beyond})


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (CreditRule, CREDIT),
        (ActivityCredits, OWN),
        (ComponentRule, COMPONENT),
        (AssessmentRule, {}),
        (SchemeRules, SCHEME),
    ],
)
def test_rules_are_what_was_published_and_say_nothing_else(form: type[BaseModel], content: dict[str, Any]) -> None:
    made = form.model_validate(content)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, next(iter(form.model_fields)), None)
    with pytest.raises(ValidationError, match="Extra inputs"):
        form.model_validate({**content, "surprise": 1})


def test_what_is_not_said_is_asked_of_nobody() -> None:
    plain = scheme()
    assert (plain.pending_days, plain.checked_percent, plain.valid_for_months) == (0, Decimal(0), None)
    assert (plain.awarded_to, plain.requirements, plain.prerequisites) == ("person", (), ())
    assert AssessmentRule().pass_percent == 65


def test_the_module_names_what_others_read_of_it() -> None:
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"components": [COMPONENT] * 2}, "named twice"),
        ({"components": [{**COMPONENT, "component": "commitment"}]}, "does not have"),
        ({"credits": [CREDIT, {**CREDIT, "component": "commitment"}],
          "components": [COMPONENT, {**COMPONENT, "component": "commitment"}]}, "would earn twice"),
        ({"assessment": {}}, "not required needs no rule"),
        ({"components": [], "credits": []}, "everybody's"),
        ({"components": [{**COMPONENT, "credits_required": "0"}]}, "everybody's"),
        ({"credits": [{**CREDIT, "credits": None}]}, "need credits"),
        ({"credits": [{**CREDIT, "basis": "catalogue"}]}, "has none"),
    ],
)  # fmt: skip
def test_rules_that_contradict_themselves_are_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        scheme(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"assessment_required": True, "components": [], "credits": []},
        {"requirements": [HELD], "components": [], "credits": []},
        {"assessment_required": True, "assessment": {"pass_percent": "70"}},
        {"components": [COMPONENT, {**COMPONENT, "component": "commitment"}]},
        {"credits": [CREDIT, CREDIT]},
        {"credits": [{**CREDIT, "basis": "catalogue", "credits": None}]},
        {"credits": []},
    ],
)
def test_one_thing_asked_for_is_enough(changes: dict[str, Any]) -> None:
    assert SchemeRules.model_validate(scheme(**changes).model_dump()) == scheme(**changes)


def test_a_component_counts_what_it_requires_or_up_to_its_cap() -> None:
    assert ComponentRule.model_validate(COMPONENT).counts_at_most == 10
    assert ComponentRule.model_validate(COMPONENT | {"cap": "25"}).counts_at_most == 25
    other = {**COMPONENT, "component": "commitment", "credits_required": "2.5"}
    assert scheme(components=[COMPONENT, other]).credits_required == Decimal("12.5")
    assert str(scheme(components=[], credits=[], assessment_required=True).credits_required) == "0"


def test_the_first_rule_that_fits_an_activity_is_its_rule() -> None:
    online = {**CREDIT, "eligible": {"modes": ["online"]}, "source": "Online"}
    community = {**CREDIT, "kind": "community", "source": "Community"}
    rules = scheme(credits=[community, online, {**CREDIT, "source": "Any"}])

    def found(kind: ActivityKind, facts: Facts | None = None) -> str | None:
        rule = rules.credit_rule(kind, facts)
        return rule.source if rule else None

    assert found(ActivityKind.CPD, Facts("A", "A", mode="online")) == "Online"
    assert found(ActivityKind.CPD, Facts("A", "A", mode="face_to_face")) == "Any"
    assert found(ActivityKind.CPD) == "Any", "what is not known fits no selection"
    assert found(ActivityKind.COMMUNITY) == "Community"
    assert found(ActivityKind.DIAGNOSTIC) is None


def test_an_activity_has_its_own_credits_by_its_code_or_by_what_it_counts_as() -> None:
    rules = scheme(activity_credits=[{**OWN, "activity": "CO206"}, OWN])
    for code, counts_as in (("CP228", "CP228"), ("CP228R", "CP228"), ("CP228", "OTHER")):
        own = rules.override_for(Facts(code, counts_as))
        assert own is not None
        assert own.activity == "CP228"
    assert rules.override_for(Facts("CP1", "CP1")) is None


def test_an_assessment_is_passed_by_its_rule_or_the_usual_one() -> None:
    assert scheme().assessment_rule is None
    assert scheme(assessment_required=True).assessment_rule == AssessmentRule()
    harder = scheme(assessment_required=True, assessment={"pass_percent": "80"}).assessment_rule
    assert harder is not None
    assert harder.pass_percent == 80


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({}, False),
        ({"credits": [{**CREDIT, "eligible": {"kinds": ["cpd"]}}]}, False),
        ({"credits": [{**CREDIT, "eligible": {"modes": ["online"]}}]}, True),
        ({"credits": [{**CREDIT, "basis": "catalogue", "credits": None}]}, True),
        ({"credits": [{**CREDIT, "basis": "catalogue", "credits": None, "kind": "community"}]}, False),
        ({"activity_credits": [OWN]}, True),
        ({"requirements": [HELD]}, True),
    ],
)
def test_the_catalogue_is_read_where_what_an_activity_is_worth_depends_on_it(
    changes: dict[str, Any], reads: bool
) -> None:
    assert scheme(**changes).reads_catalogue is reads


def test_everything_that_is_asked_for_is_found_however_deep_and_in_the_gate_too() -> None:
    deep = {"needs": "all_of", "title": "All", "of": [HELD, {"needs": "any_of", "title": "Any", "of": [SOME]}]}
    gate = {"needs": "all_of", "title": "Gate", "of": [{**SOME, "title": "Gated"}, {**HELD, "scheme": "secondary"}]}
    both = scheme(assessment_required=True, assessment={"opens_when": gate}, requirements=[deep])
    assert [one.title for one in both.conditions()] == ["Some", "Gated"]
    assert list(both.certificates_asked_for()) == ["primary", "secondary"]
    ungated = scheme(assessment_required=True, assessment={}, requirements=[deep])
    assert list(ungated.certificates_asked_for()) == ["primary"]
    assert [*scheme().conditions(), *scheme().certificates_asked_for()] == []


def version(number: int, begins: date, ends: date | None = None) -> SchemeVersionRecord:
    """A version in force from one day to before another."""
    return SchemeVersionRecord(version=number, effective_from=begins, effective_to=ends, source="test", rules=scheme())


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2018, 6, 1), 1),
        (date(2019, 2, 1), 1),
        (date(2020, 1, 7), 1),
        (date(2020, 1, 8), 2),
        (date(2021, 12, 31), 2),
        (date(2022, 1, 1), None),
        (date(2023, 1, 1), None),
    ],
)
def test_the_version_in_force_follows_the_day(on: date, expected: int | None) -> None:
    versions = [version(2, date(2020, 1, 8), date(2022, 1, 1)), version(1, date(2019, 2, 1))]
    found = in_force(versions, on)
    assert (found.version if found else None) == expected


def test_a_version_without_an_end_is_in_force_for_good() -> None:
    found = in_force([version(3, date(2022, 1, 1)), version(2, date(2020, 1, 8)), version(1, date(2019, 2, 1))],
                     date(2100, 1, 1))  # fmt: skip
    assert found is not None
    assert found.version == 3


def test_no_version_is_in_force_of_a_scheme_without_any() -> None:
    assert in_force(list[SchemeVersionRecord](), date(2026, 1, 1)) is None
