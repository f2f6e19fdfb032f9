"""What nobody knows: a task for somebody, a fact attested by two people, and what is decided then."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from funding.overrides import service as overrides
from funding_facts import LEEDS, PRIMARY_TWO_DAYS_PENCE, Steps, booked, cpd_completed, run_changed, school_changed
from harness import ServiceHarness

JSON = dict[str, Any]
DISPUTED: JSON = {"establishment_type": 24}
"""A type of which we do not say whether it is state-funded."""


async def reviews(steps: Steps, **query: Any) -> list[JSON]:
    """Tasks as the officer sees them."""
    found: list[JSON] = (await steps.get(steps.officer, "/v1/reviews", **query)).json()["data"]
    return found


def an_override(**said: Any) -> JSON:
    """That school 900001 is state-funded."""
    known: JSON = {
        "school_urn": "900001",
        "fact": "school.is_state_funded",
        "value": True,
        "reason": "The department pays for it.",
        "evidence": "Funding agreement 2026/114",
        "expires_on": str(clock.today() + timedelta(days=200)),
    }
    return known | said


async def override(steps: Steps, **said: Any) -> JSON:
    """Propose as the officer, approve as the approver."""
    proposed = await steps.post(steps.officer, "/v1/overrides", an_override(**said))
    assert proposed.status_code == 201, proposed.text
    body = {"outcome": "approved", "reason": "Seen."}
    reply = await steps.post(steps.approver, f"/v1/overrides/{proposed.json()['id']}/approval", body)
    assert reply.status_code == 200, reply.text
    found: JSON = reply.json()
    return found


async def a_bursary_in_review(steps: Steps) -> JSON:
    """Whether its school is state-funded is disputed."""
    await steps.funding.deliver(school_changed(**DISPUTED))
    return await steps.apply(*await steps.a_booking())


async def test_a_missing_fact_is_one_task_for_everything_that_waits_for_it(steps: Steps) -> None:
    bursary = await a_bursary_in_review(steps)
    teacher = a_teacher(school_urn="900001")
    run = run_changed()
    await steps.funding.deliver(run)
    quote = await steps.quote(teacher, run)
    assert quote["outcome"] == "needs_review"
    await steps.funding.deliver(booked(teacher, run))
    tasks = {one["fact"]: one for one in await reviews(steps, status="open")}
    task = tasks["school.is_state_funded"]
    assert {one.partition(":")[0] for one in task["waiting"]} == {"bursary", "quote", "fee"}
    assert f"bursary:{bursary['id']}" in task["waiting"]
    assert (task["due_on"], task["is_overdue"]) == (str(clock.today() + timedelta(days=10)), False)
    path = f"/v1/reviews/{task['id']}/assignment"
    owned = await steps.post(steps.officer, path, {"owner_id": str(steps.officer.id)})
    assert owned.json()["owner_id"] == str(steps.officer.id)
    assert [one["id"] for one in await reviews(steps, owner_id=steps.officer.id)] == [task["id"]]
    await override(steps)
    assert (await steps.bursary(bursary))["amount_pence"] == PRIMARY_TWO_DAYS_PENCE
    assert (await steps.fee(teacher, booked(teacher, run, booking_id=UUID(await only_fee(steps)))))["status"] == "due"
    settled = (await steps.get(steps.officer, f"/v1/reviews/{task['id']}")).json()
    assert (settled["status"], settled["waiting"]) == ("settled", [])
    late = await steps.post(steps.officer, path, {"owner_id": None})
    assert (late.status_code, late.json()["code"]) == (409, "review-settled")


async def only_fee(steps: Steps) -> str:
    """The one booking that has a fee and no bursary."""
    fees = (await steps.get(steps.auditor, "/v1/fees")).json()["data"]
    return str(fees[0]["booking_id"])


async def test_what_was_attested_is_in_the_decision_with_its_evidence_and_its_end(steps: Steps) -> None:
    bursary = await a_bursary_in_review(steps)
    made = await override(steps)
    [_, second] = (await steps.get(steps.auditor, f"/v1/bursaries/{bursary['id']}/decisions")).json()["data"]
    used = second["inputs"]["facts"]["school.is_state_funded"]
    assert "Funding agreement 2026/114" in used["source"]
    assert made["id"] in used["source"]
    assert (second["valid_until_on"], used["until"]) == (made["expires_on"], made["expires_on"])
    replayed = await steps.get(steps.auditor, f"/v1/bursaries/{bursary['id']}/decisions/2/replay")
    assert replayed.json()["is_same"]


async def test_an_override_ends_and_what_nobody_approved_is_decided_again(
    steps: Steps, funding: ServiceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    bursary = await a_bursary_in_review(steps)
    made = await override(steps, expires_on=str(clock.today() + timedelta(days=5)))
    later = clock.today() + timedelta(days=6)
    monkeypatch.setattr(clock, "today", lambda: later)
    refused = await steps.approve(bursary)
    assert refused.json()["code"] == "decision-expired"
    async with funding.session() as session:
        assert await overrides.end_expired(session, later)
    async with funding.session() as session:
        assert not await overrides.end_expired(session, later)
    assert (await steps.get(steps.officer, f"/v1/overrides/{made['id']}")).json()["status"] == "ended"


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"fact": "school.is_opne"}, 422, "fact-cannot-be-overridden"),
        ({"fact": "course.mode", "value": "online"}, 422, "fact-cannot-be-overridden"),
        ({"value": "yes"}, 422, "fact-cannot-be-overridden"),
        ({"fact": "area.category", "value": True}, 422, "fact-cannot-be-overridden"),
        ({"fact": "teacher.completed_gcse_programme"}, 422, "fact-cannot-be-overridden"),
        ({"teacher_id": str(new_id())}, 422, "fact-cannot-be-overridden"),
        ({"expires_on": str(clock.today())}, 422, "override-too-long"),
        ({"expires_on": str(clock.today() + timedelta(days=400))}, 422, "override-too-long"),
        ({"evidence": ""}, 422, "validation-failed"),
    ],
)
async def test_what_cannot_be_attested(steps: Steps, said: JSON, status: int, code: str) -> None:
    reply = await steps.post(steps.officer, "/v1/overrides", an_override(**said))
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_two_people_stand_for_an_override_here_and_in_the_database(steps: Steps, funding: ServiceHarness) -> None:
    both = steps.officer.model_copy(update={"roles": (*steps.officer.roles, *steps.approver.roles)})
    proposed = (await steps.post(both, "/v1/overrides", an_override())).json()
    body = {"outcome": "approved", "reason": "I say so."}
    path = f"/v1/overrides/{proposed['id']}/approval"
    own = await steps.post(both, path, body)
    assert (own.status_code, own.json()["code"]) == (403, "own-override")
    assert (await steps.post(staff("administrator"), path, body)).status_code == 403
    forged = "UPDATE fact_override SET status = 'approved', decided_at = now(), decided_by = "
    for statement, refusal in (
        (f"{forged} requested_by", "second_person"),
        ("UPDATE fact_override SET status = 'approved'", "ck_fact_override_decided"),
        (f"{forged} gen_random_uuid(), value = 'false'", "does not change"),
        ("UPDATE fact_override SET evidence = 'none'", "does not change"),
        ("DELETE FROM fact_override", "not removed"),
    ):
        with pytest.raises(Exception, match=refusal):
            async with funding.session() as session:
                await session.execute(text(statement))
    assert (await steps.post(steps.approver, path, body)).status_code == 200
    again = await steps.post(staff("funding_approver"), path, body)
    assert (again.status_code, again.json()["code"]) == (409, "override-decided")
    second = (await steps.post(steps.officer, "/v1/overrides", an_override())).json()
    both_hold = await steps.post(steps.approver, f"/v1/overrides/{second['id']}/approval", body)
    assert both_hold.json()["code"] == "fact-overridden-already"
    for statement, refusal in (
        ("UPDATE fact_override SET expires_on = expires_on + 1 WHERE status = 'approved'", "does not change"),
        ("UPDATE fact_override SET decided_by = gen_random_uuid() WHERE status = 'approved'", "was decided"),
        ("UPDATE fact_override SET status = 'proposed' WHERE status = 'approved'", "does not go|ck_fact"),
    ):
        with pytest.raises(Exception, match=refusal):
            async with funding.session() as session:
                await session.execute(text(statement))
    ended = await steps.post(steps.officer, f"/v1/overrides/{proposed['id']}/end", {"reason": "It was wrong."})
    assert ended.json()["status"] == "ended"


async def test_a_district_that_the_partial_list_leaves_out_is_settled_by_hand(steps: Steps) -> None:
    await steps.funding.deliver(school_changed(district_code=LEEDS))

    async def free_place() -> str:
        rules = (await steps.get(a_teacher(), "/v1/eligibility", urn="900001")).json()["rules"]
        return {one["rule"]: str(one["outcome"]) for one in rules}["cpd-free-place"]

    assert await free_place() == "needs_review"
    await override(steps, fact="area.category", value=6)
    assert await free_place() == "eligible"


async def test_a_payment_that_rests_on_an_attested_fact_needs_a_fourth_person(steps: Steps) -> None:
    await steps.funding.deliver(school_changed(**DISPUTED))
    teacher, booking = await steps.a_booking()
    bursary = await steps.apply(teacher, booking)
    await override(steps)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    await steps.approve_claim((await steps.claim(teacher, bursary)).json())
    await steps.an_approved_claim("900002")
    run = (await steps.prepare_run()).json()
    flags = {one["payee_urn"]: one["flags"] for one in run["items"]}
    assert flags == {"900001": ["first_payee", "override"], "900002": ["first_payee"]}
    assert run["needs_fourth_person"]
