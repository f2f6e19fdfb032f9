"""The state directory: where everything of one platform lies, and what is running in it.

NCCE_HOME names it; without that it is `.ncce` in the repository. Who holds its lock runs the platform; the kernel drops
the lock when that process dies, so that what `state.json` says is believed only while the lock is held.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ncce_cli import processes
from ncce_cli.errors import AlreadyRunning, DiskFull, NotRunning
from ncce_cli.files import write_private
from ncce_cli.parts import ROOT

NEEDED_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Home:
    """The paths below a state directory."""

    root: Path

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def secrets(self) -> Path:
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def evidence(self) -> Path:
        return self.root / "evidence"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def nats(self) -> Path:
        return self.root / "nats"

    @property
    def prepared(self) -> Path:
        """What was migrated and seeded, by fingerprint."""
        return self.root / "prepared.json"

    @property
    def clock(self) -> Path:
        """By how much a sandbox's time is ahead."""
        return self.root / "clock"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def __str__(self) -> str:
        """As short as it can be said from where the person stands."""
        here = Path.cwd()
        return str(self.root.relative_to(here) if self.root.is_relative_to(here) else self.root)

    def make(self) -> None:
        """Create the directories; only we may read them, and root's may be walked through by PostgreSQL's user."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for directory in (self.secrets, self.logs, self.mail, self.evidence, self.documents):
            directory.mkdir(mode=0o700, exist_ok=True)

    def acquire(self) -> int:
        """Take the platform's lock; AlreadyRunning when another process has it."""
        try:
            return processes.acquire(self.lock, "A platform")
        except AlreadyRunning:
            holder = processes.holder_of(self.lock)
            raise AlreadyRunning(
                f"A platform is already running in {self} (process {holder}): "
                "see ./ncce status, stop it with ./ncce down, or name another directory with NCCE_HOME."
            ) from None

    def supervisor(self) -> int | None:
        """The process that runs the platform of this directory."""
        return processes.holder_of(self.lock)


def home_of_environment() -> Home:
    named = os.environ.get("NCCE_HOME")
    return Home(Path(named).expanduser().resolve() if named else ROOT / ".ncce")


def require_disk_space(home: Home) -> None:
    """Refuse to start where a database would soon fail to write."""
    status = os.statvfs(home.root)
    available = status.f_bavail * status.f_frsize
    if available < NEEDED_BYTES:
        raise DiskFull(
            f"Only {available // 2**20} MB are free where {home} lies, and the platform needs "
            f"{NEEDED_BYTES // 2**20} MB: make room, or name another directory with NCCE_HOME."
        )


@dataclass
class ProcessState:
    """One process, as the supervisor last saw it."""

    name: str
    pid: int | None = None
    port: int | None = None
    state: str = "waiting"  # waiting, starting, ready, restarting, stopped, external
    started_at: str | None = None
    restarts: int = 0


@dataclass
class PlatformState:
    """What `state.json` holds."""

    state: str  # starting, ready, stopping
    base_url: str
    started_at: str
    monitor_url: str = ""
    gateway_admin_port: int = 0
    """Where the gateway tells its numbers; its public port does not."""
    processes: dict[str, ProcessState] = field(default_factory=dict)

    def write(self, home: Home) -> None:
        write_private(home.state, json.dumps(asdict(self), indent=2) + "\n")


def read_state(home: Home) -> PlatformState | None:
    """What the running platform says of itself; None when none is running."""
    if home.supervisor() is None or not home.state.exists():
        return None
    content = json.loads(home.state.read_text())
    content["processes"] = {name: ProcessState(**entry) for name, entry in content["processes"].items()}
    return PlatformState(**content)


def running_state(home: Home) -> PlatformState:
    """As `read_state`, for commands that need a platform."""
    state = read_state(home)
    if state is None:
        raise NotRunning(f"No platform is running in {home}: start one with ./ncce up.")
    return state
