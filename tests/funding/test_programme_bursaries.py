"""Supply cover for the GCSE programme: paid by milestones, as the six published versions of 2019–20 said."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from chassis.ids import new_id
from chassis.principal import Principal
from contracts.certification import CertificateAwarded, CertificateRevoked
from contracts.funding import BursaryApplied, BursaryApproved
from contracts.hubs import BookingPlaced
from funding.canonical import canonical, checksum
from funding.eligibility.rules import Outcome
from funding.policies import service
from funding.policies.facts import Fact
from funding.policies.milestones import Attended, Milestones, earned
from funding.policies.rules import Course, Decision, Inputs, decide
from funding.seeds import read_policies
from funding_facts import Steps, cpd_completed, school_changed
from harness import ServiceHarness

JSON = dict[str, Any]
POLICIES = {(policy.policy, policy.version): policy for policy in read_policies().policies}
GCSE: JSON = {"programme": "gcse_subject_knowledge", "phase": "secondary", "course_code": "CP410"}
IN_FORCE = [
    (date(2019, 1, 15), None),
    (date(2019, 1, 16), 1),
    (date(2019, 5, 7), 1),
    (date(2019, 5, 8), 2),
    (date(2019, 7, 1), 2),
    (date(2019, 7, 2), 3),
    (date(2019, 11, 3), 3),
    (date(2019, 11, 4), 4),
    (date(2019, 12, 11), 4),
    (date(2019, 12, 12), 5),
    (date(2020, 2, 4), 5),
    (date(2020, 2, 5), 5),
    (date(2026, 11, 22), 5),
]
"""bursary_rules_history.json: the five of its six versions that changed this programme."""


async def test_the_version_in_force_at_every_boundary(funding: ServiceHarness) -> None:
    async with funding.session() as session:
        for day, version in IN_FORCE:
            found = await service.in_force(session, "secondary", "gcse_subject_knowledge", "face_to_face", day)
            assert (found and (found.policy.policy, found.policy.version)) == (
                version and ("gcse-supply-cover", version)
            ), day


def decided(version: int, on: date, **known: Any) -> Decision:
    """What a version says on a day to a teacher of an open state-funded school without a qualification."""
    policy = POLICIES["gcse-supply-cover", version]
    held = {"state_funded": True, "qualified": False} | known
    facts = {
        "school.is_open": True,
        "school.is_in_england": True,
        "school.is_state_funded": held["state_funded"],
        "teacher.holds_a_computing_qualification": held["qualified"],
    }
    inputs = Inputs(
        policy="gcse-supply-cover",
        version=version,
        checksum=checksum(canonical(policy)),
        applied_on=on,
        school_urn="900001",
        teacher_id=new_id(),
        course=Course(
            course_code="CP410",
            phase="secondary",
            programme="gcse_subject_knowledge",
            mode="face_to_face",
            days=Decimal(2),
            starts_on=on + timedelta(days=30),
        ),
        facts={name: Fact(possible=() if value is None else (value,), source="test") for name, value in facts.items()},
        quotas_taken={"eligible": held.get("taken", False), "state-funded": held.get("taken", False)},
    )
    return decide(policy, inputs)


BOUNDARIES = [
    # 20803a0f8: 440 for each of two courses, 880 at most, 870 on completion by 31 July
    (1, date(2019, 1, 16), {}, "eligible", 175_000, [44_000, 44_000, 87_000], 0),
    (1, date(2019, 5, 7), {"qualified": True}, "ineligible", 0, [], 44_000),
    (1, date(2019, 5, 7), {"state_funded": False}, "ineligible", 0, [], 44_000),
    (1, date(2019, 5, 7), {"qualified": None}, "needs_review", 0, [], None),
    # 8bf9ae764
    (2, date(2019, 5, 8), {}, "eligible", 175_000, [44_000, 44_000, 87_000], 0),
    (2, date(2019, 7, 1), {"qualified": True}, "ineligible", 0, [], 44_000),
    # e0bad1b5e: 440 + 440 + 620 = 1,500, and 250 by 31 July
    (3, date(2019, 7, 2), {}, "eligible", 175_000, [44_000, 44_000, 62_000, 25_000], 0),
    (3, date(2019, 7, 31), {"qualified": True}, "eligible", 175_000, [44_000, 44_000, 62_000, 25_000], 0),
    (3, date(2019, 8, 1), {}, "eligible", 150_000, [44_000, 44_000, 62_000], 0),
    (3, date(2019, 11, 3), {"state_funded": False}, "ineligible", 0, [], 44_000),
    # d1b0c0fdd: 300 more for a course by 29 February 2020, 1,800 together
    (4, date(2019, 11, 4), {}, "eligible", 180_000, [44_000, 44_000, 62_000, 30_000], 0),
    (4, date(2019, 12, 11), {"state_funded": None}, "needs_review", 0, [], None),
    # 8c4f379d3
    (5, date(2019, 12, 12), {}, "eligible", 180_000, [44_000, 44_000, 62_000, 30_000], 0),
    (5, date(2020, 2, 29), {}, "eligible", 180_000, [44_000, 44_000, 62_000, 30_000], 0),
    (5, date(2020, 3, 1), {}, "eligible", 150_000, [44_000, 44_000, 62_000], 0),
    (5, date(2020, 3, 1), {"taken": True}, "ineligible", 0, [], 0),
]


@pytest.mark.parametrize(("version", "on", "known", "outcome", "amount", "parts", "fee"), BOUNDARIES)
def test_what_each_version_pays_at_its_boundaries(
    version: int, on: date, known: JSON, outcome: str, amount: int, parts: list[int], fee: int | None
) -> None:
    said = decided(version, on, **known)
    assert (said.outcome, said.amount_pence, said.fee_pence) == (Outcome(outcome), amount, fee)
    assert [part.amount_pence for part in said.milestones] == parts
    assert Decision.model_validate_json(canonical(said)) == said


def attended(*days: str, length: str = "2") -> list[Attended]:
    """Courses that were completed on these days."""
    return [
        Attended(completed_on=date.fromisoformat(day), days=Decimal(length), cause=f"completion:{number}")
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("courses", "completed", "reached"),
    [
        ([], None, []),
        (attended("2020-01-10"), None, ["first-course", "early-start"]),
        (attended("2020-02-29"), None, ["first-course", "early-start"]),
        (attended("2020-03-01"), None, ["first-course"]),
        (attended("2020-01-10", "2020-01-10"), None, ["first-course", "second-course", "early-start"]),
        (attended("2020-03-10", "2020-04-10", "2020-05-10"), None, ["first-course", "second-course"]),
        (attended("2020-01-10", length="1"), None, ["early-start"]),
        ([], date(2020, 6, 1), ["programme"]),
        (attended("2020-03-01", "2020-03-02"), date(2020, 6, 1), ["first-course", "second-course", "programme"]),
    ],
)
def test_which_milestones_are_reached(courses: list[Attended], completed: date | None, reached: list[str]) -> None:
    parts = decided(5, date(2020, 1, 1)).milestones
    for order in (courses, courses[::-1]):
        found = earned(parts, order, completed, "certificate")
        assert sorted(one.milestone for one in found) == sorted(reached)


def test_parts_above_their_cap_cannot_be_written_down() -> None:
    [row] = [row for row in POLICIES["gcse-supply-cover", 5].rows if row.milestones]
    assert row.milestones is not None
    written = row.milestones.model_dump(mode="json")
    written["parts"][2]["amount_pence"] += 1
    with pytest.raises(ValidationError, match="come to 150001 pence, and 150000 are the most"):
        Milestones.model_validate(written)


async def an_application(steps: Steps) -> tuple[Principal, BookingPlaced, JSON]:
    """A secondary teacher who has applied with a first course of the programme, whose budget has £5,000."""
    body = {"to_budget": "gcse-supply-cover", "from_budget": None, "amount_pence": 500_000, "reason": "The award."}
    proposed = (await steps.post(steps.officer, "/v1/allocations", body)).json()
    approval = {"outcome": "approved", "reason": "As awarded."}
    allocated = await steps.post(steps.approver, f"/v1/allocations/{proposed['id']}/approval", approval)
    assert allocated.status_code == 200, allocated.text
    await steps.funding.deliver(school_changed(phase="secondary", lowest_age=11, highest_age=16))
    teacher, booking = await steps.a_booking(**GCSE)
    return teacher, booking, await steps.apply(teacher, booking)


async def parts_of(steps: Steps, teacher: Principal) -> dict[str, JSON]:
    """The parts of the teacher's bursary by name, as the teacher sees them."""
    found = (await steps.get(teacher, "/v1/bursaries")).json()["data"]
    return {one["part"]: one for one in found}


