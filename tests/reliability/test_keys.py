"""One effect for each key: asked for by many at once, asked for again after a kill, asked for with another body.

`./ncce test --campaign ten_thousand_keys --seed 1 --keys 10000`: three clients at once for each key, a hundred for one
in a hundred, on a server that is killed forty times.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from builders import a_teacher
from harness import Databases
from ncce_cli.broker import RunningBroker
from real_parts import Processes, RunningProcess, sample_processes

HUB = str(UUID(int=9))
WAYS, MANY_WAYS = 3, 100
EACH_SO_MANY_IS_ASKED_BY_MANY = 100
AT_ONCE = 8
"""Keys."""
EFFECTS = {
    "membership": "SELECT count(*), count(DISTINCT badge) FROM membership",
    "outbox": "SELECT count(*), count(DISTINCT event_id) FROM outbox",
    "idempotency_key": "SELECT count(*), count(DISTINCT key) FROM idempotency_key",
}


@pytest.fixture
async def started(databases: Databases, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Processes]:
    """Processes of the sample, none yet started."""
    async with sample_processes(databases, own_broker, tmp_path) as none_yet:
        yield none_yet


@dataclass
class Askers:
    """Clients of a server that may be killed under them; each asks until it is told what became of its request."""

    started: Processes
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    kills: int = 0
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """Begin to serve, the first time or once more."""
        self._serve: RunningProcess = await self.started.start("serve")
        client = self._serve.client(TEACHER)
        client.timeout = httpx.Timeout(60)
        self._client = await self._open.enter_async_context(client)

    async def kill(self) -> None:
        """End the server without a word, and start another."""
        self.kills += 1
        self._serve.process.kill()
        await asyncio.to_thread(self._serve.process.wait)
        await self.start()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._open.aclose()

    async def one_key(self, key: str, ways: int) -> None:
        """So many at once, one after them, and one with another body."""
        answers = await asyncio.gather(*(self._ask(key, key) for _ in range(ways)))
        answers.append(await self._ask(key, key))
        if {(one.status_code, one.content) for one in answers} != {(201, answers[0].content)}:
            self.wrong.append(f"{key}: {Counter((one.status_code, one.content) for one in answers)}")
        other = await self._ask(key, f"other {key}")
        if (other.status_code, other.json()["code"]) != (422, "idempotency-key-reused"):
            self.wrong.append(f"{key} with another body: {other.status_code} {other.text}")

    async def _ask(self, key: str, badge: str) -> httpx.Response:
        while True:
            self.told["requests"] += 1
            headers = {"Idempotency-Key": key}
            try:
                reply = await self._client.post(
                    "/v1/memberships", json={"hub_id": HUB, "badge": badge}, headers=headers
                )
            except httpx.TransportError:
                self.told["no answer"] += 1
                await asyncio.sleep(0.05)
                continue
            if reply.status_code != 409:
                self.told["replayed"] += "idempotent-replayed" in reply.headers
                return reply
            self.told["in flight"] += 1
            await asyncio.sleep(0.01)


TEACHER = a_teacher()


@pytest.mark.parametrize(
    ("is_campaign", "kills"),
    [pytest.param(False, 1, id="some"), pytest.param(True, 40, id="ten_thousand_keys", marks=pytest.mark.campaign)],
)
async def test_each_key_has_one_effect_whoever_asks_however_often(
    started: Processes, pytestconfig: pytest.Config, is_campaign: bool, kills: int
) -> None:
    keys = pytestconfig.getoption("--keys") if is_campaign else 60
    chosen, begun = random.Random(pytestconfig.getoption("--seed")), time.monotonic()
    askers, left = Askers(started), iter(range(keys))
    when = set(chosen.sample(range(1, keys), kills))
    await askers.start()
    # What a teacher may have once only would be refused the second time without any key.
    await started.rows("ALTER TABLE membership DROP CONSTRAINT uq_membership_badge")

    async def ask() -> None:
        for number in left:
            killing = asyncio.create_task(askers.kill()) if number in when else None
            by_many = number % EACH_SO_MANY_IS_ASKED_BY_MANY == EACH_SO_MANY_IS_ASKED_BY_MANY // 2
            await askers.one_key(f"key-{number}", MANY_WAYS if by_many else WAYS)
            if killing is not None:
                await killing

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    await askers.close()
    print(  # noqa: T201  the campaign's figures
        f"{keys} keys, {askers.kills} kills, {dict(askers.told)}, {time.monotonic() - begun:.0f} s"
    )
    assert askers.wrong == []
    for table, query in EFFECTS.items():
        [row] = await started.rows(query)
        assert tuple(row) == (keys, keys), table
