"""Every figure of the network's project cards and of the STEM hubs comes out of the calculator, from data.

The third column of FIGURES is the place in `DOMAIN.md` §3–4 and section J of the card in the source.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from funding.canonical import canonical
from funding.grant_cards.errors import CalculationTooLarge, InputsRefused
from funding.grant_cards.language import Card
from funding.grant_cards.rules import Calculation, calculate, differing_examples
from funding.seeds import read_grant_cards

CARDS = {card.card: card for card in read_grant_cards()}
NETWORK = [f"19-{number:02d}" for number in range(1, 26)]
JSON = dict[str, Any]


def calculated(card: str, **inputs: Any) -> Calculation:
    """What a card of the reference data comes to."""
    return calculate(CARDS[card], told(inputs))


def told(inputs: Mapping[str, Any]) -> dict[str, Decimal | str]:
    """Inputs as a request gives them: a number, or a choice."""
    return {name: value if isinstance(value, str) else Decimal(str(value)) for name, value in inputs.items()}


def shares(found: Calculation) -> dict[str, int]:
    """What each kind of payee receives."""
    return {one.of: one.amount_pence for one in found.by_payee}


FIGURES: list[tuple[str, JSON, int]] = [
    ("19-01", {"specialists": 1}, 0),  # 15 days in kind
    ("19-02", {"role": "primary"}, 8_800_00),
    ("19-02", {"role": "secondary-hosting"}, 6_000_00),
    ("19-02", {"role": "secondary-non-hosting"}, 3_300_00),
    ("19-03", {"specialists": 1, "year_of_cohort": 1}, 3_000_00),
    ("19-03", {"specialists": 1, "year_of_cohort": 2}, 3_000_00),
    ("19-04", {"specialists": 4, "year_of_cohort": 1}, 4 * 3_000_00),
    ("19-05", {"participants": 1}, 800_00),
    ("19-06", {"participants": 5}, 5 * 800_00),
    ("19-06", {"participants": 0, "coordination_days": 1}, 400_00),
    ("19-06", {"participants": 0, "cohort_lead_days": 1}, 350_00),
    ("19-07", {"members": 30}, 3_500_00),
    (
        "19-08",
        {"participants": 10, "facilitation_days": 3, "lead_day_rate_pence": 350_00, "venue_cost_pence": 30_00},
        (3 + 3 + 2 + 1) * 350_00 + 10 * 30_00,
    ),
    ("19-09", {"schools": 6}, 15_750_00),
    ("19-09", {"schools": 7}, 17_800_00),
    ("19-09", {"schools": 8}, 19_850_00),
    ("19-10", {}, 3_500_00),
    ("19-11", {"schools": 5}, 12_150_00),
    ("19-11", {"schools": 6}, 13_150_00),
    ("19-11", {"schools": 7}, 14_150_00),
    ("19-11", {"schools": 8}, 15_150_00),
    ("19-12", {}, 4_200_00),
    ("19-13", {"schools": 7}, 4_200_00),
    ("19-14", {}, 4_200_00),
    ("19-15", {}, 9_250_00),
    ("19-16", {"participants": 4}, 3_500_00),
    ("19-17", {"lead": "new"}, 4_200_00),
    ("19-18", {"participants": 15}, 4_200_00),
    ("19-19", {"schools": 4}, 4_200_00),
    ("19-20", {}, 4_200_00),
    ("19-21", {"participants": 15}, 4_200_00),
    ("19-22", {"participants": 15}, 4_200_00),
    ("19-23", {"participants": 15}, 4_200_00),
    ("19-24", {"average_participants": 15}, 3_500_00),
    ("19-25", {}, 4_200_00),
    ("stem-hub-set-up", {"requested_pence": 50_000_00, "schools": 10}, 50_000_00),
    ("stem-centre", {"requested_pence": 75_000_00}, 75_000_00),
]


@pytest.mark.parametrize(("card", "inputs", "total_pence"), FIGURES)
def test_the_card_comes_to_the_figure_of_its_source(card: str, inputs: JSON, total_pence: int) -> None:
    assert calculated(card, **inputs).total_pence == total_pence


def test_every_card_of_the_network_has_a_figure_here_and_its_own_examples_come_out() -> None:
    assert {card for card, _, _ in FIGURES} == set(CARDS) == {*NETWORK, "stem-hub-set-up", "stem-centre"}
    assert [fault for card in CARDS.values() for fault in differing_examples(card)] == []


def test_every_figure_of_the_network_names_document_project_and_section() -> None:
    for code in NETWORK:
        for line in CARDS[code].lines:
            assert line.source.startswith("Maths Hubs network collaborative projects 2019/20, NCP 19-"), line
            # Cards 19-03 and 19-04 share one section of the source.
            assert f"19-{code[3:]}" in line.source, line
            assert line.in_kind or line.source.endswith(", J"), line


@pytest.mark.parametrize("schools", [6, 7, 8])
def test_a_development_group_is_paid_by_sessions_visits_days_release_and_travel(schools: int) -> None:
    found = calculated("19-09", schools=schools)
    lines = [(str(one.quantity), one.rate_pence, one.amount_pence) for one in found.lines]
    assert lines == [
        ("6", 350_00, 6 * 350_00),
        (str(3 * schools), 350_00, 3 * schools * 350_00),
        ("6", 200_00, 6 * 200_00),
        (str(schools), 1_000_00, schools * 1_000_00),
        ("1", 150_00, 150_00),
    ]
    assert found.total_pence == 17_800_00 + (schools - 7) * 2_050_00
    assert shares(found)["participating_school"] == schools * 1_000_00


def test_a_development_group_of_eight_is_priced_and_said_to_be_outside_of_the_agreed_model() -> None:
    assert calculated("19-09", schools=7).findings == ()
    [finding] = calculated("19-09", schools=8).findings
    assert (finding.input, finding.source[-7:]) == ("schools", "A and D")


def test_a_secondary_group_splits_between_the_specialist_and_two_schools() -> None:
    found = calculated("19-15")
    assert shares(found) == {"specialist_school": 5_250_00, "participating_school": 2 * 2_000_00}


@pytest.mark.parametrize("card", ["19-21", "19-22", "19-23"])
def test_level_3_groups_are_paid_half_by_the_hub_grant_and_half_by_the_other_programme(card: str) -> None:
    found = calculated(card, participants=15)
    assert {one.of: one.amount_pence for one in found.by_funder} == {
        "amsp": 2_100_00,
        "maths-hubs-core-grant": 2_100_00,
    }
    external = [one for one in CARDS[card].funders if one.is_external]
    assert [(one.funder, one.claimed_from) for one in external] == [("amsp", "The AMSP, through MEI")]


@pytest.mark.parametrize("trial_days", [2, 3])
def test_specialists_cost_fifteen_days_of_supply_in_kind(trial_days: int) -> None:
    found = calculated("19-01", specialists=2, trial_days=trial_days)
    assert found.in_kind_days == 2 * 15
    assert [one.quantity for one in found.lines] == [14, 2 * trial_days, 2 * (8 - trial_days)]
    assert all(one.in_kind and one.amount_pence == 0 for one in found.lines)


@pytest.mark.parametrize(
    ("card", "inputs", "days"),
    [
        ("19-03", {"specialists": 1, "year_of_cohort": 2}, "15"),
        ("19-05", {"participants": 1}, "4"),
        ("19-12", {}, "8"),
        ("19-13", {"schools": 7}, "10"),
        ("19-13", {"schools": 6}, "9.5"),
        ("19-17", {"lead": "new"}, "3"),
        ("19-17", {"lead": "existing"}, "1"),
        ("19-18", {"participants": 15}, "9"),
        ("19-18", {"participants": 15, "training_days": 4}, "10"),
    ],
)
def test_days_that_the_grant_covers_are_counted(card: str, inputs: JSON, days: str) -> None:
    assert calculated(card, **inputs).in_kind_days == Decimal(days)


@pytest.mark.parametrize(
    ("card", "inputs", "named", "code"),
    [
        ("19-09", {"schools": 7, "colour": 3}, "colour", "unknown-input"),
        ("19-09", {}, "schools", "missing-input"),
        ("19-09", {"schools": "many"}, "schools", "wrong-kind"),
        ("19-09", {"schools": 6.5}, "schools", "wrong-kind"),
        ("19-11", {"schools": 4}, "schools", "outside-limit"),
        ("19-11", {"schools": 9}, "schools", "outside-limit"),
        ("19-15", {"schools": 3}, "schools", "outside-limit"),
        ("19-06", {"participants": 121}, "participants", "outside-limit"),
        ("19-03", {"specialists": 1, "year_of_cohort": 3}, "year_of_cohort", "outside-limit"),
        ("19-19", {"schools": 3}, "schools", "outside-limit"),
        ("19-24", {"average_participants": 15, "charge_pence": 1}, "charge_pence", "outside-limit"),
        ("19-02", {"role": "guest"}, "role", "not-a-choice"),
    ],
)
def test_what_is_wrong_with_an_input_is_named(card: str, inputs: JSON, named: str, code: str) -> None:
    with pytest.raises(InputsRefused) as refused:
        calculated(card, **inputs)
    assert [(one.input, one.code) for one in refused.value.wrong] == [(named, code)]


@pytest.mark.parametrize(
    ("card", "inputs"),
    [
        ("19-07", {"members": 29}),
        ("19-16", {"participants": 13}),
        ("19-21", {"participants": 4}),
        ("19-21", {"participants": 16}),
        ("19-24", {"average_participants": 14.5}),
        ("19-24", {"average_participants": 15, "programmes": 6}),
        ("stem-hub-set-up", {"requested_pence": 1, "schools": 3}),
    ],
)
def test_what_is_outside_of_an_expectation_is_a_finding_and_no_refusal(card: str, inputs: JSON) -> None:
    assert len(calculated(card, **inputs).findings) == 1


def test_what_is_asked_above_a_cap_is_not_paid() -> None:
    assert calculated("stem-hub-set-up", requested_pence=60_000_00, schools=10).total_pence == 50_000_00
    assert calculated("stem-centre", requested_pence=74_000_00).total_pence == 74_000_00


def test_another_figure_needs_no_code() -> None:
    document = json.loads(canonical(CARDS["19-09"]))
    document |= {"version": 2, "project_year": "2020-21", "effective_from": "2020-09-01"}
    document["lines"][0]["rate"] = 36_000
    document["examples"] = [{"inputs": {"schools": "7"}, "total_pence": 17_860_00, "source": "A letter"}]
    card = Card.model_validate(document)
    assert differing_examples(card) == []
    assert calculate(card, {"schools": Decimal(7)}).total_pence == 17_800_00 + 6 * 10_00
    assert len(differing_examples(CARDS["19-09"].model_copy(update={"examples": card.examples}))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"funder": "nobody"},
        {"quantity": [{"times": "1", "of": ["colour"]}]},
        {"rate": {"input": "schools"}},
        {"rate": {"input": "schools", "pence": {"a": 1}}},
        {"when": {"input": "schools", "among": ["a"]}},
        {"in_kind": True},
        {"rate": 1.5},
        {"rate": True},
        {"unit": "light-year"},
        {"loop": "for ever"},
    ],
)
def test_a_card_that_could_fail_does_not_load(change: JSON) -> None:
    document = json.loads(canonical(CARDS["19-09"]))
    document["lines"][0] |= change
    with pytest.raises(ValidationError):
        Card.model_validate(document)


def test_half_pence_go_up_and_a_card_that_takes_money_is_refused() -> None:
    document = json.loads(canonical(CARDS["19-06"]))
    document["lines"][2]["rate"] = 101
    halved = {"participants": Decimal(0), "coordination_days": Decimal("0.5")}
    assert calculate(Card.model_validate(document), halved).total_pence == 51
    document = json.loads(canonical(CARDS["19-11"]))
    document["lines"] = document["lines"][1:]
    with pytest.raises(CalculationTooLarge):
        calculate(Card.model_validate(document), {"schools": Decimal(5)})


def calculated_or_refused(card: Card, inputs: Mapping[str, Decimal | str]) -> Calculation | set[str]:
    """What the card comes to, or the codes of what is wrong with the inputs."""
    try:
        return calculate(card, inputs)
    except InputsRefused as refused:
        return {one.code for one in refused.wrong}


@given(
    card=st.sampled_from(sorted(CARDS)),
    counts=st.lists(st.integers(0, 10_000), min_size=8, max_size=8),
    pick=st.integers(0, 2),
)
def test_any_input_within_its_limits_has_an_answer_that_adds_up_and_reads_back_the_same(
    card: str, counts: list[int], pick: int
) -> None:
    declared = CARDS[card].inputs
    inputs: dict[str, Decimal | str] = {}
    for one, count in zip(declared, counts, strict=False):
        inputs[one.input] = one.choices[pick % len(one.choices)] if one.choices else Decimal(count)
    found = calculated_or_refused(CARDS[card], inputs)
    if not isinstance(found, Calculation):
        assert found == {"outside-limit"}
        return
    assert found.total_pence == sum(line.amount_pence for line in found.lines)
    assert found.total_pence == sum(one.amount_pence for one in found.by_funder)
    assert found.total_pence == sum(one.amount_pence for one in found.by_payee)
    assert canonical(Calculation.model_validate_json(canonical(found))) == canonical(found)
    assert canonical(calculate(CARDS[card], found.inputs)) == canonical(found)