def awarded(teacher: Principal) -> CertificateAwarded:
    """The programme's certificate."""
    return CertificateAwarded(
        certificate_id=new_id(),
        teacher_id=teacher.id,
        scheme="gcse_subject_knowledge",
        scheme_version=1,
        awarded_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    )


async def test_a_programme_is_applied_for_once_approved_once_and_paid_part_by_part(steps: Steps) -> None:
    teacher, booking, bursary = await an_application(steps)
    parts = await parts_of(steps, teacher)
    assert {name: one["amount_pence"] for name, one in parts.items()} == {
        "first-course": 44_000,
        "second-course": 44_000,
        "programme": 62_000,
    }
    assert {one["group_id"] for one in parts.values()} == {bursary["id"]}
    assert (await steps.approve(parts["programme"])).status_code == 200
    assert (await steps.balances("gcse-supply-cover"))["reserved"] == 150_000
    assert len(await steps.funding.published(BursaryApproved)) == 3
    _, second = await steps.a_booking(teacher=teacher, **GCSE)
    refused = await steps.apply(teacher, second)
    assert (refused["status"], refused["amount_pence"], refused["fee_pence"]) == ("ineligible", 0, 0)
    for event, claimable in (
        (cpd_completed(second), {"first-course"}),
        (cpd_completed(booking), {"first-course", "second-course"}),
        (awarded(teacher), {"first-course", "second-course", "programme"}),
    ):
        await steps.funding.deliver(event, times=2)
        now = await parts_of(steps, teacher)
        assert {name for name, one in now.items() if one["status"] == "claimable"} == claimable
    total = 0
    for part in ("first-course", "second-course", "programme"):
        claim = (await steps.claim(teacher, parts[part])).json()
        assert (await steps.approve_claim(claim)).status_code == 200
        total += claim["amount_pence"]
    assert total == 150_000, "never 1,501"
    assert (await steps.balances("gcse-supply-cover"))["payable"] == 150_000


