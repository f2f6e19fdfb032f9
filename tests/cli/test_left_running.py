"""A run of tests that is killed leaves processes behind, some of which stand still: the next run ends them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import left_running
from ncce_cli import processes
from ncce_cli.parts import ROOT, SERVICES
from ncce_cli.state import Home, read_state

WAIT_SECONDS = 120.0
A_RUN = """
import signal
from pathlib import Path

from left_running import stand_still
from ncce_cli.broker import Broker
from platform_harness import Platform


def test_that_never_ends():
    platform = Platform(Path({home!r}), **{settings!r})
    platform.run("up", "--detach")
    stand_still(platform.pid("hubs-serve"))
    broker = Broker(Path({home!r}) / "own").start()
    stand_still(broker.pid)
    Path({told!r}).write_text(str(broker.pid))
    signal.pause()
"""


def a_run(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Tests as somebody runs them; what they write down is in the folder."""
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), *arguments]
    with (folder / "run.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(folder)}, stdout=log, stderr=log)


@pytest.fixture
def begun(tmp_path: Path, members: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """A run that has started a platform and a broker, has made two processes stand still, and never ends."""
    known = [str(members), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    settings = {f"{service.upper()}_DATABASE_URL": f"postgresql://elsewhere/{service}" for service in SERVICES}
    settings |= {"NATS_URL": "nats://elsewhere", "PYTHONPATH": os.pathsep.join(known)}
    home, told, running = tmp_path / "home", tmp_path / "told", tmp_path / "test_running.py"
    running.write_text(A_RUN.format(home=str(home), settings=settings, told=str(told)))
    run = a_run(tmp_path, str(running))
    try:
        assert processes.wait_until(lambda: told.exists() and told.read_text() != "", WAIT_SECONDS), log_of(tmp_path)
        yield run
    finally:
        run.kill()
        run.wait()
        left_running.end_left_running(lists_of(tmp_path))


def test_the_next_run_ends_what_a_killed_run_left_and_nothing_while_it_lives(
    begun: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    state, supervisor = read_state(home), home.supervisor()
    assert state
    assert supervisor
    broker = int((tmp_path / "told").read_text())
    left = [broker, supervisor, *(one.pid for one in state.processes.values() if one.pid)]
    assert left_running.end_left_running(lists_of(tmp_path)) == []

    begun.send_signal(signal.SIGKILL)
    begun.wait()
    assert all(map(processes.is_alive, left))
    assert a_run(tmp_path, "--collect-only", "tests/chassis/test_time.py").wait() == 0, log_of(tmp_path)
    assert not any(map(processes.is_alive, left))
    assert list(lists_of(tmp_path).iterdir()) == []


def lists_of(folder: Path) -> Path:
    [lists] = folder.glob("ncce-tests-running-*")
    return lists


def log_of(folder: Path) -> str:
    return (folder / "run.log").read_text()


def test_a_list_with_lines_that_name_nothing_ends_nothing_and_is_done_with(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    began = left_running.owner_of(gone.pid)
    gone.wait()
    file = tmp_path / "-".join(began)
    file.write_text('{"process": []}\n{"process": ["1", "0"]}\n{"home"\n{}\n')
    assert left_running.end_left_running(tmp_path) == []
    assert not file.exists()


def test_who_has_just_ended_is_not_listed() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    own = left_running.lists() / "-".join(left_running.owner_of(os.getpid()))
    before = own.read_text() if own.exists() else ""
    left_running.remember(gone.pid)
    assert (own.read_text() if own.exists() else "") == before
