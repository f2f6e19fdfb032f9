"""The language of requirements: total, bounded, in no order, and never met less by doing more."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from certification.activities.schemas import ActivityRecord
from certification.progress.rules import lacking, missing_from
from certification.reference import read
from certification.schemes.cases import Case, complaints
from certification.schemes.evaluation import Done, evaluate
from certification.schemes.requirements import (
    ActivityKind,
    AllOf,
    AnyOf,
    AtLeast,
    Besides,
    CertificateHeld,
    Condition,
    Facts,
    Requirement,
    Selection,
    unknown,
)
from certification.schemes.rules import SchemeRules
from certification.schemes.schemas import SchemeRecord, SchemeVersionRecord

CATALOGUE = {
    one.code: Facts(one.code, one.counts_as, one.mode, one.provider, frozenset(one.programmes), one.published_credits)
    for one in read("activities.json", ActivityRecord)
}
SCHEMES = read("schemes.json", SchemeRecord)
VERSIONS = [(scheme.slug, version) for scheme in SCHEMES for version in scheme.versions]
HISTORY = pytest.mark.parametrize(
    ("scheme", "version"), VERSIONS, ids=[f"{slug}-{version.version}" for slug, version in VERSIONS]
)
CODES = sorted(CATALOGUE)[::9]

amounts = st.decimals("0.01", "60", places=2)
selections = st.builds(
    Selection,
    kinds=st.lists(st.sampled_from(ActivityKind), max_size=2).map(tuple),
    modes=st.lists(st.sampled_from(["online", "face_to_face", "community"]), max_size=2).map(tuple),
    programmes=st.lists(st.sampled_from(["primary-certificate", "subject-knowledge"]), max_size=1).map(tuple),
)
leaves = st.one_of(
    st.builds(
        AtLeast,
        needs=st.just("at_least"),
        title=st.just("Some"),
        measure=st.sampled_from(["credits", "hours", "activities"]),
        amount=amounts,
        of=selections,
    ),
    st.builds(
        CertificateHeld, needs=st.just("certificate"), title=st.just("Another"), scheme=st.sampled_from(["a", "b"])
    ),
)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, needs=st.just("all_of"), title=st.just("All"), of=some),
        st.builds(AnyOf, needs=st.just("any_of"), title=st.just("Any"), of=some),
    )


def rules_with(*requirements: Condition) -> SchemeRules:
    core = SCHEMES[0].versions[0].rules
    return SchemeRules.model_validate({**core.model_dump(), "requirements": [one.model_dump() for one in requirements]})


def small(condition: Condition) -> bool:
    try:
        TypeAdapter(Requirement).validate_python(condition.model_dump())
    except ValidationError:
        return False
    return True


conditions = st.recursive(leaves, combined, max_leaves=8).filter(small)
deeds = st.builds(
    lambda code, hours: Done(
        f"cpd:{CATALOGUE[code].counts_as}",
        ActivityKind.COMMUNITY if CATALOGUE[code].mode == "community" else ActivityKind.CPD,
        CATALOGUE[code],
        hours,
    ),
    st.sampled_from(CODES),
    amounts,
)
certificates = st.frozensets(st.sampled_from(["a", "b"]))


@given(conditions, st.lists(deeds, max_size=8), certificates, st.randoms(use_true_random=False))
def test_what_is_found_does_not_depend_on_order_or_repetition(
    condition: Condition, done: list[Done], held: frozenset[str], random: Random
) -> None:
    rules, besides = rules_with(condition), Besides(held)
    found = evaluate(rules, done, besides)
    shuffled = [*done, *done]
    random.shuffle(shuffled)
    assert evaluate(rules, shuffled, besides) == found


@given(conditions, st.lists(deeds, max_size=6), st.lists(deeds, max_size=3), certificates, certificates)
def test_doing_more_never_undoes_a_requirement(
    condition: Condition,
    done: list[Done],
    more: list[Done],
    held: frozenset[str],
    further: frozenset[str],
) -> None:
    """Requirements over credits of activities that count for most: a larger report never has another code here."""
    rules = rules_with(condition)
    before = evaluate(rules, done, Besides(held))
    fresh = [one for one in more if one.key not in {old.key for old in done}]
    after = evaluate(rules, [*done, *fresh], Besides(held | further))
    for earlier, later in zip(before.findings, after.findings, strict=True):
        assert later.have >= earlier.have
        assert later.is_met or not earlier.is_met


@given(conditions, st.lists(deeds, max_size=6))
def test_every_unmet_requirement_says_what_is_lacking(condition: Condition, done: list[Done]) -> None:
    rules = rules_with(condition)
    found = evaluate(rules, done, Besides())
    [finding] = found.findings
    if finding.is_met:
        assert finding.have >= finding.need
    else:
        assert finding.title in lacking(finding)
        assert f"{lacking(finding)}." in missing_from(rules, found, Besides())


@given(conditions)
def test_requirements_survive_their_own_json(condition: Condition) -> None:
    adapter: TypeAdapter[Condition] = TypeAdapter(Requirement)
    assert adapter.validate_json(adapter.dump_json(condition)) == condition


def test_a_requirement_that_is_too_deep_or_too_wide_is_refused() -> None:
    leaf = {"needs": "certificate", "title": "Another", "scheme": "a"}
    deep: dict[str, object] = dict(leaf)
    for _ in range(4):
        deep = {"needs": "all_of", "title": "All", "of": [deep]}
    wide = {"needs": "any_of", "title": "Any", "of": [{"needs": "all_of", "title": "All", "of": [leaf] * 10}] * 5}
    for document in (deep, wide):
        with pytest.raises(ValidationError, match="at most 4 levels and 40 conditions"):
            TypeAdapter(Requirement).validate_python(document)


@HISTORY
def test_every_version_on_record_passes_its_cases_and_asks_for_nothing_impossible(
    scheme: str, version: SchemeVersionRecord
) -> None:
    assert {case.expect.is_complete for case in version.cases} == {True, False}
    assert [(case.name, case.run(version.rules, CATALOGUE)) for case in version.cases] == [
        (case.name, []) for case in version.cases
    ]
    assert list(complaints(version.rules, scheme, CATALOGUE, [one.slug for one in SCHEMES])) == []


def case_of(scheme: str, number: int, **content: object) -> list[str]:
    version = next(one for slug, one in VERSIONS if (slug, one.version) == (scheme, number))
    return Case.model_validate({"name": "A case", **content}).run(version.rules, CATALOGUE)


def test_a_case_that_comes_out_otherwise_says_how() -> None:
    done = [{"kind": "cpd", "activity": "CP228", "hours": "10"}]
    expect = {"is_complete": True, "credits": {"professional_knowledge": "31"}}
    assert case_of("primary", 1, done=done, expect=expect) == [
        "It does not complete the certificate.",
        "professional_knowledge: 30 credits, not 31.",
    ]


def core_with(**changes: object) -> SchemeRules:
    return SchemeRules.model_validate({**SCHEMES[0].versions[0].rules.model_dump(mode="json"), **changes})


def test_more_activities_than_the_catalogue_has_are_asked_of_nobody() -> None:
    """The defect by which two of five reminders could never be sent: three resources asked for where there are two."""
    resources = ["download-and-use-the-i-belong-handbook", "request-your-i-belong-in-computer-science-posters"]
    asked = {"needs": "at_least", "title": "Resources", "measure": "activities", "amount": "3"}
    rules = core_with(requirements=[{**asked, "of": {"activities": resources}}])
    assert list(complaints(rules, "primary", CATALOGUE, ["primary"])) == [
        "“Resources” asks for 3 activities and the catalogue has 2."
    ]


def test_unknown_codes_and_schemes_are_complained_of() -> None:
    rules = core_with(
        requirements=[{"needs": "certificate", "title": "Itself", "scheme": "primary"}],
        prerequisites=["nowhere"],
        activity_credits=[{"activity": "CP-NONE", "credits": "5", "reason": "A trial"}],
    )
    found = list(complaints(rules, "primary", CATALOGUE, ["primary", "secondary"]))
    assert [told.partition(" ")[0] for told in found] == ["No", "'nowhere'", "'primary'"]


def credits_of(rules: SchemeRules, *done: Done) -> Decimal:
    return sum(evaluate(rules, done, Besides()).recorded.values(), Decimal(0))


def cpd(code: str, hours: str, key: str = "") -> Done:
    facts = CATALOGUE.get(code) or unknown(code)
    return Done(key or f"cpd:{facts.counts_as}", ActivityKind.CPD, facts, Decimal(hours))


def test_one_activity_may_have_credits_of_its_own_and_a_limit() -> None:
    core = SCHEMES[0].versions[0].rules.model_dump(mode="json")
    limited = [{**one, "at_most": "30"} if one["kind"] == "cpd" else one for one in core["credits"]]
    own = [{"activity": "CO206", "credits": "25", "reason": "Two days in one"}]
    rules = core_with(credits=limited, activity_credits=own)
    assert credits_of(rules, cpd("CP228", "20")) == 30
    assert credits_of(rules, cpd("CO206R", "1")) == 25
    assert credits_of(rules, cpd("CP228", "20"), cpd("CO206R", "1")) == 55


def test_only_eligible_activities_earn() -> None:
    core = SCHEMES[0].versions[0].rules.model_dump(mode="json")
    online = {"kind": "cpd", "component": "professional_knowledge", "basis": "per_hour", "credits": "2"}
    f2f = {**online, "credits": "4", "source": "Presence", "eligible": {"modes": ["face_to_face"]}}
    kept = [one for one in core["credits"] if one["kind"] != "cpd"]
    rules = core_with(credits=[*kept, f2f, {**online, "source": "Screens", "eligible": {"modes": ["online"]}}])
    present = next(one.code for one in CATALOGUE.values() if one.mode == "face_to_face" and one.code == one.counts_as)
    assert credits_of(rules, cpd(present, "3")) == 12
    assert credits_of(rules, cpd("CO206", "3")) == 6
    assert credits_of(rules, cpd("NOT-IN-THE-CATALOGUE", "3")) == 0


@given(st.permutations([cpd("CO206", "4.5"), cpd("CO206R", "6"), cpd("CO206", "6")]))
def test_reports_of_one_activity_are_worth_the_largest(reports: Sequence[Done]) -> None:
    found = evaluate(SCHEMES[0].versions[0].rules, reports, Besides())
    assert found.recorded["professional_knowledge"] == 18
