"""How long a fact takes to have its effect in another service, and how many facts a second get there."""

import asyncio
import random
import time
from uuid import UUID, uuid5

import asyncpg

from chassis import clock
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from ncce_cli.bench.rig import Rig, a_teacher, post

NAMESPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
WRITES_PER_SECOND = 30
BATCH = 10_000
BATCH_COURSES = 20
BATCH_TEACHERS = BATCH // BATCH_COURSES
PATIENCE_SECONDS = 300.0


async def bench_latency(rig: Rig, hubs_port: int, seconds: float) -> dict[str, object]:
    """Commit → consumer's effect, for teachers joining a hub at random moments, 30 a second on average."""
    [[hub]] = await rig.rows("hubs", "SELECT id FROM hub WHERE slug = 'greater-manchester'")
    started = time.perf_counter()
    sent: list[asyncio.Task[object]] = []
    while time.perf_counter() - started < seconds:
        teacher = uuid5(NAMESPACE, f"latency {len(sent)}")
        headers = rig.vouched("hubs", a_teacher(teacher))
        sent.append(asyncio.create_task(asyncio.to_thread(post, hubs_port, f"/v1/hubs/{hub}/members", {}, headers)))
        await asyncio.sleep(random.expovariate(WRITES_PER_SECOND))
    await asyncio.gather(*sent)
    found = await _latencies(rig, len(sent))
    return {
        "events": len(sent),
        "p50_ms": round(found[len(found) // 2], 1),
        "p95_ms": round(found[int(len(found) * 0.95)], 1),
        "p99_ms": round(found[int(len(found) * 0.99)], 1),
    }


async def _latencies(rig: Rig, expected: int) -> list[float]:
    """Milliseconds between an event's row and the consumer's, both told by the same server's clock."""
    hubs, certification = await rig.connect("hubs"), await rig.connect("certification")
    try:
        rows = await hubs.fetch("SELECT event_id, recorded_at FROM outbox WHERE subject = 'hub.joined'")
        recorded = {row["event_id"]: row["recorded_at"] for row in rows}
        query = "SELECT event_id, handled_at FROM inbox WHERE event_id = ANY($1)"
        await _until(certification, "SELECT count(*) FROM inbox WHERE event_id = ANY($1)", expected, list(recorded))
        handled = await certification.fetch(query, list(recorded))
        return sorted((row["handled_at"] - recorded[row["event_id"]]).total_seconds() * 1000 for row in handled)
    finally:
        await hubs.close()
        await certification.close()


async def bench_completions(rig: Rig, hubs_port: int) -> dict[str, object]:
    """A partner's batch of 10,000 completions, from the request until the last credit is in the ledger."""
    teachers = [uuid5(NAMESPACE, f"batch {number}") for number in range(BATCH_TEACHERS)]
    await _register(rig, teachers)
    codes = await rig.rows("hubs", "SELECT code FROM course WHERE mode = 'online' ORDER BY code")
    courses = [row[0] for row in codes[:BATCH_COURSES]]
    completions = [
        {
            "external_id": f"bench-{number}",
            "external_learner_id": f"learner-{number % BATCH_TEACHERS}",
            "teacher_id": str(teachers[number % BATCH_TEACHERS]),
            "activity_code": courses[number // BATCH_TEACHERS],
            "hours": "2",
            "completed_on": "2026-01-15",
        }
        for number in range(BATCH)
    ]
    partner = Principal(
        kind="partner",
        id=uuid5(NAMESPACE, "key"),
        organisation_id=uuid5(NAMESPACE, "partner"),
        scopes=frozenset({"completions:write"}),
    )
    headers = rig.vouched("hubs", partner) | {"Idempotency-Key": "bench"}
    started = time.perf_counter()
    told = await asyncio.to_thread(post, hubs_port, "/v1/completions:batch", {"completions": completions}, headers)
    accepted = time.perf_counter() - started
    connection = await rig.connect("certification")
    count = "SELECT count(*) FROM credit_entry WHERE component = 'professional_knowledge'"
    try:
        await _until(connection, count, BATCH)
    finally:
        await connection.close()
    elapsed = time.perf_counter() - started
    return {
        "recorded": told["recorded"],
        "accepted_seconds": round(accepted, 2),
        "credits_visible_seconds": round(elapsed, 2),
        "completions_per_second": round(BATCH / elapsed, 1),
    }


async def _register(rig: Rig, teachers: list[UUID]) -> None:
    """Let identity publish that these teachers registered, and wait until both consumers know them all."""
    at = clock.now()
    news = [
        TeacherRegistered(teacher_id=one, school_urn="900001", phase="primary", registered_at=at) for one in teachers
    ]
    await rig.publish("identity", news)
    for service, table in (("hubs", "teacher"), ("certification", "enrolment")):
        connection = await rig.connect(service)
        try:
            await _until(connection, f"SELECT count(*) FROM {table}", len(teachers))  # noqa: S608  names from above
        finally:
            await connection.close()


async def _until(connection: asyncpg.Connection, query: str, expected: int, *arguments: object) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while await connection.fetchval(query, *arguments) < expected:
        if time.monotonic() > deadline:
            raise RuntimeError(f"only {await connection.fetchval(query, *arguments)} of {expected} arrived")
        await asyncio.sleep(0.02)
