"""The broker's configuration for Kubernetes on three real servers: TLS, every stream three times, one may die."""

import asyncio
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import nats
import pytest
from nats.errors import Error as NatsError
from nats.js.api import StreamInfo

from builders import GATEWAY_KEY, key_set
from certificates import Authority
from chassis.bus import Bus
from chassis.settings import ServiceSettings
from chassis.tls import trusting
from composition import ROOT
from contracts.registry import PUBLISHED, stream_of
from ncce_cli import processes
from ncce_cli.broker import find_server, is_ready
from real_parts import until

NAMES = ("nats-0", "nats-1", "nats-2")
SUBJECT = PUBLISHED["funding"][0].subject


class Trio:
    """Three servers with the configuration of deploy/k8s/broker, on ports and in directories of this machine."""

    def __init__(self, directory: Path, passwords: dict[str, str]) -> None:
        self.authority = Authority(directory)
        self._tls = self.authority.issue("nats", *(f"{name}.nats" for name in NAMES))
        free = processes.free_ports(9)
        self.clients, self._routes, self.monitors = free[0:3], free[3:6], free[6:9]
        self.password = passwords["FUNDING_BROKER_PASSWORD"]
        self.running = [self._start(directory, index, passwords) for index in range(3)]
        ready = all(processes.wait_until(partial(is_ready, port), 20) for port in self.monitors)
        assert ready, processes.tail_of(directory / "nats-0" / "nats.log")

    def _start(self, directory: Path, index: int, passwords: dict[str, str]) -> "subprocess.Popen[bytes]":
        own = directory / NAMES[index]
        own.mkdir()
        replaced = {
            "/data": str(own / "data"),
            "/run/nats": str(own),
            "0.0.0.0:4222": f"127.0.0.1:{self.clients[index]}",
            "0.0.0.0:8222": f"127.0.0.1:{self.monitors[index]}",
            "0.0.0.0:6222": f"127.0.0.1:{self._routes[index]}",
            "/etc/nats-tls/tls.crt": str(self._tls.certificate),
            "/etc/nats-tls/tls.key": str(self._tls.key),
            "/etc/nats-tls/ca.crt": str(self.authority.certificate),
            **{f"{name}.nats:6222": f"127.0.0.1:{port}" for name, port in zip(NAMES, self._routes, strict=True)},
        }
        for path in (
            ROOT / "deploy/k8s/broker/cluster.conf",
            ROOT / "deploy/broker/nats.conf",
            ROOT / "deploy/broker/users.conf",
        ):
            text = path.read_text()
            for old, new in replaced.items():
                text = text.replace(old, new)
            (own / path.name).write_text(text)
        return processes.spawn(
            [find_server(), "-c", own / "cluster.conf"],
            log=own / "nats.log",
            environment={"PATH": "/usr/bin:/bin", "SERVER_NAME": NAMES[index], **passwords},
            directory=own,
            death_signal=signal.SIGKILL,
        )

    def settings(self) -> ServiceSettings:
        """As a service is given them in a cluster."""
        return ServiceSettings(
            database_url="postgresql://nowhere/",
            nats_url=",".join(f"tls://funding:{self.password}@127.0.0.1:{port}" for port in self.clients),
            nats_ca_file=self.authority.certificate,
            nats_monitor_url=f"http://127.0.0.1:{self.monitors[0]}",
            stream_replicas=3,
            principal_keys=key_set(GATEWAY_KEY),
        )

    def stop(self) -> None:
        for process in self.running:
            processes.stop(process, signal.SIGKILL, 10)


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory, dotenv: dict[str, str]) -> Iterator[Trio]:
    started = Trio(tmp_path_factory.mktemp("trio"), dotenv)
    yield started
    started.stop()


async def connected(trio: Trio) -> Bus:
    """A connection to one of them. A service waits for its broker for good, a test does not."""
    async with asyncio.timeout(60):
        return await Bus.connect(trio.settings(), "funding")


async def with_its_stream(bus: Bus) -> StreamInfo:
    """The stream of funding, made as soon as the three have agreed who leads."""

    async def is_made() -> bool:
        try:
            await bus.ensure_stream()
        except (NatsError, TimeoutError):
            return False
        return True

    await until(is_made, 60)
    return await bus.jetstream.stream_info(stream_of("funding"))


async def test_a_service_makes_a_stream_that_all_three_servers_hold(trio: Trio) -> None:
    bus = await connected(trio)
    try:
        await bus.require_durable()
        made = await with_its_stream(bus)
        assert made.config.num_replicas == 3
        assert made.cluster is not None
        assert {made.cluster.leader, *(one.name for one in made.cluster.replicas or ())} == set(NAMES)
        assert await bus.send([(SUBJECT, "stored", b"{}")]) == [True]
    finally:
        await bus.close()


@pytest.mark.campaign
async def test_a_broker_cluster_goes_on_without_the_server_that_led(trio: Trio) -> None:
    bus = await connected(trio)
    try:
        made = await with_its_stream(bus)
        assert await bus.send([(SUBJECT, "before", b"{}")]) == [True]
        assert made.cluster is not None
        processes.stop(trio.running[NAMES.index(made.cluster.leader or "")], signal.SIGKILL, 10)

        async def is_stored() -> bool:
            return await bus.send([(SUBJECT, "after", b"{}")]) == [True]

        await until(is_stored, 60)
        # Sent again and again under one id, it is there once; what came before is not lost.
        now = await bus.jetstream.stream_info(stream_of("funding"))
        assert now.state.messages == made.state.messages + 2
    finally:
        await bus.close()


@pytest.mark.parametrize("believed", ["what everybody believes", "a stranger"])
async def test_a_server_that_is_not_certified_as_it_should_be_is_not_talked_to(
    trio: Trio, tmp_path: Path, believed: str
) -> None:
    authority = Authority(tmp_path).certificate if believed == "a stranger" else None
    refused: list[Exception] = []

    async def note(error: Exception) -> None:
        refused.append(error)

    with pytest.raises((NatsError, OSError)):
        await nats.connect(
            trio.settings().nats_url.split(",")[0],
            tls=trusting(authority),
            allow_reconnect=False,
            max_reconnect_attempts=0,
            connect_timeout=5,
            error_cb=note,
        )
    assert any("certificate" in str(error).lower() for error in refused)
