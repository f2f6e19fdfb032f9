"""Real loops, processes and brokers for tests, and the one way in which a test waits."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from builders import GATEWAY_KEY, GATEWAY_SIGNER, key_set
from chassis.bus import Bus
from chassis.outbox import Relay
from chassis.principal import HEADER, Principal, sign_principal
from chassis.service import use_broker
from harness import Databases, ServiceHarness
from ncce_cli import processes
from ncce_cli.broker import RunningBroker
from sample_service.app import SERVICE

POLL_SECONDS = 0.02
TESTS = Path(__file__).parent
DROPS_SOCKETS = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""The broker's client forgets the socket of an attempt that was refused; it is closed when it is collected."""


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Return as soon as the condition holds; AssertionError when it has not by then."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  what is waited for happens in another process
            await asyncio.sleep(POLL_SECONDS)


async def somebody_waits(harness: ServiceHarness) -> bool:
    """Whether a statement waits for a lock in a service's database."""
    # Not pg_locks: who waits for another's transaction to end does so in no database.
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with harness.database.reads.connect() as connection:
        waiting = await connection.execute(text(query))
    return bool(waiting.scalar())


async def with_another_password(broker: RunningBroker, state: Path, another: str) -> None:
    """Change the password of a running broker as an operator does it: in its file, then SIGHUP."""
    configuration = state / "nats.conf"
    configuration.write_text(configuration.read_text().replace(broker.password, another))
    broker.process.send_signal(signal.SIGHUP)
    await until(lambda: believes(broker.url.replace(broker.password, another)), seconds=60)


async def believes(url: str) -> bool:
    """Whether a broker lets in who comes with this URL."""
    who = urlsplit(url)
    reader, writer = await asyncio.open_connection(who.hostname, who.port)
    try:
        await reader.readline()
        told = {"user": who.username, "pass": who.password, "verbose": False}
        writer.write(f"CONNECT {json.dumps(told)}\r\nPING\r\n".encode())
        return (await reader.readline()).strip() == b"PONG"
    finally:
        writer.close()
        await writer.wait_closed()


async def streams_of(broker: RunningBroker) -> list[dict[str, Any]]:
    """The broker's streams, each with its state and its consumers', as its monitor tells them."""
    async with httpx.AsyncClient() as client:
        found = await client.get(f"{broker.monitor_url}/jsz?consumers=true&streams=true&accounts=true")
    streams = [stream for account in found.json()["account_details"] for stream in account.get("stream_detail", ())]
    return [{"consumer_detail": [], **stream} for stream in streams]


@asynccontextmanager
async def at_work(harness: ServiceHarness, *, consuming: bool = True) -> AsyncIterator[None]:
    """The relay, and the consumers, of a service, running inside the test on the harness's database."""
    loop = asyncio.create_task(use_broker(harness.service, harness.settings, harness.database, consuming))
    try:
        yield
        assert not loop.done(), loop
    finally:
        # Python 3.11's wait_for forgets a cancellation that comes as what it waits for arrives.
        while not loop.done():
            loop.cancel()
            await asyncio.wait([loop], timeout=1)


async def tell_everything(harness: ServiceHarness) -> None:
    """Carry to the broker what waits in a service's outbox, without a process of the service."""
    bus = await Bus.connect(harness.settings, harness.service.name)
    try:
        await bus.ensure_stream()
        relay = Relay(harness.database, bus, harness.service.name)
        while await relay.round():
            pass
    finally:
        await bus.close()


class RunningProcess:
    """`python -m sample_service …`, or of another service, as an operator starts it."""

    def __init__(
        self, arguments: Sequence[str], settings: Mapping[str, str], log: Path, module: str = "sample_service"
    ) -> None:
        self.port = processes.free_port()
        self.url = f"http://{processes.LOOPBACK}:{self.port}"
        self.log = log
        self._service = "hubs" if module == "sample_service" else module
        environment = {
            "PATH": os.environ["PATH"],
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            "PYTHONPATH": os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH")))),
            "PRINCIPAL_KEYS": key_set(GATEWAY_KEY),
            "REQUIRE_SYNCED_BROKER": "false",
            "SAMPLE_PORT": str(self.port),
            "SAMPLE_WORK_PORT": str(self.port),
            f"{module.upper()}_PORT": str(self.port),
            f"{module.upper()}_WORK_PORT": str(self.port),
            **settings,
        }
        self.process = processes.spawn(
            [sys.executable, "-m", module, *arguments],
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

    async def stands_still(self, seconds: float = 90.0) -> None:
        """Wait until it was stopped, as a failpoint that hangs does it."""

        async def is_stopped() -> bool:
            return processes.state_of(self.process.pid) == "T"

        await until(is_stopped, seconds)

    def go_on(self) -> None:
        """Let it go on as if nothing had been."""
        self.process.send_signal(signal.SIGCONT)

    async def _is_ready(self) -> bool:
        assert self.process.poll() is None, f"ended with {self.process.returncode}: {processes.tail_of(self.log)}"
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"{self.url}/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

    def client(self, caller: Principal, **headers: str) -> httpx.AsyncClient:
        """A client over the socket, with the gateway's statement about the caller."""
        headers[HEADER] = sign_principal(caller, GATEWAY_SIGNER, self._service, lifetime_seconds=600)
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=30)

    def lines(self) -> list[dict[str, Any]]:
        """Every line it wrote; each of them must be JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def stop(self) -> None:
        """End it, if it has not ended."""
        processes.stop(self.process, signal.SIGTERM, 10)


class Processes:
    """Processes of the sample on one database and one broker; all end with the test."""

    def __init__(self, database_url: str, nats_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.nats_url = nats_url
        self.shared: dict[str, str] = {}
        """Settings that all services have, by variable."""
        self._folder = folder
        self._started: list[RunningProcess] = []

    def begin(self, *arguments: str, **settings: str) -> RunningProcess:
        """Start a process or a job with further settings."""
        environment = {"SAMPLE_DATABASE_URL": self.database_url, "NATS_URL": self.nats_url, **self.shared}
        environment |= {f"SAMPLE_{name.upper()}": value for name, value in settings.items()}
        log = self._folder / f"{len(self._started)}-{arguments[0]}.log"
        self._started.append(RunningProcess(arguments, environment, log))
        return self._started[-1]

    async def start(self, kind: str, **settings: str) -> RunningProcess:
        """Start `serve` or `work` with further settings and wait until it is ready."""
        return await self.begin(kind, **settings).ready()

    async def job(self, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
        """Run a job to its end; its status and what it printed."""
        running = self.begin(*arguments)
        return await running.ended(30), running.lines()

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

    def kill(self) -> None:
        """End what still runs, at once: how processes stop in order is tested where it matters."""
        for process in self._started:
            process.process.kill()
            process.process.wait()


@asynccontextmanager
async def sample_processes(databases: Databases, broker: RunningBroker, folder: Path) -> AsyncIterator[Processes]:
    """Processes of the sample on a fresh database, none yet started."""
    url = await databases.of(SERVICE)
    started = Processes(url, broker.url, folder)
    try:
        yield started
    finally:
        started.kill()
        await databases.drop(url)
