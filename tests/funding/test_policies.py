"""Policies as data: which version is in force, what it says, what it pays."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from builders import anonymous
from funding.canonical import canonical, checksum
from funding.eligibility.rules import Outcome
from funding.policies import service
from funding.policies.errors import PublishedVersionDiffers
from funding.policies.facts import Fact, Scalar
from funding.policies.rules import Course, Decision, Inputs, Policy, academic_year, amount, decide, quota_key
from funding.seeds import read_policies
from funding_facts import Steps
from harness import ServiceHarness

POLICIES = {(policy.policy, policy.version): policy for policy in read_policies().policies}

REPLACED = {"gcse-programme"}

PRIMARY_IN_FORCE = [
    (date(2019, 1, 15), None),
    (date(2019, 1, 16), 1),
    (date(2019, 5, 7), 1),
    (date(2019, 5, 8), 2),
    (date(2019, 7, 1), 2),
    (date(2019, 7, 2), 3),
    (date(2019, 11, 4), 3),
    (date(2019, 12, 11), 3),
    (date(2019, 12, 12), 4),
    (date(2020, 2, 5), 4),
    (date(2026, 11, 22), 4),
]
SECONDARY_IN_FORCE = [
    (date(2019, 1, 15), None),
    (date(2019, 1, 16), 1),
    (date(2019, 5, 8), 2),
    (date(2019, 7, 2), 3),
    (date(2019, 12, 11), 3),
    (date(2019, 12, 12), 4),
    (date(2020, 2, 4), 4),
    (date(2020, 2, 5), 5),
]


async def test_the_version_in_force_at_every_boundary(funding: ServiceHarness) -> None:
    async with funding.session() as session:
        for phase, mode, expected in (
            ("primary", "face_to_face", PRIMARY_IN_FORCE),
            ("secondary", "live_remote", SECONDARY_IN_FORCE),
        ):
            for day, version in expected:
                found = await service.in_force(session, phase, "core", mode, day)
                assert (found and found.policy.version) == version, (phase, day)


async def test_every_kind_of_course_has_exactly_one_policy_today(funding: ServiceHarness) -> None:
    kinds = product(
        ("primary", "secondary", "post_16"),
        ("core", "gcse_subject_knowledge"),
        ("face_to_face", "live_remote", "online"),
    )
    async with funding.session() as session:
        for phase, programme, mode in kinds:
            found = await service.in_force(session, phase, programme, mode, date(2026, 11, 22))
            applying = {
                name
                for (name, _), policy in POLICIES.items()
                if name not in REPLACED
                and phase in policy.applies_to.phases
                and programme in policy.applies_to.programmes
                and mode in policy.applies_to.modes
            }
            assert found is not None
            assert applying == {found.policy.policy}


def decided(policy: str, version: int, *, days: str = "2", taken: bool = False, **known: Scalar | None) -> Decision:
    """The decision for an open school in England, in category 3 unless said otherwise."""
    document = POLICIES[(policy, version)]
    held: dict[str, Scalar | None] = {
        "school.is_open": True,
        "school.is_in_england": True,
        "school.is_state_funded": known.get("state_funded", True),
        "area.category": known.get("category", 3),
        "teacher.completed_gcse_programme": known.get("completed"),
    }
    phase = document.applies_to.phases[0]
    inputs = Inputs(
        policy=policy,
        version=version,
        checksum=checksum(canonical(document)),
        applied_on=document.effective_from,
        school_urn="900001",
        course=Course(
            course_code="CP228",
            phase=phase,
            programme=document.applies_to.programmes[0],
            mode=document.applies_to.modes[0],
            days=Decimal(days),
            starts_on=date(2020, 1, 15),
        ),
        facts={name: Fact(possible=() if one is None else (one,), source="test") for name, one in held.items()},
        quotas_taken={row.row: taken for row in document.rows if row.quota is not None},
    )
    return decide(document, inputs)


@pytest.mark.parametrize(
    ("policy", "version", "known", "outcome", "amount_pence", "fee_pence"),
    [
        ("primary-cpd", 1, {"category": 5}, "eligible", 20_000, 0),
        ("primary-cpd", 1, {"category": 3}, "ineligible", 0, 7_000),
        ("primary-cpd", 1, {"category": None}, "needs_review", 0, None),
        ("primary-cpd", 1, {"category": 3, "state_funded": False}, "needs_review", 0, None),
        ("primary-cpd", 1, {"category": 5, "taken": True}, "needs_review", 0, None),
        ("primary-cpd", 2, {"category": 6}, "eligible", 20_000, 0),
        ("primary-cpd", 2, {"category": 6, "taken": True}, "ineligible", 0, 7_000),
        ("primary-cpd", 2, {"category": 1}, "ineligible", 0, 7_000),
        ("primary-cpd", 3, {"category": 5}, "eligible", 20_000, 0),
        ("primary-cpd", 3, {"category": 5, "taken": True}, "ineligible", 0, 7_000),
        ("primary-cpd", 3, {"category": 5, "state_funded": False}, "ineligible", 0, 44_000),
        ("primary-cpd", 3, {"category": 2}, "ineligible", 0, 7_000),
        ("primary-cpd", 4, {}, "eligible", 37_000, 7_000),
        ("primary-cpd", 4, {"category": None}, "eligible", 37_000, 7_000),
        ("primary-cpd", 4, {"taken": True}, "ineligible", 0, 7_000),
        ("primary-cpd", 4, {"state_funded": False}, "ineligible", 0, 44_000),
        ("primary-cpd", 4, {"state_funded": None}, "needs_review", 0, None),
        ("primary-cpd", 4, {"state_funded": None, "taken": True}, "needs_review", 0, None),
        ("primary-cpd", 4, {"days": "0.5"}, "eligible", 9_250, 1_750),
        ("primary-cpd", 4, {"days": "1"}, "eligible", 18_500, 3_500),
        ("secondary-cpd", 1, {"category": 5}, "eligible", 20_000, 0),
        ("secondary-cpd", 1, {"category": 4}, "ineligible", 0, 7_000),
        ("secondary-cpd", 2, {"category": 6}, "eligible", 20_000, 0),
        ("secondary-cpd", 2, {"category": None}, "needs_review", 0, None),
        ("secondary-cpd", 3, {"category": 6}, "eligible", 20_000, 0),
        ("secondary-cpd", 3, {"state_funded": False, "category": 6}, "ineligible", 0, 44_000),
        ("secondary-cpd", 4, {"category": 6}, "ineligible", 0, 7_000),
        ("secondary-cpd", 4, {"state_funded": False}, "ineligible", 0, 44_000),
        ("secondary-cpd", 5, {"completed": True}, "ineligible", 0, 0),
        ("secondary-cpd", 5, {"completed": False}, "ineligible", 0, 7_000),
        ("secondary-cpd", 5, {}, "ineligible", 0, None),
        ("post-16-cpd", 1, {}, "ineligible", 0, 7_000),
        ("online-cpd", 1, {"state_funded": False, "category": None}, "ineligible", 0, 0),
        ("gcse-programme", 1, {}, "needs_review", 0, None),
    ],
)
def test_what_each_published_version_pays_and_charges_for_two_days(
    policy: str, version: int, known: dict[str, object], outcome: str, amount_pence: int, fee_pence: int | None
) -> None:
    found = decided(policy, version, **known)  # type: ignore[arg-type]
    assert (found.outcome, found.amount_pence, found.fee_pence) == (outcome, amount_pence, fee_pence)
    assert found.reason
    if found.outcome is Outcome.ELIGIBLE:
        assert sum(line.amount_pence for line in found.trace) == found.amount_pence


def test_a_version_says_where_vat_is_added() -> None:
    assert [line.plus_vat for line in decided("primary-cpd", 1).trace] == [False, True]
    assert [line.plus_vat for line in decided("primary-cpd", 4).trace] == [False, False]


@given(days=st.decimals(0, 40, places=2), rate=st.integers(0, 100_000))
def test_an_amount_is_whole_pence_within_half_a_penny_of_days_times_rate(days: Decimal, rate: int) -> None:
    assert abs(amount(days, rate) - days * rate) <= Decimal("0.5")


@given(
    version=st.sampled_from(sorted(key for key in POLICIES if key[0] != "subject-expert")),
    taken=st.booleans(),
    state_funded=st.sampled_from([True, False, None]),
    category=st.sampled_from([1, 4, 5, 6, None]),
    completed=st.sampled_from([True, False, None]),
)
def test_settling_an_unknown_fact_never_turns_a_settled_decision(
    version: tuple[str, int], taken: bool, state_funded: bool | None, category: int | None, completed: bool | None
) -> None:
    known = {"state_funded": state_funded, "category": category, "completed": completed}
    before = decided(*version, taken=taken, **known)  # type: ignore[arg-type]
    settled = {"state_funded": True, "category": 5, "completed": False}
    filled = {name: settled[name] if one is None else one for name, one in known.items()}
    after = decided(*version, taken=taken, **filled)  # type: ignore[arg-type]
    if before.outcome is not Outcome.NEEDS_REVIEW:
        assert (after.outcome, after.amount_pence) == (before.outcome, before.amount_pence)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2019, 8, 31), "2018-19"),
        (date(2019, 9, 1), "2019-20"),
        (date(2020, 1, 1), "2019-20"),
        (date(1999, 9, 1), "1999-00"),
    ],
)
def test_an_academic_year_begins_on_the_first_of_september(day: date, year: str) -> None:
    assert academic_year(day) == year


def test_a_quota_does_not_start_again_with_a_new_version_of_its_policy() -> None:
    course = Course(
        course_code="CP1",
        phase="primary",
        programme="core",
        mode="face_to_face",
        days=Decimal(1),
        starts_on=date(2019, 10, 1),
    )
    row = POLICIES[("primary-cpd", 4)].rows[0]
    assert quota_key("primary-cpd", row, "900001", course) == "primary-cpd|900001|2019-20"
    assert quota_key("primary-cpd", POLICIES[("primary-cpd", 3)].rows[0], "900001", course) == "primary-cpd|900001|CP1"


async def test_anybody_can_read_the_policies_with_the_days_they_were_in_force(steps: Steps) -> None:
    reply = await steps.get(anonymous(), "/v1/policies", policy="primary-cpd")
    spans = [(one["version"], one["effective_from"], one["effective_to"]) for one in reply.json()["data"]]
    assert spans == [
        (1, "2019-01-16", "2019-05-07"),
        (2, "2019-05-08", "2019-07-01"),
        (3, "2019-07-02", "2019-12-11"),
        (4, "2019-12-12", None),
    ]
    assert len((await steps.get(anonymous(), "/v1/policies")).json()["data"]) == len(POLICIES)
    on = (await steps.get(anonymous(), "/v1/policies", policy="primary-cpd", on="2019-07-01")).json()["data"]
    assert [one["version"] for one in on] == [2]
    assert on[0]["checksum"] == checksum(canonical(POLICIES[("primary-cpd", 2)]))


async def test_a_published_version_cannot_be_changed_by_import_nor_by_hand(funding: ServiceHarness) -> None:
    published = POLICIES[("primary-cpd", 4)]
    cheaper = published.rows[0].model_copy(update={"fee_per_day_pence": 0})
    changed: Policy = published.model_copy(update={"rows": (cheaper, *published.rows[1:])})
    async with funding.session() as session:
        assert not await service.publish_version(session, published, "cpd-bursaries")
    with pytest.raises(PublishedVersionDiffers):
        async with funding.session() as session:
            await service.publish_version(session, changed, "cpd-bursaries")
    for statement in (
        "UPDATE policy_version SET version = 9",
        "DELETE FROM eligibility_rule",
        "TRUNCATE area_category",
    ):
        with pytest.raises(Exception, match="append-only"):
            async with funding.session() as session:
                await session.execute(text(statement))