async def test_a_course_known_before_its_booking_counts_once_both_are_known(steps: Steps) -> None:
    teacher, booking, bursary = await an_application(steps)
    await steps.approve(bursary)
    other = booking.model_copy(update={"booking_id": new_id(), "course_run_id": new_id()})
    await steps.funding.deliver(cpd_completed(other))
    assert {one["status"] for one in (await parts_of(steps, teacher)).values()} == {"approved"}
    await steps.funding.deliver(other)
    assert (await parts_of(steps, teacher))["first-course"]["status"] == "claimable"


async def test_withdrawal_lapses_what_is_unpaid_and_puts_what_was_paid_on_record(steps: Steps) -> None:
    teacher, booking, bursary = await an_application(steps)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await steps.approve_claim(claim)
    run = await steps.post(steps.payment_officer, "/v1/payment-runs", {"budget": "gcse-supply-cover"})
    await steps.release(run.json())
    path = f"/v1/bursaries/{bursary['id']}/withdrawal"
    assert (await steps.post(steps.auditor, path, {"reason": "I say so."})).status_code == 404
    reply = await steps.post(teacher, path, {"reason": "I leave the school."})
    assert reply.status_code == 200, reply.text
    statuses = {name: one["status"] for name, one in (await parts_of(steps, teacher)).items()}
    assert statuses == {"first-course": "paid", "second-course": "lapsed", "programme": "lapsed"}
    assert (await steps.balances("gcse-supply-cover"))["reserved"] == 0
    [case] = (await steps.get(steps.auditor, "/v1/recoveries")).json()["data"]
    assert (case["amount_pence"], case["because"], case["payment_id"]) == (44_000, "programme_given_up", claim["id"])
    again = await steps.post(teacher, path, {"reason": "I leave the school."})
    assert (await parts_of(steps, teacher))["first-course"]["status"] == "paid", again.text


