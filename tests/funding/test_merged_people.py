"""What a merge of two people means for money: nothing is rewritten, and both count as one."""

from typing import Any

from sqlalchemy import text

from builders import a_teacher, staff
from chassis.principal import Principal
from contracts.hubs import BookingPlaced
from funding.merges.registry import TABLES
from funding_facts import Steps, cpd_completed, school_changed
from merge_facts import effects_of, merged, separated

JSON = dict[str, Any]
GCSE: JSON = {"programme": "gcse_subject_knowledge", "phase": "secondary", "course_code": "CP410"}


def test_every_table_about_people_moves_or_says_why_it_stays() -> None:
    assert TABLES.unnamed() == set()
    assert TABLES.unknown() == set()


async def _with_money(steps: Steps) -> None:
    body = {"to_budget": "gcse-supply-cover", "from_budget": None, "amount_pence": 500_000, "reason": "The award."}
    proposed = (await steps.post(steps.officer, "/v1/allocations", body)).json()
    approval = {"outcome": "approved", "reason": "As awarded."}
    await steps.post(steps.approver, f"/v1/allocations/{proposed['id']}/approval", approval)
    await steps.funding.deliver(school_changed(phase="secondary", lowest_age=11, highest_age=16))


async def _applied(steps: Steps) -> tuple[Principal, BookingPlaced, JSON]:
    teacher, booking = await steps.a_booking(**GCSE)
    return teacher, booking, await steps.apply(teacher, booking)


async def _money(steps: Steps) -> list[str]:
    """Every sealed row of awards and books, as it is stored."""
    tables = ("bursary", "bursary_decision", "claim", "entitlement", "journal_transaction", "posting", "fee", "quote")
    async with steps.funding.session() as session:
        return [str(row) for one in tables for row in await session.execute(text(f"SELECT t::text FROM {one} t"))]


async def test_the_cap_of_the_kept_person_counts_both_ids(steps: Steps) -> None:
    await _with_money(steps)
    second, _, first = await _applied(steps)
    kept, booking = await steps.a_booking(**GCSE)
    assert kept.id is not None
    assert second.id is not None
    await steps.funding.deliver(merged(kept.id, second.id), times=2)
    refused = await steps.apply(kept, booking)
    assert (first["status"], refused["status"], refused["amount_pence"]) == ("eligible", "ineligible", 0)
    listed = (await steps.get(kept, "/v1/bursaries")).json()["data"]
    assert {one["booking_id"] for one in listed} >= {str(booking.booking_id), first["booking_id"]}


async def test_more_than_the_cap_is_flagged_and_nothing_is_rewritten_or_taken_back(steps: Steps) -> None:
    await _with_money(steps)
    kept, _, mine = await _applied(steps)
    second, _, other = await _applied(steps)
    assert (mine["status"], other["status"]) == ("eligible", "eligible")
    assert kept.id is not None
    assert second.id is not None
    before = await _money(steps)
    told = merged(kept.id, second.id)
    await steps.funding.deliver(told, times=2)
    effects = await effects_of(steps.funding, told)
    assert [one["code"] for one in effects["questions"]] == ["entitlement-exceeded"]
    async with steps.funding.session() as session:
        flagged = await session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'merge.to_be_reviewed'"))
    assert flagged == 1
    assert await _money(steps) == before
    await steps.funding.deliver(separated(told))
    assert await _money(steps) == before
    assert (await effects_of(steps.funding, told))["questions"] == []


async def test_courses_of_both_ids_reach_milestones_in_any_order_of_news(steps: Steps) -> None:
    await _with_money(steps)
    kept, _, bursary = await _applied(steps)
    await steps.approve(bursary)
    second, booking = await steps.a_booking(**GCSE)
    assert kept.id is not None
    assert second.id is not None
    told = merged(kept.id, second.id)
    await steps.funding.deliver(told)
    await steps.funding.deliver(cpd_completed(booking))
    assert (await steps.bursary(bursary))["status"] == "claimable"
    await steps.funding.deliver(separated(told))
    assert (await steps.bursary(bursary))["status"] == "approved", "the course was somebody else's"
    await steps.funding.deliver(merged(kept.id, second.id))
    assert (await steps.bursary(bursary))["status"] == "claimable", "a course that was completed before counts too"


async def test_nobody_approves_what_they_applied_for_under_another_id(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    approver = staff("funding_approver")
    assert approver.id is not None
    assert teacher.id is not None
    await steps.funding.deliver(merged(approver.id, teacher.id))
    assert (await steps.approve(bursary, approver)).json()["code"] == "self-approval"
    kept = a_teacher(school_urn="900001", person_id=approver.id)
    assert (await steps.approve(bursary)).status_code == 200
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(kept, bursary)).json()
    assert claim["status"] == "submitted", "what the merged account earned is the person's to claim"
    assert (await steps.approve_claim(claim, staff("funding_officer", person_id=approver.id))).status_code == 403


async def _is_one_person(steps: Steps, kept: Principal, other: Principal) -> None:
    assert kept.id is not None
    assert other.id is not None
    await steps.funding.deliver(merged(kept.id, other.id))


async def test_two_accounts_of_one_person_are_not_two_people_of_a_payment_run(steps: Steps) -> None:
    await steps.an_approved_claim()
    run = (await steps.prepare_run()).json()
    second = staff("payment_officer")
    await _is_one_person(steps, second, steps.payment_officer)
    refused = await steps.check_run(run, second)
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person"), "who prepared it"
    assert (await steps.check_run(run)).status_code == 200
    assert (await steps.decide_run(run, second)).json()["code"] == "same-person"
    approved = (await steps.decide_run(run)).json()
    third = staff("payment_officer")
    for before in (steps.checker, steps.run_approver, steps.officer):
        await _is_one_person(steps, third, before)
        refused = await steps.release(approved, third)
        assert (refused.status_code, refused.json()["code"]) == (403, "same-person")
    assert (await steps.release(approved)).status_code == 200


async def test_nobody_decides_about_their_own_allocation_under_another_id(steps: Steps) -> None:
    body = {"to_budget": "gcse-supply-cover", "from_budget": None, "amount_pence": 500_000, "reason": "The award."}
    proposed = (await steps.post(steps.officer, "/v1/allocations", body)).json()
    await _is_one_person(steps, steps.approver, steps.officer)
    approval = {"outcome": "approved", "reason": "As awarded."}
    refused = await steps.post(steps.approver, f"/v1/allocations/{proposed['id']}/approval", approval)
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person")
