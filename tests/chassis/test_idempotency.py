"""The same request sent twice has one effect and one answer."""

import asyncio
from collections import Counter
from uuid import UUID

import httpx
from sqlalchemy import func, select, text

from builders import a_teacher
from chassis.principal import Principal
from chassis.tables import idempotency_key
from contracts.hubs import HubJoined
from harness import ServiceHarness
from real_parts import somebody_waits, until
from sample_service.models import Membership
from sample_service.service import CLOSED_HUB

HUB = str(UUID(int=9))


async def join(
    client: httpx.AsyncClient, key: str | None = "key-1", badge: str = "b", hub: str = HUB
) -> httpx.Response:
    """Join a hub under a key."""
    headers = {} if key is None else {"Idempotency-Key": key}
    return await client.post("/v1/memberships", json={"hub_id": hub, "badge": badge}, headers=headers)


async def memberships(sample: ServiceHarness) -> int:
    """How many there are."""
    async with sample.session() as session:
        return await session.scalar(select(func.count()).select_from(Membership)) or 0


async def test_a_repeat_answers_byte_for_byte_the_same_and_does_nothing(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    first, second = await join(client), await join(client)
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["content-type"] == first.headers["content-type"]
    assert await memberships(sample) == 1
    assert len(await sample.published(HubJoined)) == 1


async def test_a_key_is_needed(sample: ServiceHarness) -> None:
    reply = await join(await sample.client(a_teacher()), key=None)
    assert (reply.status_code, reply.json()["code"]) == (400, "idempotency-key-missing")


async def test_a_key_belongs_to_one_request(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    await join(client)
    reply = await join(client, badge="other")
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency-key-reused")
    assert await memberships(sample) == 1


async def test_a_key_belongs_to_one_caller(sample: ServiceHarness) -> None:
    one, other = await sample.client(a_teacher()), await sample.client(a_teacher())
    assert (await join(one)).status_code == 201
    reply = await join(other, badge="other")
    assert reply.status_code == 201
    assert "idempotent-replayed" not in reply.headers


async def test_a_refusal_leaves_the_key_free(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    assert (await join(client, hub=str(CLOSED_HUB))).status_code == 409
    assert (await join(client)).status_code == 201


async def test_a_failed_commit_leaves_the_key_free(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    assert (await join(client, key="first", badge="taken")).status_code == 201
    assert (await join(client, key="second", badge="taken")).status_code == 500
    assert (await join(client, key="second", badge="free")).status_code == 201


async def test_a_request_that_still_runs_is_not_run_beside(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    async with sample.session() as session:
        await session.execute(text("LOCK TABLE membership"))
        first = asyncio.create_task(join(client))
        await until(lambda: somebody_waits(sample))
        second = await join(client)
    assert (second.status_code, second.json()["code"]) == (409, "idempotency-key-in-flight")
    assert second.headers["retry-after"] == "1"
    assert (await first).status_code == 201
    assert (await join(client)).content == (await first).content


async def test_a_hundred_at_once_have_one_effect(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(join(client)) for _ in range(100)]
    replies = [task.result() for task in tasks]
    statuses = Counter(reply.status_code for reply in replies)
    assert set(statuses) <= {201, 409}
    assert len({reply.content for reply in replies if reply.status_code == 201}) == 1
    assert await memberships(sample) == 1


async def test_a_caller_who_lost_the_right_gets_no_replay(sample: ServiceHarness) -> None:
    teacher = a_teacher()
    await join(await sample.client(teacher))
    partner = Principal(kind="partner", id=teacher.id)
    assert (await join(await sample.client(partner))).status_code == 403


async def test_the_record_commits_with_its_effect(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    await join(client)
    async with sample.session() as session:
        rows = (await session.execute(select(idempotency_key.c.key, idempotency_key.c.status))).all()
    assert [tuple(row) for row in rows] == [("key-1", 201)]
