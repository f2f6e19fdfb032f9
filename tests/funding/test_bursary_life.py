"""The life of a bursary: one table of steps, a history, quotas that hold, and what nobody can write."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import BookingPlaced
from funding.bursaries.life import STEPS
from funding.bursaries.models import BursaryTransition, Entitlement, EntitlementEntry
from funding.bursaries.recovery import claw_back
from funding.policies import service as policies
from funding.seeds import read_policies
from funding_facts import Steps, booking_cancelled, cpd_completed, school_changed
from harness import ServiceHarness

JSON = dict[str, Any]
PRIMARY = next(one for one in read_policies().policies if (one.policy, one.version) == ("primary-cpd", 4))


async def in_sql(funding: ServiceHarness, statement: str, **values: Any) -> None:
    """Write past the service, as somebody with a database console would."""
    async with funding.session() as session:
        await session.execute(text(statement), values)


async def test_the_table_of_steps_is_the_one_in_the_code(funding: ServiceHarness) -> None:
    async with funding.session() as session:
        rows = await session.execute(select(BursaryTransition.__table__))
        held = {(row.from_status or None, row.to_status): row.means for row in rows}
    assert held == {(start and str(start), str(end)): means for (start, end), means in STEPS.items()}


async def test_every_step_is_in_the_history_with_who_why_and_by_which_fact(steps: Steps) -> None:
    teacher, bursary, claim = await steps.an_approved_claim()
    run = (await steps.prepare_run()).json()
    await steps.release(run)
    history = (await steps.get(teacher, f"/v1/bursaries/{bursary['id']}/history")).json()["data"]
    assert [(one["from_status"], one["to_status"]) for one in history] == [
        (None, "eligible"),
        ("eligible", "approved"),
        ("approved", "claimable"),
        ("claimable", "claimed"),
        ("claimed", "paid"),
    ]
    assert [one["actor_id"] for one in history[:2]] == [str(teacher.id), str(steps.approver.id)]
    assert history[1]["reason"] == "Checked."
    causes = [one["cause"] for one in history]
    assert causes[2].startswith("completion:")
    assert causes[3:] == [f"claim:{claim['id']}", f"payment_run:{run['id']}"]
    assert (await steps.get(a_teacher(), f"/v1/bursaries/{bursary['id']}/history")).status_code == 404


STEALING: list[tuple[str, str]] = [
    ("UPDATE bursary SET status = 'paid' WHERE id = :id", "does not go from"),
    ("UPDATE bursary SET status = 'clawed_back' WHERE id = :id", "does not go from|ck_bursary"),
    ("UPDATE bursary SET status = 'approved' WHERE id = :id", "ck_bursary_approved"),
    ("UPDATE bursary SET status = 'approved', decided_by = teacher_id WHERE id = :id", "second_person"),
    ("UPDATE bursary SET status = 'approved', decided_by = :other, amount_pence = 99999 WHERE id = :id", "approved as"),
    ("UPDATE bursary SET teacher_id = :other WHERE id = :id", "is for does not change"),
    ("UPDATE bursary SET school_urn = '900009' WHERE id = :id", "is for does not change"),
    ("UPDATE bursary_move SET actor_id = :other", "append-only"),
    ("DELETE FROM bursary_move", "append-only"),
    ("DELETE FROM bursary_transition", "append-only"),
    ("UPDATE entitlement_entry SET kind = 'release'", "append-only"),
    ("UPDATE entitlement SET reserved = 2", "within_quota"),
    ("UPDATE bursary_decision SET outcome = 'eligible'", "append-only"),
]


@pytest.mark.parametrize("stage", ["applied", "approved"])
async def test_what_nobody_can_write(steps: Steps, funding: ServiceHarness, stage: str) -> None:
    _, _, bursary = await steps.an_eligible_bursary()
    attempts = STEALING
    if stage == "approved":
        await steps.approve(bursary)
        attempts = [
            ("UPDATE bursary SET amount_pence = amount_pence + 1 WHERE id = :id", "approved as it is"),
            ("UPDATE bursary SET decisions = 2 WHERE id = :id", "approved as it is"),
            ("UPDATE bursary SET decided_by = :other WHERE id = :id", "who decided"),
            ("UPDATE bursary SET decided_by = NULL WHERE id = :id", "who decided|ck_bursary_approved"),
            ("UPDATE bursary SET status = 'eligible' WHERE id = :id", "does not go from"),
        ]
    for statement, refusal in attempts:
        values = {"id": UUID(bursary["id"]), "other": new_id()}
        with pytest.raises(Exception, match=refusal):
            await in_sql(funding, statement, **{name: one for name, one in values.items() if f":{name}" in statement})


@pytest.fixture
async def threshold(funding: ServiceHarness) -> int:
    """From today, primary bursaries above £200 need a second approver."""
    stricter = PRIMARY.model_copy(
        update={"version": 5, "effective_from": clock.today(), "second_approval_above_pence": 20_000, "valid_days": 30}
    )
    async with funding.session() as session:
        await policies.publish_version(session, stricter, "cpd-bursaries")
    return 20_000


async def test_above_the_threshold_it_takes_a_second_approver(
    steps: Steps, funding: ServiceHarness, threshold: int
) -> None:
    _, _, bursary = await steps.an_eligible_bursary()
    assert bursary["second_approval_above_pence"] == threshold
    first = await steps.approve(bursary)
    assert (first.status_code, first.json()["status"]) == (200, "eligible")
    assert (await steps.balances())["reserved"] == 0
    twice = await steps.approve(bursary)
    assert (twice.status_code, twice.json()["code"]) == (403, "self-approval")
    for statement, refusal in (
        ("UPDATE bursary SET status = 'approved' WHERE id = :id", "second_approval"),
        ("UPDATE bursary SET status = 'approved', second_approved_by = decided_by WHERE id = :id", "third_person"),
        ("UPDATE bursary SET status = 'approved', second_approved_by = teacher_id WHERE id = :id", "third_person"),
        ("UPDATE bursary SET status = 'approved', second_approval_above_pence = NULL WHERE id = :id", "approved as it"),
    ):
        with pytest.raises(Exception, match=refusal):
            await in_sql(funding, statement, id=UUID(bursary["id"]))
    second = await steps.approve(bursary, staff("funding_approver"))
    assert (second.status_code, second.json()["status"]) == (200, "approved")
    assert second.json()["decided_by"] == str(steps.approver.id)
    assert (await steps.balances())["reserved"] == bursary["amount_pence"]


async def test_at_the_threshold_one_approver_is_enough(steps: Steps, threshold: int) -> None:
    await steps.funding.deliver(school_changed())
    teacher, booking = await steps.a_booking(days=1)
    bursary = await steps.apply(teacher, booking)
    assert bursary["amount_pence"] <= threshold
    assert (await steps.approve(bursary)).json()["status"] == "approved"


async def test_a_decision_that_holds_no_longer_is_not_approved(
    steps: Steps, threshold: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, bursary = await steps.an_eligible_bursary()
    assert bursary["valid_until"] == str(clock.today() + timedelta(days=30))
    later: Callable[[], Any] = clock.today
    day = later() + timedelta(days=31)
    monkeypatch.setattr(clock, "today", lambda: day)
    late = await steps.approve(bursary)
    assert (late.status_code, late.json()["code"]) == (409, "decision-expired")


async def test_a_hundred_side_by_side_hold_a_quota_of_one_exactly(steps: Steps, funding: ServiceHarness) -> None:
    await funding.deliver(school_changed())
    placed = [await steps.a_booking() for _ in range(100)]
    at_once = asyncio.Semaphore(6)

    async def apply(one: tuple[Principal, BookingPlaced]) -> JSON:
        async with at_once:  # more would wait longer for a connection than a client is kept waiting
            return await steps.apply(*one)

    found = await asyncio.gather(*(apply(one) for one in placed))
    assert sorted(one["status"] for one in found) == ["eligible", *["ineligible"] * 99]
    async with funding.session() as session:
        [held] = (await session.scalars(select(Entitlement))).all()
        assert (held.at_most, held.reserved, held.consumed) == (1, 1, 0)
        assert len((await session.scalars(select(EntitlementEntry))).all()) == 1


async def test_an_entitlement_is_reserved_consumed_and_released(steps: Steps, funding: ServiceHarness) -> None:
    async def entries() -> list[tuple[str, int, int]]:
        async with funding.session() as session:
            kinds = await session.scalars(select(EntitlementEntry.kind).order_by(EntitlementEntry.id))
            [held] = (await session.scalars(select(Entitlement))).all()
            return [(kind, held.reserved, held.consumed) for kind in kinds]

    _, booking, _ = await steps.an_eligible_bursary()
    assert await entries() == [("reserve", 1, 0)]
    await funding.deliver(booking_cancelled(booking))
    assert [one[0] for one in await entries()] == ["reserve", "release"]
    _, bursary, _ = await steps.an_approved_claim()
    await steps.release((await steps.prepare_run()).json())
    assert await entries() == [(kind, 0, 1) for kind in ("reserve", "release", "reserve", "consume")]
    async with funding.session() as session:
        await claw_back(session, None, UUID(bursary["id"]), "It came back.", "recovery:1")
    assert (await entries())[-1] == ("release", 0, 0)
    assert (await steps.bursary(bursary))["status"] == "clawed_back"


async def test_a_teacher_withdraws_and_the_money_is_free_again(steps: Steps) -> None:
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    path = f"/v1/bursaries/{bursary['id']}/withdrawal"
    assert (await steps.post(teacher, path, {"reason": "no"})).status_code == 422
    assert (await steps.post(teacher, path, {"reason": "I am ill."})).json()["status"] == "lapsed"
    assert (await steps.balances())["reserved"] == 0
    late = await steps.post(teacher, path, {"reason": "I am ill."})
    assert (late.status_code, late.json()["code"]) == (409, "nothing-to-withdraw")
    await steps.funding.deliver(cpd_completed(booking))
    assert (await steps.bursary(bursary))["status"] == "lapsed"


async def test_an_auditor_replays_a_decision_and_reads_what_it_took_the_place_of(steps: Steps) -> None:
    teacher, booking = await steps.a_booking()
    bursary = await steps.apply(teacher, booking)
    await steps.funding.deliver(school_changed())
    path = f"/v1/bursaries/{bursary['id']}/decisions"
    first, second = (await steps.get(steps.auditor, path)).json()["data"]
    assert (first["outcome"], first["supersedes"]) == ("needs_review", None)
    assert (second["outcome"], second["supersedes"], second["cause"]) == ("eligible", 1, "school:900001/1")
    used = second["inputs"]["facts"]["school.is_state_funded"]
    assert used["source"]
    assert used["as_of"] == "2026-09-01"
    for ordinal in (1, 2):
        made_again = (await steps.get(steps.auditor, f"{path}/{ordinal}/replay")).json()
        assert made_again["is_same"]
        assert made_again["recorded_checksum"] == made_again["replayed_checksum"]
    assert (await steps.get(steps.auditor, f"{path}/3/replay")).json()["code"] == "decision-not-found"
    assert (await steps.get(teacher, f"{path}/1/replay")).status_code == 403


async def test_a_list_is_approved_with_one_request_all_of_it_or_nothing(steps: Steps, funding: ServiceHarness) -> None:
    placed = [await steps.an_eligible_bursary(f"90000{number}") for number in (1, 2, 3)]
    first, second, third = (bursary for _, _, bursary in placed)
    await funding.deliver(cpd_completed(placed[0][1]))
    await steps.approve(third, outcome="declined")

    async def decide(*bursaries: JSON, caller: Principal | None = None, outcome: str = "approved") -> Any:
        body = {"bursary_ids": [one["id"] for one in bursaries], "outcome": outcome, "reason": "The week's list."}
        return await steps.post(caller or steps.approver, "/v1/bursaries/approvals", body)

    refused = (await decide(first, second, third)).json()
    assert (refused["code"], refused["bursary_id"]) == ("not-awaiting-approval", third["id"])
    assert (await steps.bursary(first))["status"] == "eligible"
    assert (await steps.balances())["reserved"] == 0
    assert (await decide(first, first)).status_code == 422
    assert (await decide(first, {"id": str(new_id())})).json()["code"] == "bursary-not-found"
    own = staff("funding_approver", person_id=placed[1][0].id)
    assert (await decide(first, second, caller=own)).json()["code"] == "self-approval"
    decided = (await decide(second, first)).json()["data"]
    assert [(one["id"], one["status"]) for one in decided] == [(second["id"], "approved"), (first["id"], "claimable")]
    assert (await steps.balances())["reserved"] == first["amount_pence"] + second["amount_pence"]
    assert (await decide(first)).json()["code"] == "not-awaiting-approval"
