"""From the earned bursary to the payment: claim, approval by an officer, run, release by a third person."""

import asyncio
from itertools import product

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher, staff
from chassis.ids import new_id
from chassis.paging import encode
from contracts.funding import BursaryPaid, ClaimApproved, PaymentReleased
from funding_facts import PRIMARY_TWO_DAYS_PENCE, Steps, booking_cancelled, cpd_completed
from harness import ServiceHarness


async def test_a_bursary_goes_from_application_to_payment_and_the_ledger_balances(steps: Steps) -> None:
    teacher, bursary, claim = await steps.an_approved_claim()
    assert (claim["status"], claim["payee_urn"]) == ("approved", "900001")
    assert claim["amount_pence"] == PRIMARY_TWO_DAYS_PENCE
    run = (await steps.prepare_run()).json()
    assert (run["status"], run["payments"], run["amount_pence"]) == ("draft", 1, PRIMARY_TWO_DAYS_PENCE)
    assert (await steps.get(teacher, f"/v1/claims/{claim['id']}")).json()["status"] == "scheduled"
    released = await steps.release(run)
    assert (released.status_code, released.json()["status"]) == (200, "released")
    [paid] = released.json()["items"]
    assert (paid["claim_id"], paid["award_id"], paid["bursary_id"]) == (claim["id"], claim["id"], bursary["id"])
    assert (paid["payee_urn"], paid["amount_pence"], paid["status"]) == ("900001", PRIMARY_TWO_DAYS_PENCE, "sent")
    assert (await steps.bursary(bursary))["status"] == "paid"
    assert await steps.balances() == {
        "funding": -10_000_000,
        "available": 10_000_000 - PRIMARY_TWO_DAYS_PENCE,
        "reserved": 0,
        "payable": 0,
        "paid": PRIMARY_TWO_DAYS_PENCE,
    }
    budgets = (await steps.get(steps.auditor, "/v1/budgets")).json()["data"]
    [budget] = (one for one in budgets if one["budget"] == "cpd-bursaries")
    assert (budget["budget"], budget["is_sandbox"], budget["allocated_pence"]) == ("cpd-bursaries", True, 10_000_000)
    assert budget["paid_pence"] == PRIMARY_TWO_DAYS_PENCE
    assert [str(one.claim_id) for one in await steps.funding.published(ClaimApproved)] == [claim["id"]]
    assert [str(one.bursary_id) for one in await steps.funding.published(BursaryPaid)] == [bursary["id"]]
    assert [one.amount_pence for one in await steps.funding.published(PaymentReleased)] == [PRIMARY_TWO_DAYS_PENCE]


async def test_a_claim_waits_for_approval_and_for_completion(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    assert (await steps.claim(teacher, bursary)).json()["code"] == "not-claimable"
    await steps.approve(bursary)
    early = await steps.claim(teacher, bursary)
    assert (early.status_code, early.json()["code"]) == (409, "course-not-completed")
    other = a_teacher()
    await steps.funding.deliver(cpd_completed(booking).model_copy(update={"teacher_id": other.id}))
    assert (await steps.claim(teacher, bursary)).json()["code"] == "course-not-completed"


async def test_a_bursary_is_claimed_once(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking), times=3)
    replies = await asyncio.gather(*(steps.claim(teacher, bursary) for _ in range(8)))
    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 7
    assert {reply.json().get("code") for reply in replies if reply.status_code == 409} == {"not-claimable"}


