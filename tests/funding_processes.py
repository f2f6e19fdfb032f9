"""Funding as an operator runs it: real processes on one database, killed at any moment and begun again."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from builders import GATEWAY_SIGNER
from chassis import clock
from chassis.bus import Bus
from chassis.ids import new_id
from chassis.principal import HEADER, Principal, sign_principal
from contracts.base import AnyEnvelope, Event
from contracts.registry import PUBLISHER
from harness import NEEDED_BY, ServiceHarness
from ncce_cli.broker import RunningBroker
from real_parts import RunningProcess, until

PATIENCE_SECONDS = 120.0
LINGER_SECONDS = 0.03
"""Up to so long after a request was sent its process is killed: while it is at work on it, or just after."""
PAUSE_SECONDS = 0.3
AT_ONCE = 32
"""Requests under way; more would wait longer for a connection than a client is kept waiting."""
ASK_AGAIN = ("idempotency-key-in-flight", "unavailable")


class FundingProcesses:
    """Processes by name, such as `serve-1` and `work-1`. After so many requests, one of them is killed and replaced."""

    def __init__(self, funding: ServiceHarness, broker: RunningBroker, folder: Path, bus: Bus, seed: int) -> None:
        self._funding, self._broker, self._folder, self._bus = funding, broker, folder, bus
        self.chosen = random.Random(seed)
        self.running: dict[str, RunningProcess] = {}
        self.begun = self.kills = self.requests = self.retries = 0
        self._kill_after: list[int] = []
        self._answers: dict[tuple[UUID | None, str], bytes] = {}
        self._vouched_for: dict[UUID | None, str] = {}
        self._client = httpx.AsyncClient(timeout=PATIENCE_SECONDS)
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def begin(self, name: str) -> RunningProcess:
        """Begin a process of this name; it is not ready yet."""
        arguments = [name.partition("-")[0]]
        self.begun += 1
        log = self._folder / f"{self.begun}-{name}.log"
        self.running[name] = RunningProcess(arguments, self._environment(), log, module="funding")
        return self.running[name]

    def _environment(self) -> dict[str, str]:
        url = self._funding.settings.database_url.get_secret_value()
        needed = {f"FUNDING_{name.upper()}": str(value) for name, value in NEEDED_BY["funding"].items()}
        return needed | {
            "FUNDING_DATABASE_URL": url,
            "FUNDING_ACK_WAIT_SECONDS": "1",
            "FUNDING_DATABASE_WAIT_SECONDS": "30",
            "NATS_URL": self._broker.url,
            "NCCE_ENVIRONMENT": "development",
        }

    async def start(self, *names: str) -> None:
        """Begin these and wait until they are ready."""
        await asyncio.gather(*(self.begin(name).ready() for name in names))

    def kill_after(self, requests: Iterable[int]) -> None:
        """After each of these numbers of requests, counted from the first, kill a process that is chosen by chance."""
        self._kill_after = sorted(requests)

    def kill(self, name: str) -> None:
        """End it without a word, and begin another in its place."""
        self.running[name].process.kill()
        self.running[name].process.wait()
        self.kills += 1
        self.begin(name)

    async def tell(self, event: Event, *, times: int = 1, sequence: int = 1) -> None:
        """Let the publisher of an event tell of it, once or more often."""
        envelope = AnyEnvelope(
            id=new_id(),
            source=f"/services/{PUBLISHER[type(event)]}",
            type=event.type(),
            subject=event.aggregate_id,
            sequence=sequence,
            time=clock.now(),
            data=event.model_dump(mode="json"),
        )
        body = envelope.model_dump_json().encode()
        # Under message ids of their own, so that the broker does not drop the repeats.
        told = await self._bus.send([(event.subject, f"{envelope.id}.{number}", body) for number in range(times)])
        assert all(told)

    async def post(
        self, caller: Principal, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> httpx.Response:
        """Ask until there is an answer: a connection that breaks tells nothing, so the same is asked with the same key.

        Whoever gets a success for a key always gets the same one.
        """
        key = key or str(new_id())
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                async with self._at_once:
                    reply = await self._ask(caller, path, body, key)
                if reply is not None and not (reply.is_error and reply.json()["code"] in ASK_AGAIN):
                    break
                self.retries += 1
                await self._pause()
                await until(self._is_somebody_there, PATIENCE_SECONDS)
        assert reply.status_code < 500, reply.text
        if reply.is_success:
            assert self._answers.setdefault((caller.id, key), reply.content) == reply.content
        return reply

    async def _pause(self) -> None:
        """As a client does that is asked to come again; each for another while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.chosen.random() * PAUSE_SECONDS):
                await asyncio.Event().wait()

    async def once(self, caller: Principal, path: str) -> httpx.Response | None:
        """Ask once; None when nobody knows what became of it."""
        return await self._ask(caller, path, None, None)

    async def _ask(
        self, caller: Principal, path: str, body: dict[str, Any] | None, key: str | None
    ) -> httpx.Response | None:
        headers = {HEADER: self._vouched(caller)} | ({"Idempotency-Key": key} if key else {})
        served = self.chosen.choice([name for name in self.running if name.startswith("serve")])
        self.requests += 1
        is_last = bool(self._kill_after) and self.requests >= self._kill_after[0]
        asked = asyncio.create_task(
            self._client.post(self.running[served].url + path, json=body, headers=headers), name=path
        )
        if is_last:
            del self._kill_after[0]
            await asyncio.wait([asked], timeout=self.chosen.random() * LINGER_SECONDS)
            self.kill(self.chosen.choice(list(self.running)))
        try:
            return await asked
        except httpx.TransportError:
            return None

    async def _is_somebody_there(self) -> bool:
        for process in [one for name, one in self.running.items() if name.startswith("serve")]:
            try:
                if (await self._client.get(f"{process.url}/health/ready")).status_code == 200:
                    return True
            except httpx.TransportError:
                continue
        return False

    def _vouched(self, caller: Principal) -> str:
        if caller.id not in self._vouched_for:
            self._vouched_for[caller.id] = sign_principal(caller, GATEWAY_SIGNER, "funding", lifetime_seconds=3600)
        return self._vouched_for[caller.id]

    def end(self) -> None:
        """End all of them."""
        for process in self.running.values():
            process.process.kill()
            process.process.wait()

    async def close(self) -> None:
        """End all of them, and let go of every connection."""
        self.end()
        await self._client.aclose()


@asynccontextmanager
async def funding_processes(
    funding: ServiceHarness, broker: RunningBroker, folder: Path, seed: int
) -> AsyncIterator[FundingProcesses]:
    """Processes on the harness's database, none yet started."""
    settings = funding.settings.model_copy(update={"nats_url": broker.url})
    bus = await Bus.connect(settings, "hubs")
    processes = FundingProcesses(funding, broker, folder, bus, seed)
    try:
        await bus.ensure_stream()
        yield processes
    finally:
        await processes.close()
        await bus.close()
