"""Start a program that dies with us, stop it in an orderly way, find a free port."""

import contextlib
import fcntl
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, ParamSpec

from ncce_cli import child
from ncce_cli.errors import AlreadyRunning, PortTaken

# Below 32768, where Linux begins to hand out ports to outgoing connections: a listener there can find its port gone.
PORTS = range(18_000, 32_000)
LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.01
LINES_OF_AN_END = 4

P = ParamSpec("P")


@dataclass(frozen=True)
class Account:
    """The user a program runs as when we are root and the program refuses to be."""

    name: str
    uid: int
    gid: int


def bound_to_us(
    program: Sequence[str | Path], death_signal: signal.Signals, account: Account | None = None
) -> list[str]:
    """The command line that runs `program` so that it gets `death_signal` when we die.

    Linux ties that signal to the thread that started the process, so only the main thread asks for it: a worker
    thread ends long before the program should.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    wanted = [os.getpid(), int(death_signal) if in_main_thread else 0, uid, gid]
    return [sys.executable, "-I", "-S", child.__file__, *map(str, wanted), *map(str, program)]


@contextlib.contextmanager
def on_failure(undo: Callable[P, object], *arguments: P.args, **named: P.kwargs) -> Iterator[None]:
    """Undo something unless what is within comes to its end, also when Ctrl-C or a signal ends it."""
    try:
        yield
    except BaseException:
        undo(*arguments, **named)
        raise


def spawn(
    program: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    directory: Path,
    death_signal: signal.Signals,
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start `program` in its own session, bound to our life, its output appended to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            bound_to_us(program, death_signal, account),
            env=dict(environment),
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches only us; we decide the order in which things stop
        )


def stop(process: subprocess.Popen[bytes], polite: signal.Signals, seconds: float) -> None:
    """Ask with `polite`, wait `seconds`, then kill. Safe to call for a process that is gone."""
    if process.poll() is None:
        process.send_signal(polite)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


@dataclass(kw_only=True)
class RunningServer:
    """A server of ours that runs, and the lock that keeps a second one off its state."""

    stop_signal: ClassVar[signal.Signals]
    """What asks it to end in an orderly way."""
    stop_seconds: ClassVar[float]

    process: subprocess.Popen[bytes] = field(repr=False)
    lock: int = field(repr=False)

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """End in an orderly way. Safe to call twice."""
        stop(self.process, self.stop_signal, self.stop_seconds)
        self._release()

    def kill(self) -> None:
        """End as by a crash or a power cut."""
        self.process.kill()
        self.process.wait()
        self._release()

    def _release(self) -> None:
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1


def is_alive(pid: int) -> bool:
    """Whether a process still runs; a dead one that nobody has collected yet does not, although it has its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not is_uncollected(pid)


def is_uncollected(pid: int) -> bool:
    """Dead, but still in the table of processes: in a container the first process may be slow to collect orphans."""
    return state_of(pid) == "Z"


def state_of(pid: int) -> str:
    """The letter that `ps` shows: `T` is stopped, `Z` is dead and not collected; nothing where nobody can tell."""
    with contextlib.suppress(OSError):  # no /proc here, or it is gone by now
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll until `condition` holds; False when `seconds` have gone by."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT can be listened on
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def draw_port() -> socket.socket:
    """A socket that holds a port nobody else has, at random, so that two platforms starting together rarely meet."""
    for port in random.sample(PORTS, 200):
        holder = socket.socket()
        try:
            holder.bind((LOOPBACK, port))  # without SO_REUSEADDR: a port that another platform holds is refused too
        except OSError:
            holder.close()
        else:
            return holder
    raise PortTaken(f"No free port between {PORTS.start} and {PORTS.stop} on {LOOPBACK}.")


def port_of(holder: socket.socket) -> int:
    port: int = holder.getsockname()[1]
    return port


def free_port() -> int:
    """A port nobody has now."""
    with draw_port() as holder:
        return port_of(holder)


def free_ports(count: int) -> list[int]:
    """`count` different free ports."""
    with HeldPorts() as held:
        return held.draw(count)


class HeldPorts:
    """Ports for processes that will listen there later, and again after they died; nobody else draws them meanwhile.

    Linux lets a server, which sets SO_REUSEADDR, share a port with a holder that has set it too and never listens.
    Elsewhere (macOS) that is refused, so nothing is held there.
    """

    def __init__(self) -> None:
        self._holders: list[socket.socket] = []

    def __enter__(self) -> "HeldPorts":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def draw(self, count: int, but: int | None = None) -> list[int]:
        """`count` different ports, none of them `but`."""
        ports: list[int] = []
        while len(ports) < count:
            holder = draw_port()
            if port_of(holder) == but:
                holder.close()
                continue
            self._holders.append(holder)
            ports.append(port_of(holder))
        for holder in self._holders:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform != "linux":
            self.release()
        return sorted(ports)

    def release(self) -> None:
        for holder in self._holders:
            holder.close()
        self._holders.clear()


def command_of(pid: int) -> str:
    """The command line of a living process, arguments separated by spaces; empty when it cannot be told."""
    with contextlib.suppress(OSError):  # it may be gone by now
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if sys.platform == "darwin":
        asked = subprocess.run(["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True)
        return asked.stdout.strip()
    return ""


def children_of(pid: int) -> list[int]:
    """The processes that a living process has started; none where that cannot be told."""
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def tail_of(log: Path, characters: int = 2000) -> str:
    """The end of a log file."""
    if not log.exists():
        return ""
    return log.read_text(errors="replace")[-characters:].strip()


def last_words(log: Path, lines: int = 1) -> str:
    """What a program said last, as part of a sentence that also tells where to read the rest.

    A service says why it ends before it says that it tidies up: of the last few lines, an error is the better answer.
    """
    said = [line.strip() for line in tail_of(log).splitlines() if line.strip()]
    errors = [line for line in said[-LINES_OF_AN_END:] if '"level": "error"' in line]
    words = [event_of(line) for line in errors[-1:] or said[-lines:]]
    return f"{' / '.join(words) or 'it said nothing'} (whole log: {log})"


def event_of(line: str) -> str:
    """What a line of JSON log is about, or any other line as it is."""
    try:
        entry = json.loads(line)
        return ": ".join(str(entry[name]) for name in ("event", "error") if name in entry) or line
    except (ValueError, TypeError):
        return line


def acquire(path: Path, owner: str) -> int:
    """Lock `path` for the life of this process and write our process id into it; returns the descriptor.

    The kernel drops the lock at our death, however we die, so a lock is never stale.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode().strip() or "unknown"
        os.close(descriptor)
        raise AlreadyRunning(f"{owner} is already running (process {holder}).") from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def holder_of(path: Path) -> int | None:
    """The process that holds the lock at `path`, or None when nobody does."""
    if not path.exists():
        return None
    with open_shared(path) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(os.pread(descriptor, 20, 0) or b"0")
    return None


@contextlib.contextmanager
def open_shared(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
