"""The private nats-server: what it acknowledged is there after a crash, unless it is wiped on purpose."""

import resource
import shutil
import socket
from pathlib import Path

import nats
import pytest
from nats.errors import TimeoutError
from nats.js.errors import APIError

from ncce_cli import processes
from ncce_cli.broker import Broker, RunningBroker
from ncce_cli.doctor import broker as doctor
from ncce_cli.errors import AlreadyRunning, PortTaken
from ncce_cli.servers import ServerRoom, Servers
from ncce_cli.settings_for import External
from ncce_cli.state import Home


async def messages_in(broker: RunningBroker) -> int:
    client = await nats.connect(broker.url)
    try:
        streams = await client.jetstream().streams_info()
        return sum(stream.state.messages for stream in streams)
    finally:
        await client.close()


async def publish(broker: RunningBroker) -> None:
    client = await nats.connect(broker.url)
    try:
        await client.jetstream().add_stream(name="facts", subjects=["facts"])
        await client.jetstream().publish("facts", b"1")
    finally:
        await client.close()


async def test_messages_survive_a_crash_and_not_a_wipe(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    server = broker.start()
    await publish(server)
    server.kill()

    server = broker.start(server.port)
    assert await messages_in(server) == 1
    with pytest.raises(AlreadyRunning):
        broker.wipe()
    server.stop()

    broker.wipe()
    again = broker.start(server.port)
    assert again.url == server.url
    assert await messages_in(again) == 0
    again.stop()


async def with_a_write_that_failed(server: RunningBroker) -> None:
    await publish(server)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    with pytest.raises((APIError, TimeoutError)):
        await publish(server)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def test_a_broker_whose_disk_was_full_takes_nothing_more_and_so_is_started_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    servers = Servers(None, server := Broker(home.nats).start())
    assert not server.has_given_up()
    await with_a_write_that_failed(server)
    assert server.has_given_up()
    assert ServerRoom(home, External({}, None)).restart_dead(servers) == ["nats"]
    assert servers.broker is not None
    assert servers.broker.port == server.port
    await publish(servers.broker)
    assert await messages_in(servers.broker) == 2
    servers.stop()


async def test_a_broker_whose_disk_is_still_full_is_left_alone_and_the_doctor_tells_of_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    servers = Servers(None, server := Broker(home.nats).start())
    assert [one for one in doctor.look(server.monitor_url) if one.code == "broker-gave-up"] == []
    await with_a_write_that_failed(server)
    more_than_there_is = shutil.disk_usage(tmp_path).total
    assert ServerRoom(home, External({}, None), more_than_there_is).restart_dead(servers) == []
    assert server.is_alive()
    [told] = [one for one in doctor.look(server.monitor_url) if one.code == "broker-gave-up"]
    assert "make room on its disk, at least 64 MB" in told.sentence
    servers.stop()


def test_nobody_connects_without_the_password(tmp_path: Path) -> None:
    server = Broker(tmp_path, durable=False).start()
    try:
        with socket.create_connection((processes.LOOPBACK, server.port), timeout=5) as client:
            client.sendall(b"CONNECT {}\r\nPING\r\n")
            answer = b"".join(iter(lambda: client.recv(4096), b""))
        assert b"Authorization Violation" in answer
    finally:
        server.stop()


def test_a_durable_broker_syncs_each_message_and_its_secrets_are_ours_alone(tmp_path: Path) -> None:
    server = Broker(tmp_path).start()
    server.stop()
    configuration = tmp_path / "nats.conf"
    assert "sync_interval: always" in configuration.read_text()
    assert configuration.stat().st_mode & 0o077 == 0
    assert server.password not in repr(server)


def test_a_taken_port_is_named_and_a_second_start_refused(tmp_path: Path) -> None:
    broker = Broker(tmp_path, durable=False)
    with socket.socket() as other:
        other.bind((processes.LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            broker.start(port)
    server = broker.start()
    with pytest.raises(AlreadyRunning):
        broker.start()
    server.stop()
