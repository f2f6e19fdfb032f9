"""deploy/broker/alive.sh, the probe of life and health check: which broker gave up, and which is only unwell."""

import os
import resource
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

import nats
import pytest
from nats.errors import TimeoutError as NotAnswered
from nats.js.errors import APIError

from composition import ROOT, Composition
from ncce_cli import processes
from ncce_cli.broker import Broker, RunningBroker, find_server
from ncce_cli.debian import unpack
from ncce_cli.errors import MissingTool

SCRIPT = ROOT / "deploy" / "broker" / "alive.sh"
BUSYBOX = ROOT / ".tools" / "busybox"
ALIVE, AWAY, GAVE_UP = 0, 1, 2
LONELY = """\
server_name: lonely
listen: 127.0.0.1:{client}
http: 127.0.0.1:{monitor}
jetstream {{ store_dir: "{store}" }}
cluster {{ name: three, listen: 127.0.0.1:{route}, routes: ["nats-route://127.0.0.1:{other}"] }}
"""


@pytest.fixture(scope="module")
def shell() -> Path:
    """What the image has for a shell and its tools."""
    if found := shutil.which("busybox") or shutil.which("busybox", path=str(BUSYBOX / "bin")):
        return Path(found)
    try:
        unpack("busybox-static", BUSYBOX, "The image's shell is busybox.")
    except MissingTool as missing:
        pytest.skip(str(missing))
    return BUSYBOX / "bin" / "busybox"


@pytest.fixture
def programs(shell: Path, tmp_path: Path) -> Path:
    """A directory with those programs of the image that the script names, and nothing else."""
    directory = tmp_path / "bin"
    directory.mkdir()
    for name in ("sh", "nc", "df", "awk", "grep"):
        (directory / name).symlink_to(shell)
    return directory


def asked(programs: Path, port: int, *ended: int, room: int = 1) -> int:
    """The script's exit status, as a probe gets it."""
    environment = {"PATH": str(programs), "MONITOR_PORT": str(port), "STORE": str(programs), "ROOM": str(room)}
    command = [str(programs / "sh"), str(SCRIPT), *map(str, ended)]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60).returncode


async def publish(broker: RunningBroker) -> None:
    client = await nats.connect(broker.url)
    try:
        await client.jetstream().add_stream(name="facts", subjects=["facts"])
        await client.jetstream().publish("facts", b"1")
    finally:
        await client.close()


async def with_a_write_that_failed(broker: RunningBroker) -> None:
    await publish(broker)
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    with pytest.raises((APIError, NotAnswered)):
        await publish(broker)
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def test_a_broker_that_gave_up_is_ended_and_takes_messages_when_it_is_started_anew(
    programs: Path, tmp_path: Path
) -> None:
    broker = Broker(tmp_path / "nats")
    server = broker.start()
    await publish(server)
    assert asked(programs, server.monitor_port, server.pid) == ALIVE
    assert server.is_alive()
    await with_a_write_that_failed(server)
    # Kubernetes asks without naming anybody, and does the rest itself.
    assert asked(programs, server.monitor_port) == GAVE_UP
    assert server.is_alive()
    assert asked(programs, server.monitor_port, server.pid) == GAVE_UP
    assert server.process.wait(timeout=30) is not None
    server.stop()
    assert asked(programs, server.monitor_port) == AWAY
    again = broker.start(server.port, server.monitor_port)
    await publish(again)
    assert asked(programs, again.monitor_port, again.pid) == ALIVE
    again.stop()


async def test_a_broker_whose_disk_is_still_full_is_left_alone(programs: Path, tmp_path: Path) -> None:
    server = Broker(tmp_path / "nats").start()
    await with_a_write_that_failed(server)
    more_than_there_is = shutil.disk_usage(tmp_path).total
    assert asked(programs, server.monitor_port, server.pid, room=more_than_there_is) == ALIVE
    assert server.is_alive()
    server.stop()


def test_a_server_that_waits_for_the_others_is_unwell_and_left_alone(programs: Path, tmp_path: Path) -> None:
    client, monitor, route, other = processes.free_ports(4)
    configuration = tmp_path / "lonely.conf"
    configuration.write_text(
        LONELY.format(client=client, monitor=monitor, route=route, other=other, store=tmp_path / "store")
    )
    process = processes.spawn(
        [find_server(), "-c", configuration],
        log=tmp_path / "lonely.log",
        environment={"PATH": os.defpath},
        directory=tmp_path,
        death_signal=signal.SIGKILL,
    )
    try:
        assert processes.wait_until(partial(_says, programs, monitor, ALIVE), 30)
        told = _health(programs, monitor)
        assert "503 Service Unavailable" in told
        assert "meta" in told  # it looks for the others, or for who leads them
        assert asked(programs, monitor, process.pid) == ALIVE
        assert process.poll() is None
    finally:
        processes.stop(process, signal.SIGKILL, 10)


def _says(programs: Path, monitor: int, wanted: int) -> bool:
    return asked(programs, monitor) == wanted


def _health(programs: Path, monitor: int) -> str:
    question = b"GET /healthz?details=true HTTP/1.0\r\n\r\n"
    command = [str(programs / "nc"), "-w", "4", processes.LOOPBACK, str(monitor)]
    return subprocess.run(command, input=question, capture_output=True, timeout=30).stdout.decode()


def test_docker_ends_the_first_process_which_passes_it_on_and_starts_the_server_anew(composition: Composition) -> None:
    nats_block = composition.blocks["nats"].content
    assert nats_block["healthcheck"]["test"] == ["CMD", "sh", "/etc/nats/alive.sh", "1"]
    assert {"source": "nats-alive", "target": "/etc/nats/alive.sh"} in nats_block["configs"]
    assert composition.content["configs"]["nats-alive"] == {"file": "deploy/broker/alive.sh"}
    # An init has a handler for the signal, without which the kernel keeps it from process 1, and passes it on.
    assert (nats_block["init"], nats_block["restart"]) == (True, "unless-stopped")
