"""The whole life of a platform at the terminal, with stand-ins for its members: up, status, crash, down.

PostgreSQL and nats-server are real. The stand-ins start in a moment, die when told, and speak the members' interface.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from left_running import of_a_platform
from ncce_cli import processes
from ncce_cli.parts import PARTS, SERVICES
from ncce_cli.state import Home
from ncce_cli.status import Seen, Status, status_of

NAMES = ["postgres", "nats", *(part.name for part in PARTS)]
WAIT_SECONDS = 30.0


class Platform:
    """A state directory, a port, and the command."""

    def __init__(self, home: Path, members: Path) -> None:
        self.home = Home(home)
        self.port = processes.free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith(("DATABASE_URL", "NATS_URL"))},
            "NCCE_HOME": str(home),
            "NCCE_PORT": str(self.port),
            "PYTHONPATH": os.pathsep.join([str(members), str(Path(__file__).parent)]),
            **of_a_platform(home),
        }

    def start(self, *arguments: str, **settings: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "ncce_cli", *arguments],
            env={**self.environment, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, **settings)
        output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    def status(self) -> Status:
        return status_of(self.home)

    def processes(self) -> dict[str, Seen]:
        return {seen.name: seen for seen in self.status().processes}

    def pids(self) -> list[int]:
        return [seen.pid for seen in self.status().processes if seen.pid]


@pytest.fixture
def platform(tmp_path: Path, members: Path) -> Iterator[Platform]:
    platform = Platform(tmp_path / "a home", members)
    yield platform
    if (tmp_path / "a home").exists():
        assert platform.run("reset", "--yes").returncode == 0


def wait_for_line(process: "subprocess.Popen[str]", words: str) -> None:
    assert process.stdout
    assert any(words in line for line in process.stdout), f"it never said {words}"


def all_gone(pids: list[int]) -> bool:
    return processes.wait_until(lambda: not any(map(processes.is_alive, pids)), WAIT_SECONDS)


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def running_in(home: Home) -> list[str]:
    """The command lines of all processes that know of a state directory, be it by argument or by setting."""
    told = f"NCCE_HOME={home.root}".encode()
    found = [path for path in Path("/proc").glob("[0-9]*") if told in readable(path / "environ").split(b"\0")]
    named = [path for path in Path("/proc").glob("[0-9]*") if str(home.root).encode() in readable(path / "cmdline")]
    return [processes.command_of(int(path.name)) for path in {*found, *named}]


def readable(path: Path) -> bytes:
    """What a file of /proc holds; nothing once its process has gone."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def eventually(condition: Callable[[], bool]) -> bool:
    return processes.wait_until(condition, WAIT_SECONDS)


