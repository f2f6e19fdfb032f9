"""Clients of the sample service who write through whatever there is between it, its database and its broker."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from builders import a_teacher
from chassis.principal import Principal
from real_parts import Processes, RunningProcess, until

HUB = "00000000-0000-0000-0000-000000000009"
WRITERS = 4


class Writers:
    """Several who join, each with a key of its own until it is acknowledged, as long as they may."""

    def __init__(self, serve: RunningProcess, teacher: Principal) -> None:
        self._serve, self._teacher = serve, teacher
        self.acknowledged: list[str] = []
        self.asked = 0
        self._ending = False

    async def write(self, name: int) -> None:
        """One writer's life."""
        number = 0
        async with self._serve.client(self._teacher) as client:
            client.timeout = httpx.Timeout(5)
            while not self._ending:
                number += 1
                await self._until_acknowledged(client, f"{name}-{number}")

    async def _until_acknowledged(self, client: httpx.AsyncClient, key: str) -> None:
        async def is_acknowledged() -> bool:
            self.asked += 1
            try:
                body = {"hub_id": HUB, "badge": key}
                reply = await client.post("/v1/memberships", json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                return False
            assert reply.status_code in (201, 409, 503), reply.text
            return reply.status_code == 201

        await until(is_acknowledged, 180)
        self.acknowledged.append(key)

    def end(self) -> None:
        """Let everybody finish what they are at."""
        self._ending = True


async def nothing_is_lost_or_doubled(
    processes: Processes, direct: Processes, make_trouble: Callable[[], Awaitable[None]]
) -> str:
    """Write while there is trouble, and hold what was acknowledged against what is there; the figures.

    `direct` reaches the same database when the trouble is over.
    """
    serve, _ = await asyncio.gather(*(_started(processes, kind) for kind in ("serve", "work")))
    writers = Writers(serve, a_teacher())
    writing = [asyncio.create_task(writers.write(number)) for number in range(WRITERS)]
    await make_trouble()
    writers.end()
    await asyncio.gather(*writing)
    await until(lambda: _everything_has_arrived(direct, len(writers.acknowledged)), 180)
    badges = [row["badge"] for row in await direct.rows("SELECT badge FROM membership")]
    assert sorted(badges) == sorted(writers.acknowledged)
    assert await direct.value("SELECT sum(joins) FROM join_count") == len(badges)
    assert await direct.value("SELECT count(*) FROM dead_letter") == 0
    return f"{writers.asked} requests, {len(badges)} writes"


async def _started(processes: Processes, kind: str) -> RunningProcess:
    """A process that is ready, however long that takes."""
    running = processes.begin(kind, ack_wait_seconds="1")

    async def is_ready() -> bool:
        assert running.process.poll() is None, running.lines()[-1]
        async with httpx.AsyncClient(verify=False) as client:  # noqa: S501  plain HTTP on this machine
            try:
                return (await client.get(f"{running.url}/health/ready", timeout=30)).status_code == 200
            except httpx.TransportError:
                return False

    await until(is_ready, 120)
    return running


async def _everything_has_arrived(direct: Processes, events: int) -> bool:
    """Whether so many events were published and handled."""
    return bool(
        await direct.value(
            "SELECT count(*) = $2 FROM outbox JOIN inbox USING (event_id) WHERE consumer = $1"
            " AND published_at IS NOT NULL",
            "hubs-count-joins",
            events,
        )
    )
