"""The sample as operators run it: processes, sockets, signals, jobs, one line of log for each thing that happens."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from builders import a_teacher
from harness import Databases
from ncce_cli.broker import RunningBroker
from otlp_receiver import collecting
from real_parts import Processes, RunningProcess, sample_processes, until

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
TOLD_OF = 5
"""Spans: three requests, and of the one that succeeded the event's way to the broker and the handler."""
HUB = str(UUID(int=9))


@pytest.fixture
async def started(databases: Databases, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Processes]:
    """Processes of the sample, none yet started."""
    async with sample_processes(databases, own_broker, tmp_path) as none_yet:
        yield none_yet


async def join(client: httpx.AsyncClient, key: str, badge: str = "b") -> httpx.Response:
    """Join a hub."""
    headers = {"Idempotency-Key": key}
    return await client.post("/v1/memberships", json={"hub_id": HUB, "badge": badge}, headers=headers)


async def test_a_request_is_traced_through_commit_broker_and_consumer(started: Processes) -> None:
    with collecting() as collector:
        started.shared["OTLP_URL"] = collector.url
        await follow_a_request(started)

        async def is_told_of() -> bool:
            return len(collector.of(TRACE[3:35])) == TOLD_OF

        await until(is_told_of, seconds=60)
    spans = collector.of(TRACE[3:35])
    (handled,) = (one for one in spans.values() if one.name.endswith("-count-joins"))
    published = spans[handled.parent_id]
    asked = spans[published.parent_id]
    assert published.name.startswith("publish ")
    assert (asked.name, asked.parent_id) == ("POST /v1/memberships", TRACE[36:52])
    assert [one.process.partition("-")[2] for one in (asked, handled)] == ["serve", "work"]
    assert asked.attributes["http.response.status_code"] == "201"


async def follow_a_request(started: Processes) -> None:
    """A request that succeeds and two that do not, until the event of the first is handled."""
    serve, work = await asyncio.gather(started.start("serve"), started.start("work"))
    teacher = a_teacher()
    async with serve.client(teacher) as client:
        client.headers["traceparent"] = TRACE
        assert (await join(client, "k")).status_code == 201
        assert (await join(client, "other")).status_code == 500  # the badge is taken, which only the commit finds
        assert (await client.get("/v1/broken")).status_code == 500

    async def is_handled() -> bool:
        return bool(await started.value("SELECT count(*) FROM trace"))

    await until(is_handled)
    assert (await started.value("SELECT traceparent FROM trace"))[:35] == TRACE[:35]
    assert await started.value("SELECT count(*) FROM membership") == 1
    await assert_logs_are_json_without_people(serve, work, str(teacher.id))


async def assert_logs_are_json_without_people(serve: RunningProcess, work: RunningProcess, person: str) -> None:
    """Each request is one line; errors show where, not whom."""
    requests = [line for line in serve.lines() if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in requests] == [
        ("/v1/memberships", 201),
        ("/v1/memberships", 500),
        ("/v1/broken", 500),
    ]
    assert {"method", "ms", "request_id", "service", "level", "timestamp"} <= requests[0].keys()
    failures = [line for line in serve.lines() if line["event"] == "request.failed"]
    assert len(failures) == 2
    assert "LookupError" in failures[1]["exception"]
    for line in serve.lines() + work.lines():
        said = json.dumps(line).replace('raise LookupError(\\"ada@example.org\\")', "")
        assert "example.org" not in said
        assert person not in said
        assert "(badge)=" not in said


async def test_a_stopping_process_finishes_what_it_has_begun(started: Processes) -> None:
    serve = await started.start("serve")
    blocker = await asyncpg.connect(started.database_url)
    async with serve.client(a_teacher()) as client:
        lock = blocker.transaction()
        await lock.start()
        await blocker.execute("LOCK TABLE membership")
        begun = asyncio.create_task(join(client, "k"))

        async def is_waiting() -> bool:
            return bool(await started.value("SELECT count(*) FROM pg_locks WHERE NOT granted"))

        await until(is_waiting)
        serve.process.send_signal(signal.SIGTERM)

        async def says_not_ready() -> bool:
            async with httpx.AsyncClient() as asking:
                return (await asking.get(f"{serve.url}/health/ready")).status_code == 503

        await until(says_not_ready)
        await lock.rollback()
        assert (await begun).status_code == 201
    await blocker.close()
    assert await serve.ended(10) == 0
    assert await started.value("SELECT count(*) FROM membership") == 1


async def test_an_idle_worker_stops_at_once(started: Processes) -> None:
    work = await started.start("work")
    work.process.send_signal(signal.SIGTERM)
    assert await work.ended(5) == 0


async def test_jobs_migrate_seed_and_republish(started: Processes) -> None:
    assert await started.job("migrate") == (0, [{"step": "migrate", "from": "0001", "to": "0001"}])
    status, said = await started.job("seed")
    assert (status, said[-1]) == (0, {"step": "hubs", "done": 3, "total": 3})
    await started.rows("UPDATE outbox SET published_at = now()")
    assert await started.job("republish", "--all") == (0, [{"step": "republish", "marked": 3}])
    assert await started.value("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 3


async def test_a_dead_letter_is_listed_and_requeued_by_a_job(started: Processes) -> None:
    teacher = uuid4()
    await started.rows("INSERT INTO refusal VALUES ($1)", teacher)
    work = await started.start("work", max_deliveries="1")
    serve = await started.start("serve")
    async with serve.client(a_teacher(person_id=teacher)) as client:
        assert (await join(client, "k")).status_code == 201

    async def is_parked() -> bool:
        return bool(await started.value("SELECT count(*) FROM dead_letter"))

    await until(is_parked)
    work.stop()
    status, (letter,) = await started.job("dead-letters", "list")
    assert (status, letter["consumer"], letter["subject"]) == (0, "hubs-count-joins", "hub.joined")
    status, (said,) = await started.job("dead-letters", "requeue", letter["id"])
    assert (status, said["outcome"]) == (1, "failed")
    await started.rows("DELETE FROM refusal")
    assert await started.job("dead-letters", "requeue", "--all") == (0, [{"id": letter["id"], "outcome": "handled"}])
    assert await started.value("SELECT joins FROM join_count WHERE teacher_id = $1", teacher) == 1
    assert await started.job("dead-letters", "requeue", "--all") == (0, [])
