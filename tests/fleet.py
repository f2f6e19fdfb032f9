"""A platform of many: replicas of every `serve` and `work`, three brokers, two gateways, on ports of this machine."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ncce_cli import health, processes
from ncce_cli.broker import find_server, is_ready
from ncce_cli.databases import create_databases
from ncce_cli.jobs import UNUSED_PORTS
from ncce_cli.keys import KeyStore
from ncce_cli.parts import GATEWAY, ROOT, SERVICES, Part
from ncce_cli.postgres import Postgres, RunningPostgres
from ncce_cli.settings_for import Connections, Environments
from ncce_cli.state import Home
from real_parts import until

POOL_SIZE = 3
"""Of each of a process's two pools: 25 processes hold at most 150 of the server's 300 connections."""
READY_SECONDS = 300
END_SECONDS = 60
UNLIMITED = "1000000"
BROKER = """\
server_name: {name}
listen: 127.0.0.1:{client}
http: 127.0.0.1:{monitor}
authorization {{ user: ncce, password: {password} }}
jetstream {{ store_dir: "{store}", max_file_store: 2GB, sync_interval: always }}
cluster {{
  name: ncce
  listen: 127.0.0.1:{route}
  routes: [{routes}]
}}
"""


class Cluster:
    """Three brokers that keep every stream three times."""

    def __init__(self, folder: Path, password: str) -> None:
        free = processes.free_ports(9)
        self._folder, self._password = folder, password
        self._clients, self._routes, self._monitors = free[0:3], free[3:6], free[6:9]
        self._running = [self._spawn(index) for index in range(3)]

    @property
    def url(self) -> str:
        """All three, as a service is given them."""
        return ",".join(f"nats://ncce:{self._password}@127.0.0.1:{port}" for port in self._clients)

    @property
    def monitor_url(self) -> str:
        """Where each of them tells of itself."""
        return ",".join(f"http://127.0.0.1:{port}" for port in self._monitors)

    def _spawn(self, index: int) -> "subprocess.Popen[bytes]":
        own = self._folder / f"nats-{index}"
        own.mkdir(parents=True, exist_ok=True)
        told = BROKER.format(
            name=own.name,
            client=self._clients[index],
            monitor=self._monitors[index],
            route=self._routes[index],
            routes=", ".join(f'"nats-route://127.0.0.1:{port}"' for port in self._routes),
            password=self._password,
            store=own / "store",
        )
        (own / "nats.conf").write_text(told)
        return processes.spawn(
            [find_server(), "-c", own / "nats.conf"],
            log=own / "nats.log",
            environment={"PATH": "/usr/bin:/bin"},
            directory=own,
            death_signal=signal.SIGKILL,
        )

    async def ready(self) -> None:
        """Wait until all three can be used."""

        async def are_ready() -> bool:
            return all([await asyncio.to_thread(is_ready, port) for port in self._monitors])

        await until(are_ready, READY_SECONDS)

    def kill(self, index: int) -> None:
        """End one as by a crash."""
        self._running[index].kill()
        self._running[index].wait()

    def start(self, index: int) -> None:
        """Start one again on what it had stored."""
        self._running[index] = self._spawn(index)

    def stop(self) -> None:
        """End all three."""
        for process in self._running:
            process.kill()
            process.wait()


@dataclass
class Replica:
    """One process of several alike, in the code of one release."""

    part: Part
    port: int
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """As its log is called."""
        return self.log.stem

    def start(self, tree: Path) -> None:
        """Begin it in the code that lies in `tree`."""
        self.process = processes.spawn(
            [sys.executable, *self.part.arguments],
            log=self.log,
            environment=self.environment | {"PYTHONPATH": python_path(tree)},
            directory=tree,
            death_signal=signal.SIGKILL,
        )

    async def is_ready(self) -> bool:
        """Whether it says so itself; it must not have ended."""
        assert self.process is not None
        assert self.process.poll() is None, f"{self.name} ended: {processes.last_words(self.log, 4)}"
        return await health.is_ready(self.port)

    async def ready(self) -> None:
        """Wait until it is."""
        await until(self.is_ready, READY_SECONDS)

    def end(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    async def ended(self) -> None:
        """Wait for its end."""

        async def has_ended() -> bool:
            return self.process is None or self.process.poll() is not None

        await until(has_ended, END_SECONDS)


def python_path(tree: Path) -> str:
    """The source folders of all members in `tree`."""
    return os.pathsep.join(
        str(path) for pattern in ("libs/*", "services/*", "gateway", "cli") for path in _src(tree, pattern)
    )


def _src(tree: Path, pattern: str) -> Iterator[Path]:
    return (path / "src" for path in sorted(tree.glob(pattern)))


class Fleet:
    """All of it. `tree` is the release that a process is started in: its repository's root."""

    def __init__(self, folder: Path, replicas: int) -> None:
        self.home, self.tree = Home(folder), ROOT
        self.home.make()
        self.postgres: RunningPostgres = Postgres(self.home.postgres, durable=False).start()
        self.passwords = KeyStore(self.home.secrets).database_passwords()
        self.brokers = Cluster(folder / "brokers", "a-password-of-tests")
        self.broker_url, self.monitor_url = self.brokers.url, self.brokers.monitor_url
        self._held = processes.HeldPorts()
        self.replicas = list(self._planned(replicas))
        self.jobs: dict[str, dict[str, str]] = {}

    def _planned(self, replicas: int) -> Iterator[Replica]:
        parts = [Part(service, mode) for service in SERVICES for mode in ("serve", "work") for _ in range(replicas)]
        parts += [Part("identity", "webhooks"), Part(GATEWAY, "serve"), Part(GATEWAY, "serve")]
        ports = self._held.draw(len(parts))
        for number, (part, port) in enumerate(zip(parts, ports, strict=True)):
            yield Replica(part, port, {}, self.home.log(f"{part.name}-{number}"))

    def of(self, member: str, *modes: str) -> list[Replica]:
        """Those of a member."""
        return [one for one in self.replicas if one.part.member == member and (not modes or one.part.mode in modes)]

    @property
    def gateways(self) -> list[Replica]:
        """Both."""
        return self.of(GATEWAY)

    async def begin(self) -> None:
        """Databases with the demo's people and schools, then every process."""
        await create_databases(self.postgres, self.passwords)
        await self.brokers.ready()
        self._wire()
        await self.migrate()
        await asyncio.gather(*(self.job(service, "seed", "--demo") for service in SERVICES))
        for replica in self.replicas:
            replica.start(self.tree)
        for replica in self.replicas:
            await replica.ready()

    def _wire(self) -> None:
        databases = {service: self.postgres.url(service, word, service) for service, word in self.passwords.items()}
        connections = Connections(databases, self.broker_url, self.monitor_url)
        ports = UNUSED_PORTS | {Part(GATEWAY, "serve").name: self.gateways[0].port}
        built = Environments(self.home, connections, ports)
        self.jobs = {service: built.of(Part(service, "serve")) | {"STREAM_REPLICAS": "3"} for service in SERVICES}
        for replica in self.replicas:
            replica.environment.update(built.of(replica.part) | self._own(replica))

    def _own(self, replica: Replica) -> dict[str, str]:
        member = replica.part.member.upper()
        if replica.part.member == GATEWAY:
            limits = ("SIGNED_IN", "PARTNER", "ORGANISATION", "ANONYMOUS")
            upstreams = {
                f"GATEWAY_{service.upper()}_URL": ",".join(
                    f"http://127.0.0.1:{one.port}" for one in self.of(service, "serve")
                )
                for service in SERVICES
            }
            found = {"GATEWAY_PORT": str(replica.port), "GATEWAY_ADMIN_PORT": "0"}
            return found | upstreams | {f"GATEWAY_{limit}_PER_MINUTE": UNLIMITED for limit in limits}
        variable = f"{member}_PORT" if replica.part.mode == "serve" else f"{member}_WORK_PORT"
        pool = {f"{member}_DATABASE_POOL_SIZE": str(POOL_SIZE), f"{member}_STREAM_REPLICAS": "3"}
        return pool | {variable: str(replica.port), f"{member}_DATABASE_WAIT_SECONDS": "30"}

    async def migrate(self) -> None:
        """Bring every database to the release in `tree`."""
        await asyncio.gather(*(self.job(service, "migrate") for service in SERVICES))

    async def job(self, service: str, *arguments: str) -> None:
        """Run a job of the release in `tree` to its end."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", service, *arguments),
            env=self.jobs[service] | {"PYTHONPATH": python_path(self.tree)},
            cwd=self.tree,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said[-2000:].decode()

    async def roll(self, replicas: Iterable[Replica]) -> None:
        """Let one after another end in good order and begin again, in the release in `tree`."""
        for replica in replicas:
            replica.end(signal.SIGTERM)
            await replica.ended()
            replica.start(self.tree)
            await replica.ready()

    def stop(self) -> None:
        """End everything."""
        for replica in self.replicas:
            if replica.process:
                replica.process.kill()
                replica.process.wait()
        self.brokers.stop()
        self.postgres.stop()
        self._held.release()


@contextmanager
def a_fleet(folder: Path, replicas: int) -> Iterator[Fleet]:
    """Servers that run and processes that are planned; all end with the block."""
    fleet = Fleet(folder, replicas)
    try:
        yield fleet
    finally:
        fleet.stop()
