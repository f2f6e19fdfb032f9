"""Rounds in which every target has its turn, and what the paired ratios say."""

import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ncce_cli import processes
from ncce_cli.bench.front import targets
from ncce_cli.bench.front.load import SCRIPT, Figures, Load, resident_kib
from ncce_cli.bench.front.targets import Target

CONNECTIONS = 32
READY_SECONDS = 20.0
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Gate:
    """A ratio to reach. It is missed when both the throughput and the processor's time say so."""

    over: str
    under: str
    least: float


GATES = {
    "full policy (token) / nginx": Gate("gateway, token", "nginx", 0.50),
    "full policy (API key) / nginx": Gate("gateway, API key", "nginx", 0.50),
    "full policy (token) / Envoy": Gate("gateway, token", "envoy", 2.0),
    "full policy (token) / HAProxy": Gate("gateway, token", "haproxy", 0.0),
    "no credential / nginx": Gate("gateway, nobody", "nginx", 0.0),
}
"""From the platform's design; those of 0 are told and not judged."""
Round = dict[str, Figures]


def compare(rounds: int, seconds: float, *, with_envoy: bool, tell: Callable[[str], None]) -> dict[str, Any]:
    """Run the comparison. MissingTool names what is not installed."""
    targets.require_programs()
    own, others = ("1", "0") if (os.cpu_count() or 1) > 1 else ("0", "0")
    with tempfile.TemporaryDirectory(prefix="ncce-bench-") as directory, targets_running() as start:
        root = Path(directory)
        root.chmod(0o755)
        (root / "load.lua").write_text(SCRIPT)
        tokens, keys = targets.write_credentials(root)
        behind = processes.free_port()
        start(targets.upstream(root, behind), others)
        compared = [
            targets.nginx(root, processes.free_port(), behind),
            targets.haproxy(root, processes.free_port(), behind),
        ]
        if with_envoy:
            compared.append(targets.envoy(root, processes.free_port(), behind, tell))
        ours = targets.gateway(root, processes.free_port(), behind)
        pids = {target.port: start(target, own) for target in [*compared, ours]}
        runs: dict[str, tuple[int, Path | None]] = {target.name: (target.port, tokens) for target in compared}
        runs |= {
            "gateway, token": (ours.port, tokens),
            "gateway, API key": (ours.port, keys),
            "gateway, nobody": (ours.port, None),
        }
        load = Load(root / "load.lua", CONNECTIONS, others)
        found = [_round(load, runs, pids, seconds, number, tell) for number in range(-1, rounds)][1:]
        return _report(found, resident_kib(pids[ours.port]))


@contextmanager
def targets_running() -> Iterator[Callable[[Target, str], int]]:
    """Start targets, each on its processor, and end them whatever happens."""
    started: list[subprocess.Popen[bytes]] = []

    def start(target: Target, core: str) -> int:
        command = [targets.path_of("taskset"), "-c", core, *target.command]
        process = subprocess.Popen(
            command, env={**os.environ, **target.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started.append(process)
        _wait_for(target, process)
        return process.pid

    try:
        yield start
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


def _wait_for(target: Target, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{target.port}/v1/hubs/42", timeout=2) as reply:
                if reply.read() == targets.ANSWER.encode():
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{target.name} does not answer as the upstream does")


def _round(
    load: Load,
    runs: Mapping[str, tuple[int, Path | None]],
    pids: Mapping[int, int],
    seconds: float,
    number: int,
    tell: Callable[[str], None],
) -> Round:
    """Every run once; the order changes from round to round, and the first only warms up."""
    names = list(runs)
    turn = number % len(names)
    in_turn = (names[turn:] + names[:turn])[:: 1 if number % 2 else -1]
    found = {}
    for name in in_turn:
        port, credentials = runs[name]
        found[name] = load.run(pids[port], port, credentials, WARM_UP_SECONDS if number < 0 else seconds)
    tell("warmed up" if number < 0 else f"round {number + 1}")
    return found


def _report(rounds: list[Round], resident: int) -> dict[str, Any]:
    named = {name: gate for name, gate in GATES.items() if gate.over in rounds[0] and gate.under in rounds[0]}
    return {
        "gates": {name: _judged(rounds, gate) for name, gate in named.items()},
        "medians": {name: _median(rounds, name) for name in rounds[0]},
        "gateway_pss_kib": resident,
        "versions": {program: targets.version_of(program) for program in ("nginx", "haproxy", "wrk")},
        "rounds": [{name: figures.as_dict() for name, figures in one.items()} for one in rounds],
    }


def _judged(rounds: list[Round], gate: Gate) -> dict[str, Any]:
    rates = sorted(one[gate.over].requests_per_second / one[gate.under].requests_per_second for one in rounds)
    efficiencies = sorted(one[gate.under].cpu_us / max(one[gate.over].cpu_us, 0.01) for one in rounds)
    rate, efficiency = statistics.median(rates), statistics.median(efficiencies)
    return {
        "median": round(rate, 3),
        "low": round(rates[len(rates) // 4], 3),
        "high": round(rates[-1 - len(rates) // 4], 3),
        "cpu_median": round(efficiency, 3),
        "least": gate.least,
        "reached": rate >= gate.least or efficiency >= gate.least,
    }


def _median(rounds: list[Round], name: str) -> dict[str, float]:
    columns = [one[name].as_dict() for one in rounds]
    return {key: round(statistics.median(column[key] for column in columns), 1) for key in columns[0]}
