"""What a run that was killed left running, the next run ends: platforms in the background, and what stands still.

Every process of a run keeps a list, which counts when the process is gone. A process is told from a later one of the
same number by when it began; a platform is ended when its supervisor says, in its environment, that it was started by a
process that is gone. Whatever else a run starts asks the kernel to be ended with it; only who stands still does not
hear of that.
"""

import json
import os
import signal
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ncce_cli import processes
from ncce_cli.state import Home

STARTED = 19
"""Place of a process's start in /proc/PID/stat, counted after its name; its parent's is the second."""
PARENT = 1
STARTED_BY = "NCCE_STARTED_BY_TESTS"
END_SECONDS = 30.0

Process = list[str]
"""Its number, and when it began."""


def owner_of(pid: int) -> Process:
    """A process, told apart from a later one of the same number by when it began; no longer there: nothing."""
    fields = _stat(pid)
    return [str(pid), fields[STARTED]] if fields else []


def _stat(pid: int) -> Sequence[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return ()


def lists() -> Path:
    """Where all runs of this user keep their lists; nobody else may write there."""
    folder = Path(tempfile.gettempdir()) / f"ncce-tests-running-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(f"{folder} is somebody else's")
    return folder


def _remember(entry: dict[str, object]) -> str:
    """Add to this process's list; its name."""
    name = "-".join(owner_of(os.getpid()))
    if name:  # where there is no /proc nothing can be told apart, and nothing is ended
        with (lists() / name).open("a") as file:
            file.write(json.dumps(entry) + "\n")
    return name


def of_a_platform(home: Path) -> dict[str, str]:
    """What the environment of a platform's commands has to say, of which the next run is told."""
    return {STARTED_BY: _remember({"home": str(home)})}


def remember(pid: int) -> None:
    """A process that will be made to stand still."""
    if process := owner_of(pid):  # it may have ended just now
        _remember({"process": process})


def stand_still(pid: int) -> None:
    """Stop a process that somebody has to let go on."""
    remember(pid)
    os.kill(pid, signal.SIGSTOP)


def end_left_running(folder: Path) -> list[Process]:
    """End what processes left that are gone, and their lists; what was ended."""
    ended = []
    for file in folder.iterdir():
        with suppress(OSError, ValueError):
            if "-".join(owner_of(int(file.name.partition("-")[0]))) == file.name:
                continue
            for family in filter(None, (_listed(line, file.name) for line in file.read_text().splitlines())):
                _end(family)
                ended += family
            file.unlink(missing_ok=True)
    return ended


def _listed(line: str, owner: str) -> list[Process]:
    """The living processes that a line is about, who started the others first."""
    with suppress(OSError, ValueError, LookupError):  # a line that was cut short with its writer
        told = json.loads(line)
        if "process" in told:
            return [told["process"]] if told["process"] == owner_of(int(told["process"][0])) else []
        supervisor = Home(Path(told["home"])).supervisor()
        if supervisor and _started_by(supervisor) == owner:
            return _with_descendants(supervisor)
    return []


def _started_by(pid: int) -> str:
    told = (one.partition(b"=") for one in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"))
    return next((value.decode() for name, _, value in told if name == STARTED_BY.encode()), "")


def _with_descendants(pid: int) -> list[Process]:
    children: dict[int, list[int]] = defaultdict(list)
    for one in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(one.name)):
            children[int(fields[PARENT])].append(int(one.name))
    family = [pid]
    for member in family:
        family += children[member]
    return [one for one in map(owner_of, family) if one]


def _end(family: Sequence[Process]) -> None:
    """Let all of them go on, ask the first to end and to end the others, and kill whoever has not ended by then."""
    for one in family:
        _signal(one, signal.SIGCONT)
    _signal(family[0], signal.SIGTERM)
    if not processes.wait_until(lambda: not any(map(_lives, family)), END_SECONDS):
        for one in family:
            _signal(one, signal.SIGKILL)


def _lives(process: Process) -> bool:
    pid = int(process[0])
    return owner_of(pid) == process and not processes.is_uncollected(pid)


def _signal(process: Process, number: signal.Signals) -> None:
    """To this process, and to none that has its number since."""
    with suppress(OSError):
        held = os.pidfd_open(int(process[0]))
        try:
            if owner_of(int(process[0])) == process:
                signal.pidfd_send_signal(held, number)
        finally:
            os.close(held)
