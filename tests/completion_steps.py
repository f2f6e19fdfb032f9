"""What partners and moderators do with completions, as steps that several tests share."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from builders import a_fresh_key, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.tables import outbox
from contracts.hubs import CpdCompleted, CpdCorrected
from harness import ServiceHarness

JSON = dict[str, Any]


def item(number: int, learner: str = "L1", code: str = "CO001", **more: object) -> dict[str, object]:
    """One completion as a partner sends it."""
    return {
        "external_id": f"C{number}",
        "external_learner_id": learner,
        "activity_code": code,
        "hours": "3.5",
        "completed_on": str(clock.today() - timedelta(days=7)),
        **more,
    }


async def send(hubs: ServiceHarness, sender: Principal, items: list[Any], key: str | None = None) -> httpx.Response:
    client = await hubs.client(sender)
    headers = {"Idempotency-Key": key or str(new_id())}
    return await client.post("/v1/completions:batch", json={"completions": items}, headers=headers)


async def report(hubs: ServiceHarness, sender: Principal, items: list[Any]) -> JSON:
    response = await send(hubs, sender, items)
    assert response.status_code == 200, response.text
    body: JSON = response.json()
    return body


def counts(result: JSON) -> tuple[int, int, int, int]:
    """Recorded, queued, duplicates, rejected; all of them together add up to what was received."""
    found = result["recorded"], result["queued"], result["duplicates"], len(result["rejected"])
    others = sum(result[name] for name in ("corrected", "below_threshold", "withdrawn", "not_ours"))
    assert sum(found) + others == result["received"] == len(result["results"])
    assert [row["index"] for row in result["results"]] == list(range(result["received"]))
    return found


async def matches(hubs: ServiceHarness, caller: Principal) -> list[JSON]:
    client = await hubs.client(caller)
    found: list[JSON] = (await client.get("/v1/completions/matches")).json()["data"]
    return found


async def resolve(hubs: ServiceHarness, match_id: str, teacher_id: UUID) -> httpx.Response:
    client = await hubs.client(staff("moderator"))
    path = f"/v1/completions/matches/{match_id}/resolution"
    return await client.post(path, json={"teacher_id": str(teacher_id)}, headers=a_fresh_key())


async def decide(hubs: ServiceHarness, match_id: str, **word: object) -> httpx.Response:
    """A moderator's answer of another kind than a teacher."""
    client = await hubs.client(staff("moderator"))
    return await client.post(f"/v1/completions/matches/{match_id}/resolution", json=word, headers=a_fresh_key())


async def reverse(hubs: ServiceHarness, match_id: str, reason: str = "It was somebody else.") -> httpx.Response:
    """A moderator takes an answer back."""
    client = await hubs.client(staff("moderator"))
    path = f"/v1/completions/matches/{match_id}/reversal"
    return await client.post(path, json={"reason": reason}, headers=a_fresh_key())


def told(result: JSON) -> list[str]:
    """What was told of each row, in order; with the code where there is one."""
    return [row["status"] + (f" {row['code']}" if row["code"] else "") for row in result["results"]]


async def reported(hubs: ServiceHarness, sender: Principal, **query: str) -> list[JSON]:
    """The partner's own reports, all pages."""
    client, found = await hubs.client(sender), list[JSON]()
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get("/v1/completions", params={"limit": "2", **query, **cursor})).json()
        found += page["data"]
        if not page["page"]["has_more"]:
            return found
        cursor = {"cursor": page["page"]["next_cursor"]}


async def hours_told(hubs: ServiceHarness, *teachers: UUID) -> dict[tuple[UUID, str], Decimal]:
    """By teacher and activity, the hours that all events together come to; each must go on from the one before."""
    total: dict[UUID, Decimal] = {}
    keys: dict[UUID, tuple[UUID, str]] = {}
    revisions: dict[UUID, int] = {}
    for event in await _told(hubs, teachers):
        if isinstance(event, CpdCompleted):
            assert event.completion_id not in total
            keys[event.completion_id] = event.teacher_id, event.activity_code
            revisions[event.completion_id] = 0
        else:
            assert event.hours_before == total[event.completion_id]
            assert event.revision == revisions[event.completion_id] + 1
            revisions[event.completion_id] += 1
        total[event.completion_id] = event.hours
    assert len(set(keys.values())) == len(keys)
    return {keys[one]: hours for one, hours in total.items() if hours}


async def _told(hubs: ServiceHarness, teachers: tuple[UUID, ...]) -> list[CpdCompleted | CpdCorrected]:
    kinds = {kind.type(): kind for kind in (CpdCompleted, CpdCorrected)}
    query = select(outbox.c.type, outbox.c.data).where(outbox.c.type.in_(kinds)).order_by(outbox.c.position)
    if teachers:
        query = query.where(outbox.c.data["teacher_id"].astext.in_([str(one) for one in teachers]))
    async with hubs.session() as session:
        return [kinds[type_].model_validate(data) for type_, data in await session.execute(query)]