def test_ctrl_c_stops_everything_that_was_started_and_only_that(platform: Platform, tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    up = platform.start("up")
    wait_for_line(up, "The platform is ready")

    status = json.loads(platform.run("status", "--json").stdout)
    assert status["state"] == "ready"
    assert status["base_url"] == f"http://127.0.0.1:{platform.port}"
    assert [(entry["name"], entry["state"]) for entry in status["processes"]] == [(name, "ready") for name in NAMES]
    assert status["processes"][-1]["port"] == platform.port

    second = platform.run("up")
    assert second.returncode == 6
    assert len(second.stderr.splitlines()) == 1
    assert "already running" in second.stderr

    pids = platform.pids()
    up.send_signal(signal.SIGINT)
    output, errors = up.communicate(timeout=30)
    assert (up.returncode, errors) == (0, "")
    assert "Everything is stopped" in output
    assert not any(map(processes.is_alive, pids))
    assert stranger.poll() is None
    stranger.communicate(b"\n")
    assert platform.run("status").returncode == 9


def test_a_detached_platform_heals_itself_and_nothing_outlives_its_supervisor(platform: Platform) -> None:
    first = platform.run("up", "--detach")
    assert first.returncode == 0, first.stderr
    assert "hubs: facts, 2 rows" in first.stdout
    assert "moderator@demo.example.org" in first.stdout

    before = platform.processes()
    for name in ("funding-work", "postgres", "nats"):
        kill(before[name].pid)
    assert eventually(lambda: platform.processes()["funding-work"].restarts == 1)
    assert eventually(lambda: platform.status().state == "ready")
    after = platform.processes()
    for name in NAMES:
        assert after[name].port == before[name].port
        assert (after[name].pid != before[name].pid) == (name in ("funding-work", "postgres", "nats"))

    pids = platform.pids()
    kill(platform.status().pid)
    assert all_gone(pids)
    assert platform.status().state == "stopped"

    again = platform.run("up", "--detach")
    assert again.returncode == 0, again.stderr
    assert "migrating" not in again.stdout

    logs = platform.run("logs", "funding")
    assert "funding-work" in logs.stdout
    assert "funding serve speaking" in logs.stdout
    assert "hubs" not in logs.stdout
    assert "3 events" in platform.run("events", "republish", "--all", "funding").stdout
    letters = platform.run("dead-letters", "list")
    assert json.loads(letters.stdout.splitlines()[0])["id"] == "letter-of-identity"

    pids = platform.pids()
    assert platform.run("down").returncode == 0
    assert not any(map(processes.is_alive, pids))
    assert platform.run("down").returncode == 0


@pytest.mark.parametrize("failing", ["hubs:migrate", "funding:seed --detach", "identity:work"])
def test_a_start_that_fails_says_why_in_one_sentence_and_leaves_nothing(platform: Platform, failing: str) -> None:
    failing, *detach = failing.split()
    done = platform.run("up", *detach, STAND_IN_FAILS=failing)
    assert done.returncode == 8
    assert failing.partition(":")[0] in done.stderr
    assert "was told to fail" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert platform.status().state == "stopped"
    assert not running_in(platform.home)


@pytest.mark.parametrize("hanging", ["hubs:seed", "gateway:serve"])
def test_ctrl_c_during_the_start_leaves_nothing(platform: Platform, hanging: str) -> None:
    up = platform.start("up", STAND_IN_HANGS=hanging)
    wait_for_line(up, "funding: facts, 2 rows")
    up.send_signal(signal.SIGINT)
    _, errors = up.communicate(timeout=30)
    assert up.returncode == 130
    assert "interrupted" in errors
    assert not running_in(platform.home)


def test_a_taken_port_is_refused_before_anything_starts(platform: Platform) -> None:
    with socket.socket() as other:
        other.bind((processes.LOOPBACK, platform.port))
        other.listen()
        for arguments in (["up"], ["up", "--detach"]):
            done = platform.run(*arguments)
            assert done.returncode == 3
            assert f"Port {platform.port} is taken" in done.stderr
            assert "NCCE_PORT" in done.stderr
            assert len(done.stderr.splitlines()) == 1
    assert not platform.home.postgres.exists()


def test_databases_are_all_external_or_none(platform: Platform) -> None:
    done = platform.run("up", HUBS_DATABASE_URL="postgresql://somewhere/hubs")
    assert done.returncode == 2
    assert "IDENTITY_DATABASE_URL, CERTIFICATION_DATABASE_URL, FUNDING_DATABASE_URL" in done.stderr


def test_external_servers_are_used_and_none_of_ours_started(platform: Platform) -> None:
    databases = {f"{service.upper()}_DATABASE_URL": f"postgresql://elsewhere/{service}" for service in SERVICES}
    done = platform.run("up", "--detach", NATS_URL="nats://elsewhere", **databases)
    assert done.returncode == 0, done.stderr
    states = {name: seen.state for name, seen in platform.processes().items()}
    assert states == {name: "external" if name in ("postgres", "nats") else "ready" for name in NAMES}
    assert not platform.home.postgres.exists()
    assert not platform.home.nats.exists()


def test_reset_keeps_its_hands_off_other_directories(tmp_path: Path, members: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    platform = Platform(tmp_path, members)
    done = platform.run("reset", "--yes")
    assert done.returncode == 1
    assert (tmp_path / "thesis.txt").exists()
