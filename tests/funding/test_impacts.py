"""A change of a list or a policy: whom it concerns, worked off in chunks by any number of workers."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import select, text

from chassis import clock
from contracts.funding import BursaryDeclined
from funding.bursaries.models import BursaryDecision
from funding.canonical import canonical
from funding.impacts import service
from funding.policies import service as policies
from funding.policies.rules import Inputs, decide
from funding.seeds import read_policies
from funding_facts import LEEDS, LUTON, Steps, categories, school_changed
from harness import ServiceHarness

JSON = dict[str, Any]
POST_16 = next(one for one in read_policies().policies if one.policy == "post-16-cpd")


async def work_off(funding: ServiceHarness, most: int = 250) -> int:
    """As the background does, until nothing is left; how many chunks it took."""
    chunks = 0
    while True:
        async with funding.session() as session:
            if not await service.work_off(session, most):
                return chunks
        chunks += 1


async def in_review(steps: Steps, *urns: str) -> list[JSON]:
    """Applications of schools in Leeds, on which the partial list says nothing."""
    found = []
    for urn in urns:
        await steps.funding.deliver(school_changed(urn, district_code=LEEDS, phase="post_16", lowest_age=16))
        found.append(await steps.apply(*await steps.a_booking(urn, phase="post_16")))
    assert {one["status"] for one in found} == {"needs_review"}
    return found


async def test_a_list_opens_an_impact_that_is_worked_off_in_chunks(steps: Steps, funding: ServiceHarness) -> None:
    waiting = await in_review(steps, *(f"9000{number}" + "1" for number in range(5)))
    await funding.deliver(categories((LEEDS, 2), (LUTON, 5)), times=2)
    assert {(await steps.bursary(one))["status"] for one in waiting} == {"needs_review"}, "nothing in the handler"
    assert await work_off(funding, most=2) == 3
    assert {(await steps.bursary(one))["status"] for one in waiting} == {"ineligible"}
    assert len(await funding.published(BursaryDeclined)) == 5
    [impact] = (await steps.get(steps.auditor, "/v1/impacts")).json()["data"]
    assert (impact["found"], impact["decided"], impact["pending"]) == (5, 5, 0)
    assert impact["finished_at"]
    items = (await steps.get(steps.auditor, f"/v1/impacts/{impact['id']}/items", limit=2)).json()
    assert items["page"]["has_more"]
    assert items["data"][0]["outcome_after"] == "ineligible"
    async with funding.session() as session:
        rows = (await session.execute(select(BursaryDecision.__table__))).all()
        for row in rows:
            inputs = Inputs.model_validate_json(row.inputs)
            published = await policies.find_version(session, inputs.policy, inputs.version)
            assert canonical(decide(published.policy, inputs)) == row.result
    assert len(rows) == 10
    await steps.settle()
    assert (await steps.get(steps.officer, "/v1/reviews", status="open")).json()["data"] == []


async def test_what_was_promised_is_kept_and_listed(steps: Steps, funding: ServiceHarness) -> None:
    _, _, approved = await steps.an_eligible_bursary("900001")
    await steps.approve(approved)
    _, _, eligible = await steps.an_eligible_bursary("900002")
    dearer = next(one for one in read_policies().policies if (one.policy, one.version) == ("primary-cpd", 4))
    row = dearer.rows[0].model_copy(update={"bursary_per_day_pence": 10_000})
    version = dearer.model_copy(update={"version": 5, "effective_from": clock.today(), "rows": (row, *dearer.rows[1:])})
    async with funding.session() as session:
        await policies.publish_version(session, version, "cpd-bursaries")
        assert await service.open_policy_impact(session, version) == 2
    await work_off(funding)
    assert (await steps.bursary(approved))["amount_pence"] == approved["amount_pence"]
    assert (await steps.bursary(eligible))["policy_version"] == 4
    [impact] = (await steps.get(steps.auditor, "/v1/impacts")).json()["data"]
    assert (impact["kept"], impact["cause"]) == (2, "policy:primary-cpd/5")
    path = f"/v1/impacts/{impact['id']}/items"
    [item, _] = (await steps.get(steps.auditor, path, effect="kept")).json()["data"]
    assert (item["amount_before_pence"], item["amount_after_pence"]) == (37_000, 13_000)


async def test_several_workers_handle_each_item_once(steps: Steps, funding: ServiceHarness) -> None:
    await in_review(steps, *(f"90{number:03d}1" for number in range(12)))
    await funding.deliver(categories((LEEDS, 2), (LUTON, 5)))
    await asyncio.gather(*(work_off(funding, most=3) for _ in range(3)))
    async with funding.session() as session:
        ordinals = list(await session.scalars(select(BursaryDecision.ordinal)))
    assert sorted(ordinals) == [1] * 12 + [2] * 12
    await work_off(funding)
    [impact] = (await steps.get(steps.auditor, "/v1/impacts")).json()["data"]
    assert (impact["decided"], bool(impact["finished_at"])) == (12, True)


async def test_what_waits_for_a_place_gets_it_when_its_holder_loses_it(steps: Steps, funding: ServiceHarness) -> None:
    await funding.deliver(school_changed(establishment_type=24))
    first, second = [await steps.apply(*await steps.a_booking()) for _ in range(2)]
    assert {first["status"], second["status"]} == {"needs_review"}
    await funding.deliver(school_changed(), sequence=2)
    statuses = [(await steps.bursary(one))["status"] for one in (first, second)]
    assert statuses == ["eligible", "ineligible"]


MANY = """
INSERT INTO school (urn, sequence, name, phase, establishment_type, is_open, is_in_england, is_state_funded,
    district_code, district_vintage, lowest_age, highest_age, source, as_of_on, changed_at)
