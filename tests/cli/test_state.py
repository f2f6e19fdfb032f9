"""The state directory: one platform at a time, and nothing believed of a dead one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ncce_cli import preparation
from ncce_cli import state as state_module
from ncce_cli.errors import AlreadyRunning, DiskFull, NotRunning
from ncce_cli.files import write_private
from ncce_cli.preparation import fingerprint
from ncce_cli.state import Home, PlatformState, ProcessState, read_state, require_disk_space, running_state

HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from ncce_cli.state import Home
Home(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


def test_a_second_platform_is_told_who_runs_the_first(home: Home) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, home.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    holder.stdout.readline()
    assert home.supervisor() == holder.pid
    with pytest.raises(AlreadyRunning, match=f"process {holder.pid}.*./ncce down"):
        home.acquire()

    holder.kill()
    holder.communicate()
    assert home.supervisor() is None
    os.close(home.acquire())


def test_what_a_dead_platform_said_is_not_believed(home: Home) -> None:
    said = PlatformState("ready", "http://127.0.0.1:1", "2026-11-22T09:00:00Z")
    said.processes["nats"] = ProcessState("nats", 1, 4222, "ready")
    lock = home.acquire()
    said.write(home)
    assert read_state(home) == said
    os.close(lock)
    assert read_state(home) is None
    with pytest.raises(NotRunning, match="ncce up"):
        running_state(home)


def test_the_directory_is_closed_to_others(home: Home) -> None:
    assert home.root.stat().st_mode & 0o066 == 0
    for directory in (home.secrets, home.logs, home.mail):
        assert directory.stat().st_mode & 0o077 == 0


def test_a_full_disk_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    require_disk_space(home)
    monkeypatch.setattr(state_module, "NEEDED_BYTES", 2**62)
    with pytest.raises(DiskFull, match="make room"):
        require_disk_space(home)


def test_a_fingerprint_is_of_one_service_and_database(home: Home) -> None:
    prints = {
        fingerprint("hubs", "1/1", True, "hubs_run"),
        fingerprint("hubs", "1/2", True, "hubs_run"),
        fingerprint("hubs", "1/1", False, "hubs_run"),
        fingerprint("hubs", "1/1", True, ""),
        fingerprint("funding", "1/1", True, "hubs_run"),
    }
    assert len(prints) == 5


def test_what_python_is_writing_of_what_it_compiles_has_no_part_in_a_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a file has another name, and is gone, before it could be read."""
    monkeypatch.setattr(preparation, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").touch()
    module = tmp_path / "libs" / "chassis" / "db.py"
    (module.parent / "__pycache__").mkdir(parents=True)
    module.touch()
    (module.parent / "__pycache__" / "db.cpython-311.pyc.140449534189104").symlink_to(tmp_path / "gone")
    (module.parent / "__pycache__" / "db.cpython-311.pyc.140449534189105").touch()
    assert set(preparation.sources_of("hubs")) == {module, tmp_path / "requirements.lock"}


def test_what_is_written_for_good_is_synced_before_it_has_its_name_and_so_is_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced, sync = tmp_path / "key", list[tuple[int, int, bool]](), os.fsync

    def remembered(descriptor: int) -> None:
        sync(descriptor)
        found = os.fstat(descriptor)
        synced.append((found.st_ino, found.st_size, path.exists()))

    monkeypatch.setattr(os, "fsync", remembered)
    write_private(path, "secret")
    (file, size, was_named), (folder, _, is_named) = synced
    assert (file, size, was_named) == (path.stat().st_ino, len("secret"), False)
    assert (folder, is_named) == (tmp_path.stat().st_ino, True)
