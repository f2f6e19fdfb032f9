"""Real loops, processes and brokers for tests, and the one way in which a test waits."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from builders import GATEWAY_KEY, GATEWAY_SIGNER, key_set
from chassis.principal import HEADER, Principal, sign_principal
from chassis.service import use_broker
from harness import ServiceHarness
from ncce_cli import processes

POLL_SECONDS = 0.02
TESTS = Path(__file__).parent


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Return as soon as the condition holds; AssertionError when it has not by then."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  what is waited for happens in another process
            await asyncio.sleep(POLL_SECONDS)


@asynccontextmanager
async def at_work(harness: ServiceHarness, *, consuming: bool = True) -> AsyncIterator[None]:
    """The relay, and the consumers, of a service, running inside the test on the harness's database."""
    loop = asyncio.create_task(use_broker(harness.service, harness.settings, harness.database, consuming))
    try:
        yield
        assert not loop.done(), loop
    finally:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop


class RunningProcess:
    """`python -m <module> serve|work` as an operator starts it."""

    def __init__(self, module: str, kind: str, settings: dict[str, str], log: Path) -> None:
        self.port = processes.free_port()
        self.url = f"http://{processes.LOOPBACK}:{self.port}"
        self.log = log
        prefix = module.removesuffix("_service").upper()
        named = {f"{prefix}_{name.upper()}": value for name, value in settings.items()}
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(TESTS),
            "PRINCIPAL_KEYS": key_set(GATEWAY_KEY),
            "REQUIRE_SYNCED_BROKER": "false",
            f"{prefix}_PORT": str(self.port),
            f"{prefix}_WORK_PORT": str(self.port),
            **{name.removeprefix(f"{prefix}_") if name.endswith("NATS_URL") else name: v for name, v in named.items()},
        }
        self.process = processes.spawn(
            [sys.executable, "-m", module, kind],
            log=log,
            environment=environment,
            directory=log.parent,
            death_signal=signal.SIGKILL,
        )

    async def ready(self) -> "RunningProcess":
        """Wait until it says that it is ready."""
        await until(self._is_ready, 30)
        return self

    async def ended(self, seconds: float = 15.0) -> int:
        """Wait for its end; its exit status, negative for a signal."""

        async def has_ended() -> bool:
            return self.process.poll() is not None

        await until(has_ended, seconds)
        assert self.process.returncode is not None
        return self.process.returncode

    async def _is_ready(self) -> bool:
        assert self.process.poll() is None, f"ended with {self.process.returncode}: {processes.tail_of(self.log)}"
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"{self.url}/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

    def client(self, caller: Principal, **headers: str) -> httpx.AsyncClient:
        """A client over the socket, with the gateway's statement about the caller."""
        headers[HEADER] = sign_principal(caller, GATEWAY_SIGNER, "hubs", lifetime_seconds=600)
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=15)

    def stop(self) -> None:
        """End it, if it has not ended."""
        processes.stop(self.process, signal.SIGTERM, 10)


class Processes:
    """Processes of the sample on one database and one broker; all end with the test."""

    def __init__(self, database_url: str, nats_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.nats_url = nats_url
        self._folder = folder
        self._started: list[RunningProcess] = []

    async def start(self, kind: str, **settings: str) -> RunningProcess:
        """Start `serve` or `work` with further settings and wait until it is ready."""
        given = {"database_url": self.database_url, "nats_url": self.nats_url, **settings}
        log = self._folder / f"{kind}-{len(self._started)}.log"
        process = RunningProcess("sample_service", kind, given, log)
        self._started.append(process)
        return await process.ready()

    async def rows(self, query: str, *arguments: Any) -> list[asyncpg.Record]:
        """Ask the database directly."""
        connection = await asyncpg.connect(self.database_url)
        try:
            found: list[asyncpg.Record] = await connection.fetch(query, *arguments)
        finally:
            await connection.close()
        return found

    async def value(self, query: str, *arguments: Any) -> Any:
        """The first value of the first row."""
        return (await self.rows(query, *arguments))[0][0]

    def stop(self) -> None:
        """End what still runs."""
        for process in self._started:
            process.stop()
