"""The rule language: every shape of published rules, three values, and an end for whatever it is given."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from funding.canonical import canonical, checksum
from funding.policies.amounts import Amount, Worked, counts_asked, work_out
from funding.policies.conditions import AllOf, AnyOf, Condition, Met, SomeOf, because, criteria_of, evaluate, report
from funding.policies.facts import Fact, Scalar
from funding.seeds import read_fee_policies, read_policies, read_rules

JSON = dict[str, Any]
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
AMOUNT: TypeAdapter[Amount] = TypeAdapter(Amount)
MET, NOT_MET, UNKNOWN = Met.MET, Met.NOT_MET, Met.UNKNOWN
SAID: JSON = {"title": "t", "not_met": "It is not so.", "unknown": "It is not known."}


def criterion(fact: str, **test: Any) -> Any:
    """A test of one fact."""
    return CONDITION.validate_python({"criterion": fact, "fact": fact, **SAID, **test})


def known(**facts: Scalar | tuple[Scalar, ...] | None) -> dict[str, Fact]:
    """Facts by name, with `__` for the point; several values are possible, None is not known."""
    found = {}
    for name, value in facts.items():
        possible = value if isinstance(value, tuple) else () if value is None else (value,)
        found[name.replace("__", ".")] = Fact(possible=possible, source="test")
    return found


MATRIX = CONDITION.validate_python(
    {
        "criterion": "idaci-by-area",
        **SAID,
        "bands_of": "area.idaci_percent",
        "across": "area.category",
        "bands": [
            {"at_least": 25, "below": 30, "with_one_of": [6]},
            {"at_least": 30, "below": 35, "with_one_of": [5, 6]},
            {"at_least": 35, "below": 40, "with_one_of": [4, 5, 6]},
            {"at_least": 40},
        ],
    }
)
"""Deprivation by category of area: partner-apis-and-funding.md §2.2, matrix test."""


@pytest.mark.parametrize(
    ("idaci", "category", "outcome"),
    [
        (24, 6, NOT_MET),
        (25, 6, MET),
        (25, 5, NOT_MET),
        (30, 5, MET),
        (34, 4, NOT_MET),
        (35, 4, MET),
        (39, 3, NOT_MET),
        (40, 1, MET),
        (40, None, MET),
        (10, None, NOT_MET),
        (30, None, UNKNOWN),
        (None, 6, UNKNOWN),
        (None, None, UNKNOWN),
        ((26, 31), 6, MET),
        ((26, 31), 5, UNKNOWN),
        (27, (5, 6), UNKNOWN),
        (32, (5, 6), MET),
    ],
)
def test_a_matrix_of_two_facts(idaci: Any, category: Any, outcome: Met) -> None:
    facts = known(area__idaci_percent=idaci, area__category=category)
    assert evaluate(MATRIX, facts) is outcome
    [told] = report(MATRIX, facts)
    assert (told.fact, told.outcome) == ("area.idaci_percent × area.category", outcome)


def of_trust(*categories: int | None, is_whole: bool = True) -> dict[str, Fact]:
    """What is known of the schools of a trust."""
    members = tuple(Fact(possible=() if one is None else (one,), source="register") for one in categories)
    return {"trust.area.category": Fact(source="register", members=members, is_whole=is_whole)}


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (of_trust(1, 5), MET),
        (of_trust(None, 6, is_whole=False), MET),
        (of_trust(1, 2), NOT_MET),
        (of_trust(), NOT_MET),
        (of_trust(1, None), UNKNOWN),
        (of_trust(1, 2, is_whole=False), UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_school_inherits_from_the_schools_of_its_trust(facts: dict[str, Fact], outcome: Met) -> None:
    test = {"fact": "area.category", "one_of": [5, 6]}
    inherited = CONDITION.validate_python({"criterion": "of-trust", **SAID, "any_school_of_trust": test})
    assert evaluate(inherited, facts) is outcome


SEVEN = (
    "school.ofsted_is_below_good",
    "school.progress_is_poor",
    "school.is_named_by_its_authority",
    "listed.opportunity-areas",
    "school.needs_leadership_support",
    "school.has_high_staff_turnover",
    "school.has_another_stated_reason",
)
GATE = CONDITION.validate_python(
    {
        "all": [
            {
                "criterion": "new",
                "fact": "school.was_in_a_mastery_work_group",
                "one_of": [False],
                **SAID,
            },
            {"number": 1, "of": [{"criterion": one, "fact": one, "one_of": [True], **SAID} for one in SEVEN]},
        ]
    }
)
"""Essential, and at least one of seven: project 19-11, DOMAIN.md §4."""


def test_a_gate_of_one_essential_criterion_and_at_least_one_of_seven() -> None:
    none = {name: Fact(possible=(False,), source="form") for name in SEVEN}
    new = known(school__was_in_a_mastery_work_group=False)
    assert evaluate(GATE, none | new) is NOT_MET
    assert evaluate(GATE, new) is UNKNOWN
    for name in SEVEN:
        met = none | new | {name: Fact(possible=(True,), source="form")}
        assert evaluate(GATE, met) is MET
        assert evaluate(GATE, met | known(school__was_in_a_mastery_work_group=True)) is NOT_MET
        assert len(report(GATE, met)) == 8, "every criterion is told, also those that no longer matter"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2020-02-29", MET), ("2020-03-01", NOT_MET), (None, UNKNOWN), ("soon", UNKNOWN), (7, UNKNOWN)],
)
def test_a_day_is_held_against_a_day(day: Scalar | None, outcome: Met) -> None:
    test = criterion("school.started_gcse_computer_science_on", on_or_before="2020-02-29")
    assert evaluate(test, known(school__started_gcse_computer_science_on=day)) is outcome


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "A condition has one of"),
        ({"all": [{"any": [{"says": "so"}]}]}, "A condition has one of"),
        ({"criterion": "c", **SAID, "fact": "school.is_opne", "one_of": [True]}, "school.is_opne is not a fact"),
        ({"criterion": "c", **SAID, "fact": "area.category", "one_of": ["5"]}, "area.category is of type int"),
        ({"criterion": "c", **SAID, "fact": "school.phase", "below": 3}, "are for numbers"),
        ({"criterion": "c", **SAID, "fact": "area.category", "on_or_before": "2020-02-29"}, "are for days"),
        ({"criterion": "c", **SAID, "fact": "school.started_gcse_computer_science_on", "one_of": ["x"]}, "days"),
        ({"criterion": "c", **SAID, "fact": "area.category", "one_of": [5], "below": 6}, "say one of"),
        ({"number": -1, "of": []}, "greater than or equal to 0"),
        ({"criterion": "c", **SAID, "bands_of": "school.phase", "across": "area.category", "bands": [{}]}, "a number"),
        ({"criterion": "c", **SAID, "any_school_of_trust": {"fact": "trust.area.category", "at_least": 5}}, "no fact"),
    ],
)
def test_what_could_not_be_evaluated_is_refused_by_name(written: JSON, told: str) -> None:
    with pytest.raises(ValidationError, match=told) as refused:
        CONDITION.validate_python(written)
    assert len(refused.value.errors()) == 1, "only the form that was meant is found fault with"


VALUES = st.one_of(
    st.booleans(), st.integers(-5, 60), st.text("ab-1", max_size=3), st.sampled_from(["2020-02-29", "primary"])
)
FACTS = st.builds(Fact, possible=st.lists(VALUES, max_size=3).map(tuple), source=st.just("any"))
HELD = st.dictionaries(st.sampled_from([*SEVEN, "area.category", "area.idaci_percent", "school.phase"]), FACTS)
LEAVES = st.sampled_from([MATRIX, GATE, *criteria_of(GATE), criterion("area.category", at_least=2, below=5)])
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(all=tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(any=tuple(parts))),
        st.tuples(st.integers(0, 3), st.lists(inner, max_size=3)).map(lambda it: SomeOf(number=it[0], of=tuple(it[1]))),
    ),
    max_leaves=6,
)


@given(condition=CONDITIONS, facts=HELD)
def test_every_condition_has_an_outcome_for_any_facts_and_survives_being_written_down(
    condition: Condition, facts: dict[str, Fact]
) -> None:
    outcome = evaluate(condition, facts)
    assert outcome in Met
    assert isinstance(because(condition, facts), list)
    again = CONDITION.validate_json(canonical(condition))
    assert canonical(again) == canonical(condition)
    assert (evaluate(again, facts), report(again, facts)) == (outcome, report(condition, facts))


@given(condition=CONDITIONS, facts=HELD, more=HELD)
def test_learning_more_never_turns_a_yes_into_a_no(
    condition: Condition, facts: dict[str, Fact], more: dict[str, Fact]
) -> None:
    less = {name: fact for name, fact in facts.items() if fact.possible}
    before, after = evaluate(condition, less), evaluate(condition, more | less)
    assert before is UNKNOWN or before is after


def line(name: str, pence: int, *counts: str, **more: Any) -> JSON:
    """A rate times counts."""
    return {"line": name, "title": name, "pence": pence, "of": {"times": [{"count": one} for one in counts]}, **more}


def worked(amount: JSON, facts: dict[str, Fact] | None = None, **measures: int | str) -> Worked:
    """An amount worked out from JSON."""
    return work_out(AMOUNT.validate_python(amount), {name: Decimal(one) for name, one in measures.items()}, facts)


def test_base_and_a_rate_for_each_school_from_its_parts() -> None:
    """Project 19-09, DOMAIN.md §4: 6 sessions, 3 visits a school, 6 days, release, travel."""
    amount = {
        "sum": [
            line("sessions", 35_000, "sessions"),
            line("visits", 35_000, "visits", "schools"),
            line("preparation", 20_000, "days"),
            line("release", 100_000, "schools"),
            line("travel", 15_000),
        ]
    }
    for schools, pounds in ((6, 15_750), (7, 17_800), (8, 19_850)):
        found = worked(amount, schools=schools, sessions=6, visits=3, days=6)
        assert found.amount_pence == pounds * 100
        assert sum(one.amount_pence or 0 for one in found.trace) == found.amount_pence
    assert worked(amount, sessions=6, visits=3, days=6).amount_pence is None, "without schools it is not known"
    assert counts_asked(AMOUNT.validate_python(amount)) == {"sessions", "visits", "schools", "days"}


def test_other_shapes_of_money() -> None:
    unit = {"line": "unit", "title": "Unit grant", "pence": 420_000}
    assert worked(unit).amount_pence == 420_000
    linear = {
        "sum": [
            {"line": "base", "title": "At 7 schools", "pence": 1_415_000},
            {
                "line": "schools",
                "title": "For each school more or less",
                "pence": 100_000,
                "of": {"minus": [{"count": "schools"}, {"number": 7}]},
            },
        ]
    }
    assert [worked(linear, schools=n).amount_pence for n in (5, 7, 8)] == [1_215_000, 1_415_000, 1_515_000]
    netted = {"netted": line("bursary", 22_000, "days"), "less": line("fee", 3_500, "days")}
    assert (worked(netted, days=1).amount_pence, worked(netted, days=2).amount_pence) == (18_500, 37_000)
    assert worked({"netted": netted["less"], "less": netted["netted"]}, days=1).amount_pence == 0
    capped = {"capped": {"sum": [unit, unit]}, "at_most_pence": 500_000}
    assert (worked(capped).amount_pence, worked(capped).trace[-1].amount_pence) == (500_000, -340_000)
    shared = {"sum": [line("hub", 210_000), line("partner", 210_000, payer="amsp")]}
    assert (worked(shared).of_payer("programme"), worked(shared).of_payer("amsp")) == (210_000, 210_000)
    kind = line("cover", 0, "days", is_in_kind=True)
    assert (worked(kind, days=15).amount_pence, worked(kind, days=15).trace[0].quantity) == (0, Decimal(15))
    days = {"count": "participants"}
    minimum = line("places", 8_000) | {"of": {"limited": days, "at_least": 4, "at_most": 120}}
    assert [worked(minimum, participants=n).amount_pence for n in (2, 130)] == [32_000, 960_000]


def test_a_choice_that_the_facts_do_not_settle_has_no_amount_unless_all_come_to_the_same() -> None:
    primary = {"criterion": "p", "fact": "school.phase", "one_of": ["primary"], **SAID}
    anything: JSON = {"all": []}
    choices = [{"when": primary, "then": line("one", 880_000)}, {"when": anything, "then": line("two", 600_000)}]
    assert worked({"choices": choices}, known(school__phase="primary")).amount_pence == 880_000
    assert worked({"choices": choices}, known(school__phase="secondary")).amount_pence == 600_000
    assert worked({"choices": choices}).amount_pence is None
    same = [choices[0], {"when": anything, "then": line("two", 880_000)}]
    assert worked({"choices": same}).amount_pence == 880_000
    assert worked({"choices": choices[:1]}, known(school__phase="secondary")).amount_pence == 0


def test_half_a_penny_rounds_upwards_once_a_line() -> None:
    days = {"sum": [line("one", 333, "days"), line("two", 333, "days")]}
    assert worked(days, days="0.5").amount_pence == 334


PUBLISHED = {
    "online-cpd 1": "495731fa0443a32a",
    "primary-cpd 1": "0828eaa413676f9d",
    "primary-cpd 2": "f7d2f316bafd32a6",
    "primary-cpd 3": "d0eb1e75efb497d3",
    "primary-cpd 4": "a5caab7883ed4889",
    "secondary-cpd 1": "4ced9835f18a11fe",
    "secondary-cpd 2": "7b67e155e1d60cd2",
    "secondary-cpd 3": "9af05db4e0d54db3",
    "secondary-cpd 4": "f7691f85903d8ca1",
    "secondary-cpd 5": "6f5f4bee19c6f57b",
    "post-16-cpd 1": "f7e92ebf5c1dcfc5",
    "gcse-programme 1": "12199fa77ec9846a",
    "fees 1": "73c934f8e43053cb",
    "fees 2": "1b6735bc4a3022c6",
    "fees 3": "ac807ea4944912b9",
    "fees 4": "7032ce517e6a648c",
    "fees 5": "3b906ffccc16f4e5",
    "fees 6": "6d95b36fb1597a43",
    "fees 7": "210a2c205172fc7d",
    "rule hub-support 1": "209a398fa144dac6",
    "rule key-stages-1-2-expert-support 1": "f059bc34ca0d204c",
    "rule key-stages-3-4-expert-support 1": "8530b9c6048b0ecd",
    "rule resources-free 1": "a93c0d18431ffcfa",
    "rule online-cpd-free 1": "b8efca30a52590c3",
    "rule cpd-free-place 1": "5346db64217a870d",
    "rule cpd-free-place 2": "d2d47a0b6a142b66",
    "rule cpd-capped-charge 1": "9068e9704e6fa489",
    "rule primary-bursary 1": "8f6d8ecd08e90f43",
    "rule gcse-programme-bursary 1": "400097e8795acb87",
    "rule a-level-programme 1": "29880399549661a2",
    "rule school-to-school-support 1": "da4b992ce4e44282",
    "rule curriculum-enhancements 1": "23d728ed68ecd37e",
    "rule gender-balance-pilot 1": "5b642a02208b847b",
}
"""The texts of what was published before the language grew; none may ever change."""


def test_what_was_published_keeps_its_text() -> None:
    texts = {f"{one.policy} {one.version}": canonical(one) for one in read_policies().policies}
    texts |= {f"fees {one.version}": canonical(one) for one in read_fee_policies()}
    texts |= {f"rule {one.rule} {one.version}": canonical(one) for one in read_rules()}
    assert {name: checksum(texts[name])[:16] for name in PUBLISHED} == PUBLISHED


def test_days_in_a_condition_are_days() -> None:
    test = criterion("school.started_gcse_computer_science_on", on_or_after=date(2018, 9, 1))
    assert '"on_or_after":"2018-09-01"' in canonical(test)