async def test_a_declined_claim_can_be_made_again(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    first = (await steps.claim(teacher, bursary)).json()
    assert (await steps.approve_claim(first, outcome="declined")).json()["status"] == "declined"
    assert (await steps.approve_claim(first)).json()["code"] == "not-awaiting-decision"
    second = (await steps.claim(teacher, bursary)).json()
    assert (await steps.approve_claim(second)).json()["status"] == "approved"
    assert (await steps.balances())["payable"] == PRIMARY_TWO_DAYS_PENCE


async def test_claims_are_seen_by_their_teacher_and_by_finance_staff(steps: Steps) -> None:
    teacher, _, claim = await steps.an_approved_claim()
    path = f"/v1/claims/{claim['id']}"
    assert (await steps.get(a_teacher(), path)).status_code == 404
    assert (await steps.get(a_teacher(), "/v1/claims")).json()["data"] == []
    for caller in (teacher, steps.approver, steps.officer, steps.payment_officer, steps.auditor):
        assert (await steps.get(caller, path)).json()["id"] == claim["id"]
        assert len((await steps.get(caller, "/v1/claims", status="approved")).json()["data"]) == 1
    assert (await steps.approve_claim({"id": str(new_id())})).json()["code"] == "claim-not-found"


async def test_the_three_steps_take_three_people(steps: Steps) -> None:
    """Every assignment of three people who hold every role to approving, approving the claim, and releasing."""
    people = [staff("funding_approver", "funding_officer", "payment_officer") for _ in range(3)]
    paid = 0
    for number, (approver, officer, releaser) in enumerate(product(people, repeat=3)):
        teacher, booking, bursary = await steps.an_eligible_bursary(f"9001{number:02d}")
        await steps.approve(bursary, approver)
        await steps.funding.deliver(cpd_completed(booking))
        claim = (await steps.claim(teacher, bursary)).json()
        decided = await steps.approve_claim(claim, officer)
        if officer is approver:
            assert (decided.status_code, decided.json()["code"]) == (403, "same-person")
            continue
        run = (await steps.prepare_run()).json()
        released = await steps.release(run, releaser)
        if releaser in (approver, officer):
            assert (released.status_code, released.json()["code"]) == (403, "same-person")
        else:
            assert released.status_code == 200
            paid += 1
    assert paid == 6
    assert (await steps.balances())["paid"] == 6 * PRIMARY_TWO_DAYS_PENCE


async def test_a_teacher_with_every_role_can_do_none_of_the_steps_on_their_own_money(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    powers = staff("funding_approver", "funding_officer", "payment_officer", person_id=teacher.id)
    assert (await steps.approve(bursary, powers)).json()["code"] == "self-approval"
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    assert (await steps.approve_claim(claim, powers)).json()["code"] == "same-person"
    await steps.approve_claim(claim)
    run = (await steps.prepare_run()).json()
    assert (await steps.release(run, powers)).json()["code"] == "same-person"


async def test_the_database_itself_refuses_two_steps_by_one_person(steps: Steps, funding: ServiceHarness) -> None:
    await steps.an_approved_claim()
    await steps.prepare_run()
    for statement in (
        "UPDATE claim SET decided_by = claimant_id",
        "UPDATE claim SET decided_by = bursary_approved_by",
        "UPDATE payment SET released_by = claimant_id",
        "UPDATE payment SET released_by = bursary_approved_by",
        "UPDATE payment SET released_by = claim_approved_by",
        "UPDATE claim SET status = 'approved'",
    ):
        with pytest.raises(IntegrityError, match=r"violates check constraint|does not change so|stays|of its bursary"):
            async with funding.session() as session:
                await session.execute(text(statement))


async def test_a_claim_is_in_one_run_and_an_empty_run_is_refused(steps: Steps) -> None:
    nothing = await steps.prepare_run()
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-pay")
    for number in range(1, 4):
        await steps.an_approved_claim(f"90000{number}")
    replies = await asyncio.gather(*(steps.prepare_run() for _ in range(6)))
    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 5
    made = next(reply.json() for reply in replies if reply.status_code == 201)
    assert made["payments"] == 3
    unknown = await steps.post(steps.payment_officer, "/v1/payment-runs", {"budget": "no-such"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "budget-not-found")
    listed = (await steps.get(steps.auditor, "/v1/payment-runs")).json()["data"]
    assert [one["id"] for one in listed] == [made["id"]]


async def test_a_run_is_released_once(steps: Steps) -> None:
    await steps.an_approved_claim()
    run = await steps.approved_run((await steps.prepare_run()).json())
    others = [staff("payment_officer") for _ in range(6)]
    replies = await asyncio.gather(*(steps.release(run, one) for one in others))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 5
    assert {one.json()["code"] for one in replies if one.status_code == 409} == {"already-released"}
    assert (await steps.balances())["paid"] == PRIMARY_TWO_DAYS_PENCE
    assert len(await steps.funding.published(PaymentReleased)) == 1
    assert len(await steps.funding.published(BursaryPaid)) == 1


async def test_a_release_sent_again_with_its_key_answers_the_same(steps: Steps) -> None:
    await steps.an_approved_claim()
    run = await steps.approved_run((await steps.prepare_run()).json())
    first = await steps.release(run, key="release")
    again = await steps.release(run, key="release")
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert (await steps.release({"id": str(new_id())})).json()["code"] == "payment-run-not-found"


async def test_a_cancellation_withdraws_a_claim_before_and_after_it_is_approved(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary("900002")
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await steps.funding.deliver(booking_cancelled(booking))
    assert (await steps.get(teacher, f"/v1/claims/{claim['id']}")).json()["status"] == "declined"
    assert (await steps.bursary(bursary))["status"] == "cancelled"
    teacher, booking, bursary = await steps.an_eligible_bursary("900003")
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await steps.approve_claim(claim)
    await steps.funding.deliver(booking_cancelled(booking))
    assert (await steps.get(teacher, f"/v1/claims/{claim['id']}")).json()["status"] == "withdrawn"
    assert (await steps.bursary(bursary))["status"] == "cancelled"
    assert {kind: pence for kind, pence in (await steps.balances()).items() if kind in ("payable", "reserved")} == {
        "payable": 0,
        "reserved": 0,
    }


async def test_finance_pages_are_for_finance_staff(steps: Steps) -> None:
    await steps.an_approved_claim()
    run = (await steps.prepare_run()).json()
    pages = ("/v1/budgets", "/v1/ledger/trial-balance", "/v1/ledger/entries", "/v1/payment-runs")
    for path in (*pages, f"/v1/payment-runs/{run['id']}"):
        assert (await steps.get(a_teacher(), path)).status_code == 403
        for reader in (steps.auditor, steps.officer, steps.approver, steps.payment_officer):
            assert (await steps.get(reader, path)).status_code == 200
    run = await steps.approved_run(run)
    for caller in (steps.officer, steps.approver, steps.auditor, a_teacher()):
        refused = await steps.post(caller, "/v1/payment-runs", {"budget": "cpd-bursaries"})
        assert refused.status_code == 403
        assert (await steps.release(run, caller)).status_code == 403


async def test_the_entries_of_one_bursary_can_be_followed_through_the_ledger(steps: Steps) -> None:
    _, bursary, claim = await steps.an_approved_claim()
    await steps.release((await steps.prepare_run()).json())
    moved: list[tuple[str, str, int]] = []
    for source in (f"bursary:{bursary['id']}", f"claim:{claim['id']}"):
        page = (await steps.get(steps.auditor, "/v1/ledger/entries", source=source, budget="cpd-bursaries")).json()
        moved += [(one["kind"], one["account"].split("/")[1], one["amount_pence"]) for one in page["data"]]
    assert moved == [
        ("reservation", "available", -PRIMARY_TWO_DAYS_PENCE),
        ("reservation", "reserved", PRIMARY_TWO_DAYS_PENCE),
        ("accrual", "reserved", -PRIMARY_TWO_DAYS_PENCE),
        ("accrual", "payable", PRIMARY_TWO_DAYS_PENCE),
        ("payment", "payable", -PRIMARY_TWO_DAYS_PENCE),
        ("payment", "paid", PRIMARY_TWO_DAYS_PENCE),
    ]
    of = {"budget": "cpd-bursaries"}
    first = (await steps.get(steps.auditor, "/v1/ledger/entries", limit=3, **of)).json()
    rest = (await steps.get(steps.auditor, "/v1/ledger/entries", cursor=first["page"]["next_cursor"], **of)).json()
    ids = [one["id"] for one in first["data"] + rest["data"]]
    assert len(ids) == 8
    assert ids == sorted(set(ids))


async def test_every_step_is_on_the_audit_trail_with_who_took_it(steps: Steps, funding: ServiceHarness) -> None:
    teacher, _, _ = await steps.an_approved_claim()
    await steps.release((await steps.prepare_run()).json())
    async with funding.session() as session:
        rows = (await session.execute(text("SELECT action, caller_id FROM audit_entry ORDER BY position"))).all()
    assert [tuple(row) for row in rows] == [
        ("bursary.applied", teacher.id),
        ("bursary.approved", steps.approver.id),
        ("bursary.claimable", None),
        ("claim.submitted", teacher.id),
        ("claim.approved", steps.officer.id),
        ("payment_run.prepared", steps.payment_officer.id),
        ("payment_run.checked", steps.checker.id),
        ("payment_run.approved", steps.run_approver.id),
        ("payment_run.released", steps.releaser.id),
    ]


async def test_a_cursor_of_another_list_is_refused(steps: Steps) -> None:
    foreign = [
        encode(key)
        for key in (["1"], ["x", "y"], ["2026-01-01", str(new_id())], [], ["9" * 30], ["-1"], ["a", "b", "c"])
    ]
    entry, claim = encode(["1"]), encode(["2026-01-01T00:00:00+00:00", str(new_id())])
    for path, own in (
        ("/v1/bursaries", claim),
        ("/v1/claims", claim),
        ("/v1/payment-runs", claim),
        ("/v1/ledger/entries", entry),
    ):
        assert (await steps.get(steps.auditor, path, cursor=own)).status_code == 200
        for cursor in {*foreign, claim, entry} - {own}:
            refused = await steps.get(steps.auditor, path, cursor=cursor)
            assert (refused.status_code, refused.json()["code"]) == (400, "cursor-invalid")
