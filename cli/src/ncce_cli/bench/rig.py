"""The servers and processes a benchmark measures, started for it and stopped after it."""

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import asyncpg
import jwt
from pydantic import SecretStr

from chassis.db import Database
from chassis.outbox import publish
from chassis.principal import HEADER, Principal, sign_principal
from chassis.settings import ServiceSettings
from contracts.base import Event
from ncce_cli import processes
from ncce_cli.broker import Broker
from ncce_cli.databases import create_databases
from ncce_cli.keys import KeyStore, key_set, public_part
from ncce_cli.parts import GATEWAY, Part
from ncce_cli.postgres import Postgres
from ncce_cli.settings_for import Connections, Environments
from ncce_cli.state import Home

READY_SECONDS = 30.0


class Running(NamedTuple):
    """A process of a rig."""

    pid: int
    port: int


class Rig:
    """A durable PostgreSQL and broker, migrated databases, and the processes asked for."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._stack = stack
        self.home = Home(root)
        self.home.make()
        postgres = Postgres(self.home.postgres).start()
        stack.callback(postgres.stop)
        broker = Broker(self.home.nats).start()
        stack.callback(broker.stop)
        self._postgres, self._broker = postgres, broker
        self.databases: dict[str, str] = {}
        # No gateway is measured here, but identity writes its address in mails.
        self.ports: dict[str, int] = {GATEWAY: 8080}

    async def prepare(self, *services: str) -> None:
        """Make the databases, and migrate and seed those of these services."""
        passwords = {name: uuid4().hex for name in ("identity", "hubs", "certification", "funding")}
        await create_databases(self._postgres, passwords)
        self.databases = {name: self._postgres.url(name, password, name) for name, password in passwords.items()}
        for service in services:
            for job in (["migrate"], ["seed", "--demo"]):
                await asyncio.to_thread(self._run, service, job)

    def _run(self, service: str, job: Sequence[str]) -> None:
        command = [sys.executable, "-m", service, *job]
        subprocess.run(command, env=self.environment(Part(service, "job")), check=True, stdout=subprocess.DEVNULL)

    def environment(self, part: Part) -> dict[str, str]:
        """The environment of a process of this rig."""
        connections = Connections(self.databases, self._broker.url, self._broker.monitor_url)
        return Environments(self.home, connections, self.ports).of(part) | {
            f"{part.member.upper()}_LOG_LEVEL": "WARNING"
        }

    @property
    def postgres_pid(self) -> int:
        """The database server's first process, of which all others descend."""
        return self._postgres.pid

    def start(self, part: Part, module: str | None = None, core: int | None = None) -> int:
        """Start a process and wait until it is ready; its port. `core` pins it."""
        process, port = self._started(part, module, core)
        self._stack.callback(_stop, process)
        return port

    @contextmanager
    def running(self, part: Part) -> Iterator[Running]:
        """A process that is ready, until the end of the block."""
        process, port = self._started(part)
        try:
            yield Running(process.pid, port)
        finally:
            _stop(process)

    def _started(
        self, part: Part, module: str | None = None, core: int | None = None
    ) -> tuple["subprocess.Popen[bytes]", int]:
        port = processes.free_port()
        self.ports[part.name] = port
        arguments = ["-m", module] if module else list(part.arguments)
        pin = [] if core is None or (os.cpu_count() or 1) < 2 else ["taskset", "-c", str(core)]
        with (self.home.logs / f"{part.name}.log").open("ab") as log:
            process = subprocess.Popen(
                [*pin, sys.executable, *arguments], env=self.environment(part), stdout=log, stderr=log
            )
        try:
            _wait_until_ready(process, port)
        except RuntimeError:
            _stop(process)
            raise
        return process, port

    def vouched(self, audience: str, caller: Principal) -> dict[str, str]:
        """The header by which a service believes that this is the caller."""
        key = jwt.PyJWK(KeyStore(self.home.secrets).signing_key("gateway-principal"), algorithm="EdDSA")
        return {HEADER: sign_principal(caller, key, audience, lifetime_seconds=3600)}

    async def publish(self, service: str, events: Sequence[Event]) -> None:
        """Write events in a service's outbox, as that service does; its processes carry them on."""
        async with self.database(service) as database, database.transaction() as session:
            await publish(session, *events)

    @asynccontextmanager
    async def database(self, service: str, connections: int = 10) -> AsyncIterator[Database]:
        """A service's database as its own processes use it."""
        keys = KeyStore(self.home.secrets)
        settings = ServiceSettings(
            database_url=SecretStr(self.databases[service]),
            principal_keys=key_set(public_part(keys.signing_key("gateway-principal"))),
            database_pool_size=connections,
        )
        database = Database(settings, "bench")
        try:
            yield database
        finally:
            await database.close()

    async def connect(self, service: str) -> asyncpg.Connection:
        """A connection to a service's database, to count and to prepare."""
        return await asyncpg.connect(self.databases[service])

    async def rows(self, service: str, query: str) -> list[asyncpg.Record]:
        """What a service's database answers, over a connection for this alone."""
        connection = await self.connect(service)
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()


@contextmanager
def rig(root: Path) -> Iterator[Rig]:
    """A rig, taken down at the end whatever happened."""
    with ExitStack() as stack:
        yield Rig(root, stack)


def a_teacher(teacher_id: UUID) -> Principal:
    """A teacher for the services to serve."""
    return Principal(kind="person", id=teacher_id, attributes={"school_urn": "900001", "phase": "primary"})


def post(port: int, path: str, body: object, headers: dict[str, str], seconds: float = 120.0) -> dict[str, object]:
    """Send one request and read the answer."""
    content = json.dumps(body).encode()
    sent = urllib.request.Request(f"http://127.0.0.1:{port}{path}", content, headers, method="POST")
    sent.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(sent, timeout=seconds) as reply:  # noqa: S310  loopback
        found: dict[str, object] = json.load(reply)
    return found


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2)
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the process on port {port} did not become ready")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(30)
