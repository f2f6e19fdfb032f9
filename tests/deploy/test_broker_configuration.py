"""deploy/broker/nats.conf on a real nats-server: durable; each service publishes its own events and nobody else's."""

import asyncio
import importlib
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import nats
import pytest
from nats.aio.msg import Msg

from builders import GATEWAY_KEY, key_set
from chassis.bus import Bus
from chassis.service import Service
from chassis.settings import ServiceSettings
from chassis.subscriptions import Subscription
from composition import MEMBERS, ROOT, SERVICES
from contracts.identity import ApiKeyChanged
from contracts.registry import PUBLISHED, PUBLISHER, stream_of
from gateway.control.events import ENDINGS, until_the_broker_listens
from ncce_cli import processes
from ncce_cli.broker import find_server, is_ready

ANSWER_SECONDS = 30.0  # a broker answers in milliseconds; a machine that stands still is not its fault


class Broker:
    """A nats-server with the configuration of compose, its ports and directory replaced."""

    def __init__(self, directory: Path, dotenv: dict[str, str]) -> None:
        self.passwords = dotenv
        self.port, self.monitor_port = processes.free_ports(2)
        text = (ROOT / "deploy" / "broker" / "nats.conf").read_text()
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
        shutil.copy(ROOT / "deploy" / "broker" / "users.conf", directory)
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
        (own,) = (one for one in hears("funding") if one.event is event)
        async with await consumer.subscribe(event, own.durable) as source:
            messages = await source.fetch(1, seconds=5)
            await messages[0].ack_sync()
    finally:
        await publisher.close()
        await consumer.close()


class Refusals:
    """A client of a service that does what it may not, and what the broker says to that."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[str] = asyncio.Queue()

    async def note(self, error: Exception) -> None:
        await self.said.put(str(error).lower())

    async def are(self, kind: str, subjects: Sequence[str]) -> None:
        """Each of these, and nothing else, has been refused."""
        wanted = {f'permissions violation for {kind} to "{subject}"'.lower() for subject in subjects}
        found = {await asyncio.wait_for(self.said.get(), ANSWER_SECONDS) for _ in wanted}
        assert {one[one.index("permissions") : one.rindex('"') + 1] for one in found} == wanted
        assert self.said.empty()


def hears(service: str) -> list[Subscription]:
    found = importlib.import_module(f"{service}.app").SERVICE
    assert isinstance(found, Service)
    return found.subscriptions.table


def not_for(service: str) -> list[str]:
    """Of everything that a client could say, what is not this service's: others' events, streams and consumers."""
    own, found = stream_of(service), [f"$JS.API.STREAM.{what}.{stream_of(service)}" for what in ("DELETE", "PURGE")]
    found += [f"$JS.API.STREAM.MSG.{what}.{own}" for what in ("GET", "DELETE")]
    for other in set(SERVICES) - {service}:
        stream = stream_of(other)
        found += [event.subject for event in PUBLISHED[other]]
        found += [f"$JS.API.STREAM.{what}.{stream}" for what in ("CREATE", "UPDATE", "DELETE", "PURGE", "MSG.GET")]
        found += [f"$JS.API.DIRECT.GET.{stream}", f"$JS.API.CONSUMER.CREATE.{stream}", f"_INBOX_{other}.x"]
        for one in hears(other)[:3]:
            name = f"{stream_of(PUBLISHER[one.event])}.{one.durable}"
            found += [f"$JS.API.CONSUMER.{what}.{name}" for what in ("DURABLE.CREATE", "DELETE", "MSG.NEXT")]
            found.append(f"$JS.ACK.{name}.1.1.1.1.0")
    return [*found, "$JS.API.ACCOUNT.PURGE.$G", "$SYS.REQ.SERVER.PING"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_has_all_its_consumers_and_takes_what_waits_for_them(
    compose_broker: Broker, service: str
) -> None:
    for publisher in {PUBLISHER[one.event] for one in hears(service)}:
        other = await compose_broker.bus(publisher)
        await other.ensure_stream()
        subjects = sorted({one.event.subject for one in hears(service) if PUBLISHER[one.event] == publisher})
        await other.send([(subject, f"{service} {subject}", b"{}") for subject in subjects])
        await other.close()
    bus = await compose_broker.bus(service)

    async def takes(one: Subscription) -> None:
        async with await bus.subscribe(one.event, one.durable) as source:
            (message,) = await source.fetch(1, seconds=ANSWER_SECONDS)
            await message.ack_sync(timeout=ANSWER_SECONDS)

    try:
        await asyncio.gather(*map(takes, hears(service)))
        one = hears(service)[0]
        await bus.jetstream.delete_consumer(stream_of(PUBLISHER[one.event]), one.durable)
        await takes(one)
    finally:
        await bus.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_says_nothing_that_is_anothers_and_hears_nothing_that_is_for_another(
    compose_broker: Broker, service: str
) -> None:
    refused = Refusals()
    client = await nats.connect(compose_broker.url(service), error_cb=refused.note)
    try:
        subjects = not_for(service)
        for subject in subjects:
            await client.publish(subject, b"{}")
        await refused.are("publish", subjects)
        for subject in (places := [">", "_INBOX.>", "$JS.>", "$SYS.>", *(f"_INBOX_{one}.>" for one in MEMBERS)]):
            await client.subscribe(subject)
        await refused.are("subscription", [one for one in places if one != f"_INBOX_{service}.>"])
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

    gateway = await nats.connect(compose_broker.url("gateway"), error_cb=note, inbox_prefix="_INBOX_gateway")
    try:
        await publisher.ensure_stream()
        for event in ENDINGS:
            await publisher.send([(event.subject, f"ended {event.subject}", b"{}")])
            await gateway.jetstream().subscribe(
                event.subject, stream=stream_of("identity"), ordered_consumer=True, cb=hear
            )
            await asyncio.wait_for(is_heard(event.subject), ANSWER_SECONDS)
        await gateway.subscribe(ApiKeyChanged.subject, cb=hear)
        await until_the_broker_listens(gateway)
        await publisher.send([(ApiKeyChanged.subject, "changed", b"{}")])
        await asyncio.wait_for(is_heard(ApiKeyChanged.subject), ANSWER_SECONDS)
        for forbidden in ("session.ended", "$JS.API.STREAM.DELETE.identity", "$JS.API.CONSUMER.DELETE.identity.x"):
            await gateway.publish(forbidden, b"{}")
            error = await asyncio.wait_for(refused.get(), ANSWER_SECONDS)
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
