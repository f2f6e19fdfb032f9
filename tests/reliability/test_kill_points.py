"""A process that dies at the worst moment loses no acknowledged write and doubles no effect.

Each point is one arrow of the way from request to effect: before and after commit, publish, mark and acknowledgement.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from builders import a_teacher
from chassis.principal import Principal
from harness import Databases
from ncce_cli.broker import RunningBroker
from real_parts import Processes, RunningProcess, sample_processes, until

HUB = str(UUID(int=9))
KEYS = [f"key-{number}" for number in range(5)]
POINTS = [
    ("serve", "transaction.before_commit"),
    ("serve", "transaction.after_commit"),
    ("serve", "relay.before_publish"),
    ("serve", "relay.after_publish"),
    ("serve", "relay.before_mark_commit"),
    ("work", "transaction.before_commit"),
    ("work", "consumer.before_ack"),
    ("work", "consumer.after_ack"),
]
REDELIVER_SOON = "1"


@pytest.fixture
async def started(databases: Databases, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Processes]:
    """Processes of the sample, none yet started."""
    async with sample_processes(databases, own_broker, tmp_path) as none_yet:
        yield none_yet


async def join_with_each_key(serve: RunningProcess, teacher: Principal) -> dict[str, bytes]:
    """Write once per key, in order; the answers of those that were acknowledged."""
    acknowledged: dict[str, bytes] = {}
    async with serve.client(teacher) as client:
        for key in KEYS:
            body = {"hub_id": HUB, "badge": key}
            try:
                reply = await client.post("/v1/memberships", json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                continue  # the client cannot know: it will ask again with the same key
            assert reply.status_code == 201, reply.text
            acknowledged[key] = reply.content
    return acknowledged


async def start_both(started: Processes, doomed: str, point: str) -> tuple[RunningProcess, RunningProcess]:
    """The process that is going to die, and the `serve` to write to, which may be the same."""
    dying = started.start(doomed, fault_point=point, ack_wait_seconds=REDELIVER_SOON)
    if doomed == "serve":
        serve = await dying
        return serve, serve
    both = await asyncio.gather(dying, started.start("serve"))
    return both[0], both[1]


@pytest.mark.parametrize(("doomed", "point"), POINTS)
async def test_a_process_killed_there_loses_and_doubles_nothing(started: Processes, doomed: str, point: str) -> None:
    teacher = a_teacher()
    dying, serve = await start_both(started, doomed, point)
    acknowledged = await join_with_each_key(serve, teacher)
    assert await dying.ended() == -signal.SIGKILL

    work = started.start("work", ack_wait_seconds=REDELIVER_SOON)
    if doomed == "serve":
        _, serve = await asyncio.gather(work, started.start("serve"))
    else:
        await work
    answers = await join_with_each_key(serve, teacher)
    assert set(answers) == set(KEYS)
    assert acknowledged.items() <= answers.items()
    await until(lambda: everything_has_arrived(started))
    await assert_each_effect_happened_once(started, teacher)


async def everything_has_arrived(started: Processes) -> bool:
    """Whether every event has been published and handled."""
    waiting = await started.value("SELECT count(*) FROM outbox WHERE published_at IS NULL")
    missing = await started.value(
        "SELECT count(*) FROM outbox WHERE event_id NOT IN (SELECT event_id FROM inbox WHERE consumer = $1)",
        "hubs-count-joins",
    )
    return bool(waiting == missing == 0)


async def assert_each_effect_happened_once(started: Processes, teacher: Principal) -> None:
    """One row, one event, one count for each key; no letter parked."""
    badges = [row["badge"] for row in await started.rows("SELECT badge FROM membership ORDER BY badge")]
    sequences = [row["sequence"] for row in await started.rows("SELECT sequence FROM outbox ORDER BY position")]
    assert badges == KEYS
    assert sequences == [1, 2, 3, 4, 5]
    assert await started.value("SELECT joins FROM join_count WHERE teacher_id = $1", teacher.id) == len(KEYS)
    assert await started.value("SELECT count(*) FROM audit_entry") == len(KEYS)
    assert await started.value("SELECT count(*) FROM dead_letter") == 0
