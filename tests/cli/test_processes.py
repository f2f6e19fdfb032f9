"""Ports kept for later, and what is said of a program that ended."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ncce_cli import processes
from ncce_cli.parts import MEMBERS
from ncce_cli.processes import LOOPBACK, HeldPorts, last_words


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a server share a port with its holder")
def test_a_held_port_is_drawn_by_nobody_else_and_served_by_its_process_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = range(processes.PORTS.start, processes.PORTS.start + 200)
    monkeypatch.setattr(processes, "PORTS", few)
    with HeldPorts() as held:
        ports = held.draw(20)
        assert not set(ports) & {processes.free_port() for _ in range(400)}
        for _ in range(2):
            with socket.create_server((LOOPBACK, ports[0])):
                socket.create_connection((LOOPBACK, ports[0])).close()
                assert not processes.is_free(ports[0])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((LOOPBACK, ports[0]))
    assert all(map(processes.is_free, ports))


def test_ports_are_drawn_around_one_that_is_meant_for_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    free = processes.free_ports(2)
    pairs = [[free[0]], [free[1]]]
    monkeypatch.setattr("random.sample", lambda *_: pairs.pop(0))
    with HeldPorts() as held:
        assert held.draw(1, but=free[0]) == [free[1]]
        assert processes.is_free(free[0])


def test_the_reason_of_an_end_is_told_rather_than_the_tidying_after_it(tmp_path: Path) -> None:
    log = tmp_path / "hubs-serve.log"
    reason = {"event": "address already in use", "level": "error"}
    log.write_text(f"starting\n{json.dumps(reason)}\n{json.dumps({'event': 'disconnected', 'level': 'warning'})}\n")
    assert last_words(log) == f"address already in use (whole log: {log})"

    log.write_text("Traceback …\nKeyError: 'x'\n")
    assert last_words(log) == f"KeyError: 'x' (whole log: {log})"
    assert last_words(tmp_path / "none").startswith("it said nothing")


def test_the_command_imports_no_member_so_that_it_starts_at_once_and_the_supervisor_stays_small() -> None:
    look = "import sys, ncce_cli.app; print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
    assert not {*MEMBERS, "fastapi", "pydantic", "sqlalchemy"} & set(imported)
    assert {name for name in imported if name.startswith("chassis.")} <= {"chassis.clock"}  # needs nothing of its own


def test_a_dead_process_that_nobody_collected_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert processes.is_alive(child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and keeps its number until it is collected
    os.kill(child.pid, 0)
    assert not processes.is_alive(child.pid)
    child.communicate()
