"""What each published version of the fees charges: every version, every kind of school and course, on its own days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher, anonymous
from chassis.ids import new_id
from funding.canonical import canonical, checksum
from funding.fee_policies import service
from funding.fee_policies.errors import NoFeePolicy, PublishedFeesDiffer
from funding.fee_policies.rules import Outcome, Price, PricedRun, PriceInputs, pounds, price
from funding.fees.rules import Promise, due
from funding.policies.facts import Fact
from funding.seeds import read_fee_policies
from funding_facts import Steps
from harness import ServiceHarness

POLICIES = {policy.version: policy for policy in read_fee_policies()}
FREE, CAPPED, FULL = 0, 7_000, 44_000
"""Two days at nothing, £35 and £220 a day."""
OPEN = {"school.is_open": True, "school.is_in_england": True, "school.is_state_funded": True}
INDEPENDENT: dict[str, Any] = {"school.is_state_funded": False}
PRIORITY: dict[str, Any] = {"area.category": 5}
OTHER: dict[str, Any] = {"area.category": 3}
UNCATEGORISED: dict[str, Any] = {"area.category": None}
TAKEN = {"school.free_place_is_left": False}
COMPLETED = {"teacher.completed_gcse_programme": True}
NAMED = {"listed.priority-schools": True}
GCSE = {"programme": "gcse_subject_knowledge", "phase": "secondary"}
SECONDARY, POST_16, ONLINE = {"phase": "secondary"}, {"phase": "post_16"}, {"mode": "online"}
RANGE = (FREE, CAPPED)


def priced(version: int, run: dict[str, Any] | None = None, **facts: Any) -> Price:
    """The price of two days for an open state-funded school in England, but for what is said otherwise."""
    known: dict[str, Any] = {
        "course_run_id": new_id(),
        "course_code": "CP228",
        "phase": "primary",
        "programme": "core",
        "mode": "face_to_face",
        "days": Decimal(2),
        "starts_on": date(2020, 1, 15),
        "charge_pence": None,
        "independent_charge_pence": None,
    }
    wanted = PricedRun(**(known | (run or {})))
    of_course = {"course.phase": wanted.phase, "course.programme": wanted.programme, "course.mode": wanted.mode}
    others = {"teacher.completed_gcse_programme": False, "school.free_place_is_left": True}
    others |= {"listed.priority-schools": False}
    held: dict[str, Any] = {**OPEN, **others, **of_course, **facts}
    possible = {name: one if isinstance(one, tuple) else () if one is None else (one,) for name, one in held.items()}
    policy = POLICIES[version]
    inputs = PriceInputs(
        version=version,
        checksum=checksum(canonical(policy)),
        priced_on=policy.effective_from,
        school_urn="900001",
        run=wanted,
        facts={name: Fact(possible=one, source="test") for name, one in possible.items()},
    )
    return price(policy, inputs)


MATRIX: list[tuple[int, dict[str, Any], dict[str, Any], object]] = [
    # 16 January 2019
    (1, {}, PRIORITY, FREE),
    (1, {}, PRIORITY | TAKEN, None),  # the page says nothing of a second teacher
    (1, {}, OTHER, CAPPED),
    (1, {}, UNCATEGORISED, None),
    (1, SECONDARY, PRIORITY | TAKEN, FREE),
    (1, SECONDARY, OTHER, CAPPED),
    (1, POST_16, OTHER | COMPLETED, FREE),
    (1, {}, OTHER | INDEPENDENT, None),
    (1, GCSE, OTHER, (FREE, FULL)),  # whether the teacher is eligible is not known
    (1, GCSE, OTHER | {"teacher.is_eligible_for_gcse_programme": True}, FREE),
    (1, GCSE, OTHER | {"teacher.is_eligible_for_gcse_programme": False}, FULL),
    (1, GCSE, OTHER | INDEPENDENT, FULL),
    (1, ONLINE, INDEPENDENT, FREE),
    # 8 May 2019
    (2, {}, PRIORITY, FREE),
    (2, {}, PRIORITY | TAKEN, CAPPED),
    (2, {}, OTHER, CAPPED),
    (2, {}, UNCATEGORISED, RANGE),
    (2, SECONDARY, PRIORITY | TAKEN, FREE),
    (2, SECONDARY, OTHER, CAPPED),
    (2, SECONDARY, UNCATEGORISED, None),
    (2, GCSE, OTHER | INDEPENDENT, FULL),
    (2, ONLINE, UNCATEGORISED, FREE),
    # 2 July and 4 November 2019
    (3, {}, PRIORITY, FREE),
    (3, {}, PRIORITY | TAKEN, CAPPED),
    (3, {}, PRIORITY | INDEPENDENT, FULL),
    (3, {}, OTHER, CAPPED),
    (3, SECONDARY, PRIORITY, FREE),
    (3, SECONDARY, OTHER, CAPPED),
    (3, SECONDARY, OTHER | INDEPENDENT, FULL),
    (3, POST_16, OTHER, CAPPED),
    (3, POST_16, PRIORITY, None),
    (3, GCSE, UNCATEGORISED, FREE),
    (3, GCSE, INDEPENDENT, FULL),
    # 12 December 2019: acceptance of the bursary rules names these four
    (4, {}, PRIORITY, CAPPED),
    (4, {}, UNCATEGORISED | TAKEN, CAPPED),
    (4, {}, INDEPENDENT, FULL),
    (4, ONLINE, INDEPENDENT, FREE),
    (4, SECONDARY, PRIORITY, CAPPED),
    (4, SECONDARY, OTHER | COMPLETED, CAPPED),
    (4, SECONDARY, INDEPENDENT, FULL),
    (4, GCSE, UNCATEGORISED, FREE),
    (4, {}, {"school.is_state_funded": None}, None),
    # 5 February 2020
    (5, SECONDARY, OTHER | COMPLETED, FREE),
    (5, SECONDARY, OTHER, CAPPED),
    (5, SECONDARY, OTHER | {"teacher.completed_gcse_programme": None}, RANGE),
    (5, {}, OTHER | COMPLETED, CAPPED),
    # 13 March 2020
    (6, {}, PRIORITY, FREE),
    (6, {}, {"area.category": (5, 6)}, FREE),
    (6, {}, {"area.category": (1, 5)}, RANGE),
    (6, {}, OTHER, CAPPED),
    (6, {}, OTHER | NAMED, CAPPED),
    (6, {}, UNCATEGORISED, RANGE),
    (6, {}, PRIORITY | INDEPENDENT, FULL),
    (6, SECONDARY, PRIORITY, FREE),
    (6, SECONDARY, OTHER | COMPLETED, FREE),
    (6, POST_16, PRIORITY, FREE),
    (6, POST_16, OTHER, CAPPED),
    (6, GCSE, OTHER, FREE),
    (6, GCSE, INDEPENDENT, FULL),
    (6, ONLINE, INDEPENDENT | UNCATEGORISED, FREE),
    (6, {}, PRIORITY | {"school.is_open": False}, None),
    (6, {}, PRIORITY | {"school.is_in_england": False}, None),
    # 22 November 2026
    (7, {}, OTHER | NAMED, FREE),
    (7, {}, UNCATEGORISED | NAMED, FREE),
    (7, {}, UNCATEGORISED, RANGE),
    (7, {}, OTHER | {"listed.priority-schools": None}, RANGE),
    (7, {}, OTHER, CAPPED),
    (7, {}, NAMED | INDEPENDENT, FULL),
    (7, {"days": None}, OTHER, None),
    (7, {"days": None}, PRIORITY, FREE),
    (7, {"days": Decimal("0.5")}, OTHER, 1_750),
    (7, {"days": Decimal(0)}, OTHER, 0),
]


@pytest.mark.parametrize(("version", "run", "facts", "expected"), MATRIX)
def test_what_each_published_version_charges_for_two_days(
    version: int, run: dict[str, Any], facts: dict[str, Any], expected: object
) -> None:
    found = priced(version, run, **facts)
    if isinstance(expected, int):
        assert (found.outcome, found.amount_pence, found.at_most_pence) == (Outcome.PRICED, expected, expected)
        assert found.basis in {row.row for row in POLICIES[version].rows}
    else:
        assert (found.outcome, found.amount_pence, found.basis) == (Outcome.NEEDS_REVIEW, None, None)
        low, high = expected if isinstance(expected, tuple) else (None, None)
        assert (found.at_least_pence, found.at_most_pence) == (low, high)
    assert found.reason
    assert all(one.reason for one in found.criteria)


IN_FORCE = [
    (date(2019, 1, 16), 1),
    (date(2019, 5, 7), 1),
    (date(2019, 5, 8), 2),
    (date(2019, 7, 1), 2),
    (date(2019, 7, 2), 3),
    (date(2019, 11, 4), 3),
    (date(2019, 12, 11), 3),
    (date(2019, 12, 12), 4),
    (date(2020, 2, 4), 4),
    (date(2020, 2, 5), 5),
    (date(2020, 3, 12), 5),
    (date(2020, 3, 13), 6),
    (date(2026, 11, 21), 6),
    (date(2026, 11, 22), 7),
]


async def test_the_version_in_force_at_every_boundary(funding: ServiceHarness) -> None:
    async with funding.session() as session:
        for day, version in IN_FORCE:
            assert (await service.in_force(session, day)).policy.version == version, day
        with pytest.raises(NoFeePolicy):
            await service.in_force(session, date(2019, 1, 15))


async def test_a_published_version_never_changes(funding: ServiceHarness) -> None:
    async with funding.session() as session:
        assert not await service.publish_version(session, POLICIES[7])
        cheaper = POLICIES[7].model_copy(update={"quote_valid_days": 1})
        with pytest.raises(PublishedFeesDiffer):
            await service.publish_version(session, cheaper)
    for statement in ("UPDATE fee_policy_version SET version = 99", "DELETE FROM fee_policy_version"):
        with pytest.raises(IntegrityError, match="append-only"):
            async with funding.session() as session:
                await session.execute(text(statement))


async def test_the_policies_are_public_with_their_days(steps: Steps) -> None:
    shown = (await steps.get(anonymous(), "/v1/fee-policies")).json()["data"]
    assert [(one["version"], one["effective_to"]) for one in shown][-2:] == [(6, "2026-11-21"), (7, None)]
    [then] = (await steps.get(a_teacher(), "/v1/fee-policies", on="2019-11-04")).json()["data"]
    assert (then["version"], then["rows"][-1]["fee_per_day_pence"]) == (3, 3_500)
    assert (await steps.get(anonymous(), "/v1/fee-policies", on="2019-01-01")).json()["data"] == []


@pytest.mark.parametrize(
    ("asked", "amount_pence", "is_capped", "said"),
    [
        (None, 7_000, False, "2 × £35 a day: £70 at most."),
        (2_500, 2_500, False, "The hub asks less: £25."),
        (0, 0, False, "The hub asks less: £0."),
        (7_000, 7_000, False, "£70 at most."),
        (7_001, 7_000, True, "The hub asks £70.01; that is capped at £70."),
        (100_000, 7_000, True, "capped at £70."),
    ],
)
def test_a_hub_may_ask_less_than_the_cap_and_never_more(
    asked: int | None, amount_pence: int, is_capped: bool, said: str
) -> None:
    found = priced(7, {"charge_pence": asked, "independent_charge_pence": 1}, **OTHER)
    assert (found.amount_pence, found.is_capped, found.hub_charge_pence) == (amount_pence, is_capped, asked)
    assert said in found.reason


def test_the_hubs_charge_for_independent_schools_is_a_line_of_its_own() -> None:
    asks = {"charge_pence": 1_000, "independent_charge_pence": 30_000}
    assert priced(7, asks, **INDEPENDENT).amount_pence == 30_000
    assert priced(7, asks, **OTHER).amount_pence == 1_000
    free = priced(7, asks, **PRIORITY)
    assert (free.amount_pence, free.is_capped) == (0, True), "nothing may be asked where the policy says free"


def test_what_a_hub_gives_away_needs_no_facts() -> None:
    found = priced(7, {"charge_pence": 0}, **UNCATEGORISED)
    assert (found.outcome, found.amount_pence) == (Outcome.PRICED, 0)


def test_a_version_says_where_vat_is_added() -> None:
    assert priced(1, **OTHER).plus_vat
    assert "without VAT" in priced(1, **OTHER).reason
    assert not priced(1, ONLINE).plus_vat


@given(
    version=st.sampled_from(sorted(POLICIES)),
    halves=st.integers(0, 20),
    asked=st.none() | st.integers(0, 100_000),
    facts=st.fixed_dictionaries(
        {
            **{name: st.sampled_from([True, False, None]) for name in [*OPEN, *COMPLETED, *NAMED, *TAKEN]},
            "area.category": st.none() | st.integers(1, 6) | st.just((5, 6)) | st.just((1, 5)),
        }
    ),
    phase=st.sampled_from(["primary", "secondary", "post_16"]),
    mode=st.sampled_from(["face_to_face", "live_remote", "online"]),
)
def test_no_price_is_above_its_cap_and_nobody_pays_for_online(
    version: int, halves: int, asked: int | None, facts: dict[str, Any], phase: str, mode: str
) -> None:
    run = {"days": Decimal(halves) / 2, "charge_pence": asked, "independent_charge_pence": asked}
    found = priced(version, run | {"phase": phase, "mode": mode}, **facts)
    highest = halves * 11_000
    assert (found.amount_pence or 0) <= min(highest, highest if asked is None else asked)
    assert (found.at_least_pence or 0) <= (found.at_most_pence or highest)
    if mode == "online":
        assert found.amount_pence == 0


def test_amounts_are_written_for_people() -> None:
    assert [pounds(one) for one in (0, 1, 1_750, 7_000, 123_456_00)] == ["£0", "£0.01", "£17.50", "£70", "£123,456"]


CAPPED_PRICE, FREE_PRICE = priced(7, **OTHER), priced(7, **PRIORITY)
UNSETTLED, UNKNOWN = priced(7, **UNCATEGORISED), priced(7, **PRIORITY | {"school.is_open": False})
A = Promise(new_id(), 2_500, 2_500)
B = Promise(new_id(), 9_000, 9_000)
AT_MOST_CAPPED = Promise(new_id(), None, CAPPED)
NOTHING_PROMISED = replace(A, amount_pence=None, at_most_pence=None)


@pytest.mark.parametrize(
    ("found", "promises", "amount_pence", "at_most_pence", "kept"),
    [
        (CAPPED_PRICE, [], 7_000, 7_000, None),
        (CAPPED_PRICE, [A], 2_500, 2_500, A),
        (CAPPED_PRICE, [B], 7_000, 7_000, None),
        (CAPPED_PRICE, [B, A], 2_500, 2_500, A),
        (FREE_PRICE, [A], 0, 0, None),
        (priced(7, **INDEPENDENT), [AT_MOST_CAPPED], 7_000, 7_000, AT_MOST_CAPPED),
        (UNSETTLED, [], None, 7_000, None),
        (UNSETTLED, [A], None, 2_500, A),  # it may yet turn out to be free
        (UNSETTLED, [replace(A, amount_pence=0, at_most_pence=0)], 0, 0, A),
        (UNKNOWN, [], None, None, None),
        (UNKNOWN, [A], 2_500, 2_500, A),
        (UNKNOWN, [AT_MOST_CAPPED], None, 7_000, AT_MOST_CAPPED),
        (UNKNOWN, [NOTHING_PROMISED], None, None, None),
    ],
)
def test_the_lower_of_the_price_and_what_was_promised_is_due(
    found: Price, promises: list[Promise], amount_pence: int | None, at_most_pence: int | None, kept: Promise | None
) -> None:
    decided = due(found, promises)
    assert (decided.amount_pence, decided.at_most_pence) == (amount_pence, at_most_pence)
    assert decided.quote_id == (kept and kept.quote_id)
    assert ("promised" in decided.reason) == (decided.amount_pence != found.amount_pence)


@pytest.mark.parametrize(
    ("found", "promised", "said"),
    [
        (UNKNOWN, A, "A quote that held when the place was booked promised £25."),
        (CAPPED_PRICE, A, f"{CAPPED_PRICE.reason} A quote that held when the place was booked promised £25 at most."),
    ],
)
def test_the_reason_says_what_a_quote_promised_and_of_a_price_that_it_is_a_bound(
    found: Price, promised: Promise, said: str
) -> None:
    assert due(found, [promised]).reason == said
