"""The gateway beside other proxies and designs: sections, each with its pairs and what they are to reach."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

from ncce_cli import processes
from ncce_cli.bench.front import targets
from ncce_cli.bench.front.load import SCRIPT, Entry, How, Load, resident_kib
from ncce_cli.bench.front.rounds import Gate, Round, report, run_rounds
from ncce_cli.bench.front.targets import Target
from ncce_cli.errors import CommandError

READY_SECONDS = 20.0
LARGE = "/v1/log-entries/large"
SECTIONS = ("saturation", "one", "large", "flood", "service")
"""32 connections, as many requests as there can be; one connection; bodies of 1 MiB; a flood of forged tokens; a real
service behind, in `behind_service`."""
OURS = "gateway, token"
SATURATION = (
    Gate("full policy (token) / nginx", OURS, "nginx", 0.50, also_by_processor=True),
    Gate("full policy (API key) / nginx", "gateway, API key", "nginx", 0.50, also_by_processor=True),
    Gate("full policy (token) / Envoy", OURS, "envoy", 2.0, also_by_processor=True),
    Gate("full policy (token) / HAProxy", OURS, "haproxy", 0),
    Gate("no credential / nginx", "gateway, nobody", "nginx", 0),
    Gate("full policy / nginx that asks and remembers", OURS, "nginx-remembering", 0.9, also_by_processor=True),
    Gate("full policy / nginx that asks Python", OURS, "nginx-asking", 0),
    Gate("full policy / Envoy that asks Python", OURS, "envoy-asking", 4.0, also_by_processor=True),
    Gate("p99 of full policy / nginx", OURS, "nginx", 3.0, at_most=True, of=lambda one, two: one.p99_us / two.p99_us),
)
ONE = (
    Gate(
        "p50 added to nginx, one connection", OURS, "nginx", 150, at_most=True,
        of=lambda one, two: one.p50_us - two.p50_us, unit=" µs",
    ),
    Gate(
        "p50 added to none, one connection", OURS, "direct", 0, of=lambda one, two: one.p50_us - two.p50_us, unit=" µs"
    ),
)  # fmt: skip
BODIES = (
    Gate("1 MiB down / HAProxy", "gateway, down", "haproxy, down", 0.8, also_by_processor=True),
    Gate("1 MiB up / HAProxy", "gateway, up", "haproxy, up", 0.8, also_by_processor=True),
    Gate("1 MiB down / nginx", "gateway, down", "nginx, down", 0),
    Gate("1 MiB up / nginx", "gateway, up", "nginx, up", 0),
)
FLOOD = (
    Gate(
        "p99 under 1,000 forged tokens a second / while they go elsewhere", "flooded", "calm", 3.0, at_most=True,
        of=lambda one, two: one.p99_us / two.p99_us,
    ),
)  # fmt: skip


@dataclass
class Rig:
    """Everything that runs, and how it is asked."""

    root: Path
    load: Load
    start: Callable[[Target, str], int]
    own: str
    """The processor of whoever is compared; all else shares another."""
    behind: int
    tokens: Path
    keys: Path
    pids: dict[str, list[int]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    """Rivals that are not there, and why."""

    def add(self, target: Target, *beside: int) -> int:
        """Start a target; processes that work for it are counted with it."""
        pid = self.start(target, self.own)
        self.pids[target.name], self.ports[target.name] = [pid, *beside], target.port
        return pid

    def entry(self, target: str, name: str = "", **how: Unpack[How]) -> Entry:
        """How a target is asked in a section."""
        return Entry(name or target, self.ports[target], self.pids[target], **how)

    def there(self, *names: str) -> list[str]:
        """Those of these targets that run."""
        return [name for name in names if name in self.ports]


def compare(
    rounds: int, seconds: float, sections: Collection[str], *, with_envoy: bool, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Run these sections. MissingTool names what is not installed and cannot be done without."""
    targets.require_programs()
    with rig_running() as rig:
        ours = _start_all(rig, with_envoy=with_envoy, tell=tell)
        found: dict[str, dict[str, object]] = {}
        memory = {"started": resident_kib(ours)}
        for name, measure in (("saturation", _saturation), ("one", _one), ("large", _large), ("flood", _flood)):
            if name in sections:
                tell(name)
                found[name] = measure(rig, rounds, seconds, tell)
                memory[f"after {name}"] = resident_kib(ours)
        versions = {one: targets.version_of(one) for one in ("nginx", "haproxy", "wrk") if targets.find(one)}
        return {"sections": found, "gateway_pss_kib": memory, "not_run": rig.absent, "versions": versions}