async def test_a_certificate_that_is_revoked_takes_its_milestone_back(steps: Steps) -> None:
    teacher, _, bursary = await an_application(steps)
    await steps.approve(bursary)
    certificate = awarded(teacher)
    await steps.funding.deliver(certificate)
    assert (await parts_of(steps, teacher))["programme"]["status"] == "claimable"
    await steps.funding.deliver(
        CertificateRevoked(
            certificate_id=certificate.certificate_id,
            teacher_id=teacher.id,
            scheme="gcse_subject_knowledge",
            awarded_at=certificate.awarded_at,
            revoked_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        )
    )
    assert (await parts_of(steps, teacher))["programme"]["status"] == "approved"
    assert len(await steps.funding.published(BursaryApplied)) == 3


@pytest.mark.parametrize(
    ("known", "days", "pence"),
    [
        ({"offers": False}, "2.5", 140_000),
        ({"offers": True, "considers": True}, "1", 140_000),
        ({"offers": True, "considers": False, "began": "2018-09-01"}, "1", 0),
        ({"offers": True, "considers": False, "began": "2015-09-01", "category": 6}, "0.5", 0),
    ],
)
def test_days_of_a_subject_expert_and_the_outcome_grant(known: JSON, days: str, pence: int) -> None:
    """ab03fd260: 2.5, 1, 1 and half a day; £1,400 when every action of the plan is done."""
    policy = POLICIES["subject-expert", 1]
    held = {
        "school.is_open": True,
        "school.is_in_england": True,
        "school.is_state_funded": True,
        "school.offers_gcse_computer_science": known["offers"],
        "school.considers_dropping_gcse_computer_science": known.get("considers"),
        "school.started_gcse_computer_science_on": known.get("began"),
        "area.category": known.get("category"),
    }
    base = decided(5, date(2020, 2, 5))
    inputs = Inputs(
        policy="subject-expert",
        version=1,
        checksum="",
        applied_on=date(2020, 2, 5),
        school_urn="900001",
        course=Course(
            course_code="-",
            phase="secondary",
            programme="core",
            mode="face_to_face",
            days=1,
            starts_on=date(2020, 3, 1),
        ),
        facts={name: Fact(possible=() if one is None else (one,), source="test") for name, one in held.items()},
        quotas_taken={},
    )
    said = decide(policy, inputs)
    assert said.row is not None
    assert base.row == "state-funded"
    assert said.amount_pence == pence
    [row] = [row for row in policy.rows if row.row == said.row]
    assert f'"number":"{days}"' in canonical(row)


async def test_the_eight_thousand_are_followed_from_booking_to_certificate(steps: Steps) -> None:
    async def counted() -> dict[str, int]:
        listed = (await steps.get(steps.auditor, "/v1/reports/targets")).json()["data"]
        [target] = [one for one in listed if one["target"] == "gcse-teachers"]
        assert (target["wanted"], target["remaining"]) == (8_000, 8_000 - target["reached"])
        report = (await steps.get(steps.auditor, "/v1/reports/funder")).json()
        assert report["targets"] == listed
        return {one["stage"]: one["reached"] for one in target["stages"]} | {"reached": target["reached"]}

    stages = ("booked", "cover_approved", "cover_paid", "completed", "reached")
    teacher, booking, bursary = await an_application(steps)
    await steps.a_booking(teacher=teacher, **GCSE)
    await steps.a_booking(**GCSE)
    assert await counted() == dict(zip(stages, (2, 0, 0, 0, 0), strict=True)), "each teacher once"
    await steps.approve(bursary)
    assert await counted() == dict(zip(stages, (2, 1, 0, 0, 0), strict=True))
    await steps.funding.deliver(cpd_completed(booking))
    await steps.approve_claim((await steps.claim(teacher, bursary)).json())
    run = await steps.post(steps.payment_officer, "/v1/payment-runs", {"budget": "gcse-supply-cover"})
    await steps.release(run.json())
    await steps.funding.deliver(awarded(teacher))
    assert await counted() == dict(zip(stages, (2, 1, 1, 1, 1), strict=True))
