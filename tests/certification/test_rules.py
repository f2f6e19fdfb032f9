"""Credits, standings and diagnostics as pure calculation."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.credits.amounts import plain, rounded_credits, rounded_hours
from certification.credits.rules import ZERO, Earned, Held, credits_earned, top_up
from certification.diagnostics.outcomes import result_of
from certification.diagnostics.paths import AnswersRefused
from certification.diagnostics.rules import Questionnaire
from certification.diagnostics.schemas import DiagnosticRecord
from certification.progress.rules import Met, hours_for, standings, status_of, why_not_complete
from certification.reference import read
from certification.schemes.requirements import Facts
from certification.schemes.rules import ActivityKind, SchemeRules
from certification.schemes.schemas import SchemeRecord

SCHEMES = {record.slug: record.versions[0] for record in read("schemes.json", SchemeRecord)}
CORE: SchemeRules = SCHEMES["primary"].rules
GCSE: SchemeRules = SCHEMES["gcse_subject_knowledge"].rules
DIAGNOSTIC: Questionnaire = read("diagnostics.json", DiagnosticRecord)[0].versions[0].definition

PREPARE, ALGORITHMS = "prepare-to-teach-gcse-computer-science", "new-to-algorithms-and-programming"
SYSTEMS, ADVANCED, NEW = "new-to-computer-systems", "advanced-gcse-computer-science", "new-to-computing"


def cpd(rules: SchemeRules, hours: str) -> Decimal:
    earned = credits_earned(rules, ActivityKind.CPD, Decimal(hours), ZERO)
    assert earned is not None
    return earned.credits


@pytest.mark.parametrize(
    ("rules", "hours", "credits_"),
    [
        (CORE, "20", "60"),
        (CORE, "19.99", "59.97"),
        (CORE, "19.75", "59.25"),
        (CORE, "25", "75"),
        (GCSE, "40", "60"),
        (GCSE, "39.99", "59.985"),
        (GCSE, "20", "30"),
        (GCSE, "0.25", "0.375"),
        (CORE, "0", "0"),
    ],
)
def test_hours_earn_at_the_scheme_s_rate(rules: SchemeRules, hours: str, credits_: str) -> None:
    assert cpd(rules, hours) == Decimal(credits_)


def test_both_core_schemes_have_the_same_rules_and_the_gcse_scheme_needs_an_assessment() -> None:
    assert SCHEMES["secondary"].rules == CORE
    required = {one.component: int(one.credits_required) for one in GCSE.components}
    assert required == {"commitment": 15, "professional_knowledge": 60, "community": 25}
    assert (CORE.assessment_required, GCSE.assessment_required) == (False, True)
    assert CORE.credits_required == GCSE.credits_required == 100


def test_a_version_that_says_nothing_of_an_activity_gives_nothing_for_it() -> None:
    without = CORE.model_copy(update={"credits": ()})
    assert credits_earned(without, ActivityKind.CPD, Decimal(5), ZERO) is None


@pytest.mark.parametrize(
    ("recorded", "now", "worth"), [("15", "20", "15"), ("0", "20", "20"), ("15", None, "15"), ("0", None, "0")]
)
def test_what_the_catalogue_gave_then_counts_or_else_what_it_gives_now(
    recorded: str, now: str | None, worth: str
) -> None:
    facts = None if now is None else Facts("CO040", "CO040", published_credits=Decimal(now))
    earned = credits_earned(CORE, ActivityKind.COMMUNITY, ZERO, Decimal(recorded), facts)
    assert earned == Earned("community", Decimal(worth), ZERO)


@given(st.lists(st.decimals("0.01", "40", places=2), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_reports_of_one_activity_add_up_to_the_largest_in_any_order(hours: list[Decimal], random: Random) -> None:
    random.shuffle(hours)
    held = Held()
    for reported in hours:
        earned = credits_earned(GCSE, ActivityKind.CPD, reported, ZERO)
        assert earned is not None
        added = top_up(earned, held)
        if added is not None:
            assert added.credits > 0
            held = Held(held.credits + added.credits, held.hours + added.hours, held.entries + 1)
    assert held.credits == max(hours) * Decimal("1.5")
    assert held.hours == max(hours)


def test_amounts_round_half_up_and_read_plainly() -> None:
    assert rounded_hours(Decimal("1.005")) == Decimal("1.01")
    assert rounded_credits(Decimal("0.00005")) == Decimal("0.0001")
    assert [plain(Decimal(text)) for text in ("60.0000", "59.9700", "0.375", "0", "1200")] == [
        "60",
        "59.97",
        "0.375",
        "0",
        "1200",
    ]


def test_surplus_in_one_component_never_fills_another() -> None:
    recorded = {"professional_knowledge": Decimal(75), "community": Decimal(25)}
    components = standings(CORE, recorded)  # type: ignore[arg-type] # the keys are components
    assert sum(one.recorded for one in components) == 100
    assert [one.counted for one in components] == [0, 60, 25]
    assert [one.needed for one in components] == [15, 0, 0]
    assert [one.surplus for one in components] == [0, 15, 0]
    met = Met(components, (), assessment_passed=False, assessment_opens=None)
    assert status_of(CORE, met, is_awarded=False) == "in_progress"
    [reason] = why_not_complete(CORE, met)
    assert reason == "Commitment to your professional development: 0 of 15 credits, 15 more needed."


def test_a_scheme_with_an_assessment_is_not_complete_by_credits_alone() -> None:
    everything = standings(GCSE, {rule.component: rule.credits_required for rule in GCSE.components})
    met = Met(everything, (), assessment_passed=False, assessment_opens=None)
    assert status_of(GCSE, met, is_awarded=False) == "in_progress"
    [reason] = why_not_complete(GCSE, met)
    assert "assessment" in reason
    assert status_of(GCSE, replace(met, assessment_passed=True), is_awarded=False) == "complete"


def test_hours_to_go_are_rounded_up_so_that_doing_them_suffices() -> None:
    assert hours_for(CORE, Decimal("0.01")) == Decimal("0.01")
    assert hours_for(CORE, Decimal(10)) == Decimal("3.34")
    assert hours_for(GCSE, Decimal(60)) == 40


def pathway(answers: Sequence[int]) -> str:
    return result_of(DIAGNOSTIC, dict(enumerate(answers, start=1))).pathway


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((2, 1, 1, 1, 1), PREPARE),  # 6
        ((2, 2, 2, 2, 2), PREPARE),  # 10
        ((3, 3, 3, 1, 1), PREPARE),  # 11, two low
        ((2, 3, 3, 3, 3), PREPARE),  # 14, only question 1 low
        ((3, 2, 3, 3, 3), ALGORITHMS),
        ((3, 3, 2, 3, 3), SYSTEMS),
        ((3, 3, 3, 1, 3), ALGORITHMS),
        ((3, 3, 3, 3, 2), SYSTEMS),
        ((3, 3, 3, 3, 3), ADVANCED),  # 15, none low
        ((4, 4, 4, 4, 4), ADVANCED),
        ((4, 4, 4, 2, 2), PREPARE),  # 16, two low
        ((2, 4, 4, 4, 4), PREPARE),
        ((4, 1, 4, 4, 4), ALGORITHMS),
        ((4, 4, 4, 4, 1), SYSTEMS),
        ((1, 4, 4, 4, 4), NEW),
    ],
)
def test_the_published_bands_lead_to_their_pathways(answers: Sequence[int], expected: str) -> None:
    assert pathway(answers) == expected


def as_published(answers: Sequence[int]) -> str:
    """The bands once more, written from the published description rather than from our data."""
    if answers[0] == 1:
        return NEW
    low = [number for number, answer in enumerate(answers, start=1) if answer <= 2]
    if sum(answers) <= 10 or len(low) > 1:
        return PREPARE
    if not low:
        return ADVANCED if sum(answers) >= 15 else PREPARE
    return {1: PREPARE, 2: ALGORITHMS, 4: ALGORITHMS, 3: SYSTEMS, 5: SYSTEMS}[low[0]]


def test_every_set_of_answers_leads_to_the_published_pathway_with_a_reason() -> None:
    found: Counter[str] = Counter()
    for answers in itertools.product((1, 2, 3, 4), repeat=5):
        result = result_of(DIAGNOSTIC, dict(enumerate(answers, start=1)))
        assert result.pathway == as_published(answers)
        assert result.reason.endswith(".")
        found[result.pathway] += 1
    assert set(found) == {PREPARE, ALGORITHMS, SYSTEMS, ADVANCED, NEW}
    assert found[NEW] == 4**4


def test_the_first_answer_alone_may_end_the_questionnaire() -> None:
    result = result_of(DIAGNOSTIC, {1: 1})
    assert (result.answers, result.score, result.pathway) == ((1,), 1, NEW)


@pytest.mark.parametrize(
    ("given_answers", "complaint"),
    [
        ({1: 2, 2: 2, 3: 2, 4: 2}, "Question 5 has no answer."),
        ({1: 5}, "Question 1 has no answer 5."),
        ({1: 1, 6: 1}, "There is no question 6."),
    ],
)
def test_answers_that_do_not_fit_are_refused(given_answers: dict[int, int], complaint: str) -> None:
    with pytest.raises(AnswersRefused, match=complaint):
        result_of(DIAGNOSTIC, given_answers)


def test_nothing_is_added_by_a_report_that_is_not_larger() -> None:
    earned = Earned("community", Decimal(10), ZERO)
    assert top_up(earned, Held(Decimal(10), ZERO, 1)) is None
    assert top_up(earned, Held(Decimal(20), ZERO, 1)) is None


def test_of_an_activity_never_reported_nothing_is_held() -> None:
    assert Held() == Held(ZERO, ZERO, 0)
