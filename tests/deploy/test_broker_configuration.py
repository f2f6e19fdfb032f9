"""deploy/nats.conf on a real nats-server: durable, and each service publishes its own events and nobody else's."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest
from nats.aio.msg import Msg

from builders import GATEWAY_KEY, key_set
from chassis.bus import Bus
from chassis.settings import ServiceSettings
from composition import ROOT, SERVICES
from contracts.identity import ApiKeyChanged
from contracts.registry import PUBLISHED, stream_of
from gateway.control.events import ENDINGS
from ncce_cli import processes
from ncce_cli.broker import find_server, is_ready

FORBIDDEN_SECONDS = 5.0


class Broker:
    """A nats-server with the configuration of compose, its ports and directory replaced."""

    def __init__(self, directory: Path, dotenv: dict[str, str]) -> None:
        self.passwords = dotenv
        self.port, self.monitor_port = processes.free_ports(2)
        text = (ROOT / "deploy" / "nats.conf").read_text()
        replaced = {
            "0.0.0.0:4222": f"127.0.0.1:{self.port}",
            "0.0.0.0:8222": f"127.0.0.1:{self.monitor_port}",
            "/data": str(directory / "data"),
        }
        for old, new in replaced.items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        configuration = directory / "nats.conf"
        configuration.write_text(text)
        self.process = processes.spawn(
            [find_server(), "-c", configuration],
            log=directory / "nats.log",
            environment={"PATH": "/usr/bin:/bin", **dotenv},
            directory=directory,
            death_signal=signal.SIGTERM,
        )
        assert processes.wait_until(lambda: is_ready(self.monitor_port), 10), processes.tail_of(directory / "nats.log")

    def url(self, service: str) -> str:
        return f"nats://{service}:{self.passwords[f'{service.upper()}_BROKER_PASSWORD']}@127.0.0.1:{self.port}"

    async def bus(self, service: str) -> Bus:
        """The chassis's own connection, as a service of compose has it."""
        settings = ServiceSettings(
            database_url="postgresql://nowhere/",
            nats_url=self.url(service),
            nats_monitor_url=f"http://127.0.0.1:{self.monitor_port}",
            principal_keys=key_set(GATEWAY_KEY),
        )
        return await Bus.connect(settings, service)

    def stop(self) -> None:
        processes.stop(self.process, signal.SIGTERM, 10)


@pytest.fixture(scope="module")
def compose_broker(tmp_path_factory: pytest.TempPathFactory, dotenv: dict[str, str]) -> Iterator[Broker]:
    broker = Broker(tmp_path_factory.mktemp("compose-nats"), dotenv)
    yield broker
    broker.stop()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_makes_its_stream_and_publishes_every_event_of_its_own(
    compose_broker: Broker, service: str
) -> None:
    bus = await compose_broker.bus(service)
    try:
        await bus.require_durable()
        await bus.ensure_stream()
        subjects = [event.subject for event in PUBLISHED[service]]
        assert await bus.send([(subject, f"{service} {subject}", b"{}") for subject in subjects]) == [True] * len(
            subjects
        )
    finally:
        await bus.close()


async def test_a_service_hears_what_another_publishes(compose_broker: Broker) -> None:
    publisher, consumer = await compose_broker.bus("hubs"), await compose_broker.bus("funding")
    try:
        await publisher.ensure_stream()
        (event,) = (event for event in PUBLISHED["hubs"] if event.subject == "cpd.completed")
        await publisher.send([(event.subject, "heard", b"{}")])
        async with await consumer.subscribe(event, "funding-proof") as source:
            messages = await source.fetch(1, seconds=5)
            await messages[0].ack_sync()
    finally:
        await publisher.close()
        await consumer.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_cannot_publish_anothers_event(compose_broker: Broker, service: str) -> None:
    refused: asyncio.Queue[str] = asyncio.Queue()

    async def note(error: Exception) -> None:
        await refused.put(str(error))

    client = await nats.connect(compose_broker.url(service), error_cb=note)
    try:
        for other in set(SERVICES) - {service}:
            for event in PUBLISHED[other]:
                await client.publish(event.subject, b"{}")
                error = await asyncio.wait_for(refused.get(), FORBIDDEN_SECONDS)
                assert f'permissions violation for publish to "{event.subject}"' in error.lower()
    finally:
        await client.close()


async def test_the_gateway_hears_what_ends_credentials_before_and_while_it_listens_and_publishes_nothing(
    compose_broker: Broker,
) -> None:
    publisher = await compose_broker.bus("identity")
    heard: asyncio.Queue[str] = asyncio.Queue()
    refused: asyncio.Queue[str] = asyncio.Queue()

    async def hear(message: Msg) -> None:
        await heard.put(message.subject)

    async def is_heard(subject: str) -> None:
        while await heard.get() != subject:
            pass

    async def note(error: Exception) -> None:
        await refused.put(str(error))

    gateway = await nats.connect(compose_broker.url("gateway"), error_cb=note)
    try:
        await publisher.ensure_stream()
        for event in ENDINGS:
            await publisher.send([(event.subject, f"ended {event.subject}", b"{}")])
            await gateway.jetstream().subscribe(
                event.subject, stream=stream_of("identity"), ordered_consumer=True, cb=hear
            )
            await asyncio.wait_for(is_heard(event.subject), 5)
        await gateway.subscribe(ApiKeyChanged.subject, cb=hear)
        await gateway.flush()
        await publisher.send([(ApiKeyChanged.subject, "changed", b"{}")])
        await asyncio.wait_for(is_heard(ApiKeyChanged.subject), 5)
        for forbidden in ("session.ended", "$JS.API.STREAM.DELETE.identity", "$JS.API.CONSUMER.DELETE.identity.x"):
            await gateway.publish(forbidden, b"{}")
            error = await asyncio.wait_for(refused.get(), FORBIDDEN_SECONDS)
            assert f'permissions violation for publish to "{forbidden}"'.lower() in error.lower()
    finally:
        await gateway.close()
        await publisher.close()


async def test_nobody_connects_without_a_password(compose_broker: Broker) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", compose_broker.port)
    try:
        await reader.readline()  # the server introduces itself
        writer.write(b'CONNECT {"verbose": false}\r\nPING\r\n')
        assert b"Authorization Violation" in await reader.readline()
    finally:
        writer.close()
        await writer.wait_closed()
