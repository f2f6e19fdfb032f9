"""The broker may die, and lose all it holds: the outbox has everything, and the inbox keeps it single."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher
from chassis.principal import Principal
from harness import Databases
from ncce_cli.broker import Broker, RunningBroker
from real_parts import Processes, RunningProcess, sample_processes, streams_of, until

HUB = str(UUID(int=9))


@pytest.fixture
async def started(databases: Databases, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Processes]:
    """Processes of the sample, none yet started."""
    async with sample_processes(databases, own_broker, tmp_path) as none_yet:
        yield none_yet


async def join(serve: RunningProcess, teacher: Principal, *badges: str) -> None:
    """Join once for each badge; each is acknowledged."""
    async with serve.client(teacher) as client:
        for badge in badges:
            headers = {"Idempotency-Key": badge}
            reply = await client.post("/v1/memberships", json={"hub_id": HUB, "badge": badge}, headers=headers)
            assert reply.status_code == 201


async def state(started: Processes) -> list[tuple[Any, ...]]:
    """All that consumers have made of events."""
    hubs = await started.rows("SELECT id, name, sequence FROM known_hub ORDER BY id")
    return [tuple(row) for row in [*await started.rows("SELECT * FROM join_count ORDER BY 1"), *hubs]]


async def joins(started: Processes) -> int:
    """How many joins have been counted."""
    return int(await started.value("SELECT coalesce(sum(joins), 0) FROM join_count"))


async def test_writes_go_on_without_the_broker_and_a_wiped_one_is_filled_again(
    started: Processes, own_broker: RunningBroker, tmp_path: Path
) -> None:
    teacher = a_teacher()
    serve, _ = await asyncio.gather(started.start("serve"), started.start("work"))
    assert (await started.job("seed"))[0] == 0
    await join(serve, teacher, *"abc")
    await until(lambda: reached(started, 3))

    own_broker.kill()
    await join(serve, teacher, *"defgh")
    assert await started.value("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 5
    broker = Broker(tmp_path / "nats", durable=False)
    broker.wipe()
    again = broker.start(own_broker.port)
    await until(lambda: reached(started, 8))
    before = await state(started)

    assert await started.job("republish", "--all") == (0, [{"step": "republish", "marked": 11}])
    await join(serve, teacher, "last")
    await until(lambda: reached(started, 9))
    await until(lambda: all_sent(started))
    await until(lambda: all_acknowledged(again))
    assert await state(started) == [(teacher.id, 9), *before[1:]]
    assert len(before) == 4
    again.stop()


async def reached(started: Processes, wanted: int) -> bool:
    """Whether so many joins have been counted."""
    return await joins(started) == wanted


async def all_sent(started: Processes) -> bool:
    """Whether nothing waits for the broker."""
    return bool(await started.value("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0)


async def all_acknowledged(broker: RunningBroker) -> bool:
    """Whether every durable is done with every message of the stream."""
    streams = await streams_of(broker)
    durables = [one for stream in streams for one in stream["consumer_detail"]]
    done = all(one["num_pending"] == one["num_ack_pending"] == 0 for one in durables)
    return done and sum(stream["state"]["messages"] for stream in streams) == 5 + 11 + 1
