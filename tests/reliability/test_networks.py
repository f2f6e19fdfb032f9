"""Services whose ways to database and broker are slow, narrow, cut, silent or reset lose and double nothing.

`./ncce test --campaign weather --seed 1`: three hundred changes of the weather.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from builders import a_teacher
from chassis.principal import Principal
from harness import Databases
from ncce_cli.broker import RunningBroker
from real_parts import Processes, RunningProcess, until
from sample_service.app import SERVICE
from under_faults.network import Proxy, Ways, Weather

HUB = "00000000-0000-0000-0000-000000000009"
WRITERS = 4
PORT = re.compile(r"(?<=:)\d+(?=(/|$))")


@dataclass
class Cut:
    """A service's processes with the two ways out of them, and the same database reached directly."""

    ways: Ways
    proxies: tuple[Proxy, Proxy]
    processes: Processes
    direct: Processes


@pytest.fixture
async def cut(
    databases: Databases, own_broker: RunningBroker, tmp_path: Path, pytestconfig: pytest.Config
) -> AsyncIterator[Cut]:
    """Nothing started yet but the proxies."""
    chosen, ways = random.Random(pytestconfig.getoption("--seed")), Ways()
    url = await databases.of(SERVICE)
    [port] = [int(found[0]) for found in re.finditer(PORT, url)]
    to_database, to_broker = await ways.open(port, chosen), await ways.open(own_broker.port, chosen)
    through = re.sub(PORT, str(to_database.port), url), re.sub(PORT, str(to_broker.port), own_broker.url)
    processes = Processes(through[0], through[1], tmp_path)
    yield Cut(ways, (to_database, to_broker), processes, Processes(url, own_broker.url, tmp_path))
    processes.kill()
    await ways.close()
    await databases.drop(url)


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


@pytest.mark.parametrize(
    ("changes", "longest"),
    [pytest.param(6, 0.3, id="some"), pytest.param(300, 4.0, id="weather", marks=pytest.mark.campaign)],
)
async def test_whatever_the_network_is_like_nothing_is_lost_or_doubled(
    cut: Cut, pytestconfig: pytest.Config, changes: int, longest: float
) -> None:
    chosen = random.Random(pytestconfig.getoption("--seed"))
    serve, _ = await asyncio.gather(*(started(cut.processes, kind) for kind in ("serve", "work")))
    writers = Writers(serve, a_teacher())
    writing = [asyncio.create_task(writers.write(number)) for number in range(WRITERS)]
    for _ in range(changes):
        await cut.ways.turn(chosen.choice(cut.proxies), chosen.choice(list(Weather)))
        await asyncio.sleep(chosen.uniform(0, longest))
    for proxy in cut.proxies:
        await cut.ways.turn(proxy, Weather.CUT)  # what was silent for long may not be noticed until it ends
        await cut.ways.turn(proxy, Weather.FAIR)
    writers.end()
    await asyncio.gather(*writing)
    await until(lambda: everything_has_arrived(cut.direct, len(writers.acknowledged)), 180)
    badges = [row["badge"] for row in await cut.direct.rows("SELECT badge FROM membership")]
    assert sorted(badges) == sorted(writers.acknowledged)
    assert await cut.direct.value("SELECT sum(joins) FROM join_count") == len(badges)
    assert await cut.direct.value("SELECT count(*) FROM dead_letter") == 0
    print(f"{changes} changes, {writers.asked} requests, {len(badges)} writes")  # noqa: T201  the campaign's figures


async def started(processes: Processes, kind: str) -> RunningProcess:
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


async def everything_has_arrived(direct: Processes, events: int) -> bool:
    """Whether so many events were published and handled."""
    return bool(
        await direct.value(
            "SELECT count(*) = $2 FROM outbox JOIN inbox USING (event_id) WHERE consumer = $1"
            " AND published_at IS NOT NULL",
            "hubs-count-joins",
            events,
        )
    )
