"""A private PostgreSQL on 127.0.0.1: made on first use, started, stopped, found again after a crash.

The server belongs to one state directory, which holds the lock, the superuser's password and the log. Only password
(SCRAM) connections are accepted, for test servers too: on a machine with several users a trusted port would let any
of them run programs as us.
"""

import contextlib
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from ncce_cli import processes
from ncce_cli.errors import PortTaken, ServerFailed
from ncce_cli.files import sync_names, write_private
from ncce_cli.postgres_programs import (
    BARE_ENVIRONMENT,
    find_programs,
    others_pass,
    reachable_programs,
    second_home,
    server_account,
    sweep_second_homes,
    version_of,
)

SUPERUSER = "postgres"
START_SECONDS = 30.0
STOP_SECONDS = 30.0
PORT_ATTEMPTS = 5
HALF_MADE = "data.new-"
AT_WORK = ("postgres: startup", "postgres: walwriter")
"""A process that every server has while it recovers, and one that it has while it serves."""
PASSWORD_FILE = "superuser-password"  # noqa: S105 -- the name of a file
ALWAYS = {
    "listen_addresses": processes.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For servers whose data is thrown away: nothing waits for the disk, and nothing is logged for a replica.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass
class RunningPostgres(processes.RunningServer):
    """A server that accepts connections."""

    # PostgreSQL's fast shutdown: close connections, write everything down, end.
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT
    stop_seconds: ClassVar[float] = STOP_SECONDS

    port: int
    data: Path
    password: str = field(repr=False)

    def has_given_up(self) -> bool:
        """Whether it neither serves nor recovers, as it seems at this moment.

        PostgreSQL 18 whose startup process is killed while it recovers from a crash waits for its other processes to
        end, and has told none of them to: it stands for good, alive, and refuses everybody.
        """
        titles = [processes.command_of(pid) for pid in processes.children_of(self.pid)]
        return titles != [] and not any(title.startswith(AT_WORK) for title in titles)

    def end_at_once(self) -> None:
        """Without a word to clients, as a crash would; the next start recovers."""
        processes.stop(self.process, signal.SIGQUIT, self.stop_seconds)

    @property
    def admin_url(self) -> str:
        return self.url(SUPERUSER, self.password, "postgres")

    def url(self, user: str, password: str, database: str) -> str:
        return url_at(self.port, user, password, database)


class Postgres:
    """The server of one state directory. `durable=False` trades safety after a power cut for speed: tests only."""

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        self.state = state.resolve()
        self.durable = durable
        self.log = self.state / "postgres.log"
        self.account = server_account()

    def start(self, port: int | None = None) -> RunningPostgres:
        """Start on `port`, or on a free one; the data is made first when there is none.

        Raises AlreadyRunning, PortTaken, MissingTool or ServerFailed, and then leaves no process behind.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        lock = processes.acquire(self.state / "lock", f"A PostgreSQL server in {self.state}")
        with processes.on_failure(os.close, lock):
            return self._start(lock, port)

    def wipe(self) -> None:
        """Delete data, password and log of the stopped server, wherever they are."""
        if self.state.exists():
            os.close(processes.acquire(self.state / "lock", f"A PostgreSQL server in {self.state}"))
            for directory in (self.data_home(), self.state):
                shutil.rmtree(directory, ignore_errors=True)

    def data_home(self) -> Path:
        """The directory in which the data lies: ours, unless the server's user cannot get there."""
        if self.account is None:
            return self.state
        self.state.chmod(0o711)
        return self.state if others_pass(self.state / "data") else second_home(self.state)

    def _start(self, lock: int, port: int | None) -> RunningPostgres:
        home = self.data_home()
        self.programs = find_programs()
        if self.account:
            sweep_second_homes()
            self.programs = reachable_programs(self.programs)
        data = home / "data"
        for half_made in home.glob(f"{HALF_MADE}*"):
            shutil.rmtree(half_made) if half_made.is_dir() else half_made.unlink()
        if not (data / "PG_VERSION").exists():
            self._initialise(home, data)
        self._check_version(data)
        end_leftover(data)
        for attempt in range(PORT_ATTEMPTS):
            try:
                return self._launch(lock, data, port or processes.free_port())
            except PortTaken:
                if port or attempt == PORT_ATTEMPTS - 1:
                    raise
        raise AssertionError("the loop returns or raises")

    def _initialise(self, home: Path, data: Path) -> None:
        """Make the data beside its place and move it there whole, so that a killed start leaves no half database."""
        password = secrets.token_urlsafe(32)
        scratch = Path(tempfile.mkdtemp(prefix=HALF_MADE, dir=home))
        options = ["--encoding=UTF8", "--no-sync", "--locale=C", "--auth=scram-sha-256", f"--username={SUPERUSER}"]
        if version_of(self.programs)[1] >= 17:  # sorts the same on every machine, whatever locales it has
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if version_of(self.programs)[1] >= 16 and not self.durable:
            options += [
                "--set=scram_iterations=1"
            ]  # random passwords of 256 bits need no slow hash; tests connect often
        with self._readable_password(home, password) as password_file:
            made = processes.spawn(
                [self.programs / "initdb", "-D", scratch, f"--pwfile={password_file}", *options],
                log=self.log,
                environment=BARE_ENVIRONMENT,
                directory=Path("/"),
                death_signal=signal.SIGKILL,
                account=self._owned(scratch),
            )
            if made.wait() != 0:
                shutil.rmtree(scratch, ignore_errors=True)
                raise ServerFailed(f"PostgreSQL could not make its data: {processes.last_words(self.log)}")
        if self.durable:
            os.sync()
        write_private(self.state / PASSWORD_FILE, password)
        scratch.rename(data)
        sync_names(home)

    @contextlib.contextmanager
    def _readable_password(self, home: Path, password: str) -> Iterator[Path]:
        path = home / f"{HALF_MADE}password"
        path.unlink(missing_ok=True)
        write_private(path, password)
        self._owned(path)
        try:
            yield path
        finally:
            path.unlink()

    def _owned(self, path: Path) -> processes.Account | None:
        """Give `path` to the server's user, who is returned."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)
        return self.account

    def _check_version(self, data: Path) -> None:
        made_by, runs = int((data / "PG_VERSION").read_text()), version_of(self.programs)[1]
        if made_by != runs:
            raise ServerFailed(
                f"The data in {data} was made by PostgreSQL {made_by}, but {self.programs} is PostgreSQL {runs}: "
                "use the older programs (PG_BIN), or start anew with ./ncce reset."
            )

    def _launch(self, lock: int, data: Path, port: int) -> RunningPostgres:
        if not processes.is_free(port):
            raise PortTaken(f"PostgreSQL cannot use port {port}: another program listens there.")
        settings = {**ALWAYS, "port": str(port), **({} if self.durable else THROW_AWAY)}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        process = processes.spawn(
            [self.programs / "postgres", "-D", data, *arguments],
            log=self.log,
            environment=BARE_ENVIRONMENT,
            directory=Path("/"),
            death_signal=signal.SIGINT,
            account=self.account,
        )
        ready = f"{process.pid} ready"
        with processes.on_failure(processes.stop, process, signal.SIGINT, STOP_SECONDS):
            processes.wait_until(lambda: process.poll() is not None or status_of(data) == ready, START_SECONDS)
        if process.poll() is not None or status_of(data) != ready:
            processes.stop(process, signal.SIGINT, STOP_SECONDS)
            if "address already in use" in processes.tail_of(self.log).lower():
                raise PortTaken(f"PostgreSQL cannot use port {port}: another program listens there.")
            raise ServerFailed(f"PostgreSQL did not start: {processes.last_words(self.log, 2)}")
        password = (self.state / PASSWORD_FILE).read_text()
        return RunningPostgres(port=port, data=data, password=password, process=process, lock=lock)


def url_at(port: int, user: str, password: str, database: str) -> str:
    return f"postgresql://{quote(user)}:{quote(password)}@{processes.LOOPBACK}:{port}/{quote(database)}"


def status_of(data: Path) -> str:
    """ "<pid> <state>" as the server itself notes it in its data directory; empty when it has not yet."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return ""
    return f"{lines[0]} {lines[7].strip()}" if len(lines) >= 8 else ""


def end_leftover(data: Path) -> None:
    """Stop a server that still works on `data` although its starter is dead, and forget one that is gone.

    We hold the lock of the state directory, so a server found here has no owner; a living process that merely got
    the same number is told apart by its command line and left alone.
    """
    note = data / "postmaster.pid"
    try:
        pid = int(note.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        note.unlink(missing_ok=True)
        return
    if processes.is_alive(pid) and f"-D {data} " in processes.command_of(pid) + " ":
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        if not processes.wait_until(lambda: not processes.is_alive(pid), STOP_SECONDS):
            raise ServerFailed(f"A PostgreSQL server left over in {data} (process {pid}) does not stop.")
    note.unlink(missing_ok=True)