SELECT (100000 + n)::text, 1, 'School ' || n || ' (synthetic)', 'post_16', 1, true, true, true, 'E08000035', '2025', 16,
    19, 'synthetic register', DATE '2026-09-01', now() FROM generate_series(1, :schools) n;
INSERT INTO booking (booking_id, teacher_id, course_run_id, school_urn, course_code, hub_id, mode, phase, programme,
    days, starts_on, ends_on)
SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), (100001 + n % :schools)::text, 'CP1',
    gen_random_uuid(), 'face_to_face', 'post_16', 'core', 2, DATE '2026-12-01', DATE '2026-12-02'
FROM generate_series(1, :bursaries) n;
INSERT INTO bursary (id, booking_id, teacher_id, school_urn, course_code, days, policy, policy_version, budget, status,
    amount_pence, decisions, applied_on, applied_at, quota_at_most)
SELECT gen_random_uuid(), booking_id, teacher_id, school_urn, course_code, days, 'post-16-cpd', 1, 'cpd-bursaries',
    'needs_review', 0, 1, DATE '2026-11-01', now(), 1 FROM booking;
INSERT INTO bursary_decision (bursary_id, ordinal, outcome, inputs, result, decided_at)
SELECT id, 1, 'needs_review', '{}', '{}', now() FROM bursary
"""


@pytest.mark.parametrize(
    ("bursaries", "seconds"),
    [pytest.param(500, 60, id="some"), pytest.param(100_000, 120, id="decisions", marks=pytest.mark.campaign)],
)
async def test_a_hundred_thousand_decisions_in_two_minutes_on_two_cores(
    funding: ServiceHarness, bursaries: int, seconds: int
) -> None:
    """Each stored with all its inputs, its history and its event: campaign `decisions`."""
    async with funding.session() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in MANY.split(";"):
            values = {"schools": max(1, bursaries // 5), "bursaries": bursaries}
            await session.execute(text(statement), {n: v for n, v in values.items() if f":{n}" in statement})
    async with funding.session() as session:
        await session.execute(text("ANALYZE"))
    await funding.deliver(categories((LEEDS, 2), (LUTON, 5)))
    began = time.perf_counter()
    await asyncio.gather(*(work_off(funding) for _ in range(2)))
    took = time.perf_counter() - began
    async with funding.session() as session:
        decided = await session.scalar(
            text("SELECT count(*) FROM bursary WHERE status = 'ineligible' AND decisions = 2")
        )
    assert decided == bursaries
    assert took < seconds, f"{bursaries / took:,.0f} decisions a second"
    print(f"{bursaries / took:,.0f} decisions a second, {took:.1f} s")  # noqa: T201  the campaign's figure