@contextmanager
def rig_running() -> Iterator[Rig]:
    """The upstream and the credentials; whatever is started further ends with it."""
    own, others = ("1", "0") if (os.cpu_count() or 1) > 1 else ("0", "0")
    with tempfile.TemporaryDirectory(prefix="ncce-bench-") as directory, targets_running() as start:
        root = Path(directory)
        root.chmod(0o755)
        (root / "load.lua").write_text(SCRIPT)
        tokens, keys = targets.write_credentials(root)
        behind = processes.free_port()
        rig = Rig(root, Load(root / "load.lua", others), start, own, behind, tokens, keys)
        upstream = targets.upstream(root, behind)
        rig.pids["upstream"], rig.ports["upstream"] = [start(upstream, others)], behind
        yield rig


def _start_all(rig: Rig, *, with_envoy: bool, tell: Callable[[str], None]) -> int:
    """Every rival that there is; the gateway's process."""
    root, behind = rig.root, rig.behind
    asked = targets.asked(root, processes.free_port())
    beside = rig.start(asked, rig.own)
    rig.add(targets.nginx(root, processes.free_port(), behind))
    for remembers in (True, False):
        rig.add(targets.asking_nginx(root, processes.free_port(), behind, asked.port, remembers=remembers), beside)
    if targets.find("haproxy"):
        rig.add(targets.haproxy(root, processes.free_port(), behind))
    else:
        rig.absent.append("haproxy: not installed (apt-get install haproxy)")
    if with_envoy:
        try:
            targets.install_envoy(tell)
            rig.add(targets.envoy(root, processes.free_port(), behind))
            rig.add(targets.envoy(root, processes.free_port(), behind, asked.port), beside)
        except CommandError as error:
            rig.absent.append(f"envoy: {error}")
    else:
        rig.absent.append("envoy: left out")
    return rig.add(targets.gateway(root, processes.free_port(), behind))


def _saturation(rig: Rig, rounds: int, seconds: float, tell: Callable[[str], None]) -> dict[str, object]:
    rivals = rig.there("nginx", "haproxy", "envoy", "nginx-remembering", "nginx-asking", "envoy-asking")
    entries = [rig.entry(name, credentials=rig.tokens) for name in rivals]
    for name, credentials in ((OURS, rig.tokens), ("gateway, API key", rig.keys), ("gateway, nobody", None)):
        entries.append(rig.entry("gateway", name, credentials=credentials))
    return report(run_rounds(rig.load, entries, rounds, seconds, tell), SATURATION)


def _one(rig: Rig, rounds: int, seconds: float, tell: Callable[[str], None]) -> dict[str, object]:
    how: How = {"credentials": rig.tokens, "connections": 1}
    entries = [rig.entry("upstream", "direct", **how), rig.entry("nginx", **how), rig.entry("gateway", OURS, **how)]
    return report(run_rounds(rig.load, entries, rounds, seconds, tell), ONE)


def _large(rig: Rig, rounds: int, seconds: float, tell: Callable[[str], None]) -> dict[str, object]:
    how: How = {"credentials": rig.tokens, "connections": 8}
    down: How = {**how, "path": LARGE}
    up: How = {**how, "path": "/v1/log-entries/up", "body_bytes": targets.LARGE_BYTES}
    entries = []
    for name in rig.there("nginx", "haproxy", "gateway"):
        entries.append(rig.entry(name, f"{name}, down", **down))
        entries.append(rig.entry(name, f"{name}, up", **up))
    return report(run_rounds(rig.load, entries, rounds, seconds, tell), BODIES)


def _flood(rig: Rig, rounds: int, seconds: float, tell: Callable[[str], None]) -> dict[str, object]:
    how: How = {"credentials": rig.tokens, "connections": 4}
    calm, flooded = rig.entry("gateway", "calm", **how), rig.entry("gateway", "flooded", **how)
    found: list[Round] = []
    for number in range(rounds):
        # The flood goes past the gateway: that it is made costs the load's processor the same.
        with _flooding(rig.ports["upstream"], rig.tokens, rig.load.core):
            one = {calm.name: rig.load.run(calm, seconds)}
        with _flooding(rig.ports["gateway"], rig.tokens, rig.load.core):
            one[flooded.name] = rig.load.run(flooded, seconds)
        found.append(one)
        tell(f"  round {number + 1}")
    return report(found, FLOOD)


@contextmanager
def _flooding(port: int, tokens: Path, core: str) -> Iterator[None]:
    command = [sys.executable, "-m", "ncce_cli.bench.front.flood", str(port), str(tokens)]
    with subprocess.Popen([targets.path_of("taskset"), "-c", core, *command]) as process:
        try:
            yield
        finally:
            process.terminate()


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
        with suppress(OSError):
            status, content = _look(target.port)
            if not target.answers or status == 401 or (status == 200 and content == targets.ANSWER.encode()):
                return
        time.sleep(0.05)
    raise RuntimeError(f"{target.name} does not answer as the upstream does")


def _look(port: int) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/hubs/42", timeout=2) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, b""
