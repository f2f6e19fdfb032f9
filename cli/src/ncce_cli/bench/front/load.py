"""One run of wrk against one target, with what it cost the target's processor."""

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from ncce_cli.bench.front.targets import path_of

# Headers as a browser or a program sends them, and a different credential with each request.
SCRIPT = """
local requests, at = {}, 0
function init(arguments)
  local headers = {["Host"] = "api.example.org", ["User-Agent"] = "ncce-bench/1.0", ["Accept"] = "application/json",
    ["Accept-Encoding"] = "gzip, deflate", ["Accept-Language"] = "en-GB"}
  local method, body = "GET", nil
  if arguments[2] ~= "0" then
    method, body = "POST", string.rep("x", tonumber(arguments[2]))
    headers["Content-Type"] = "application/octet-stream"
  end
  if arguments[1] ~= "-" then
    for line in io.lines(arguments[1]) do
      local name, value = line:match("^(.-): (.*)$")
      headers[name] = value
      requests[#requests + 1] = wrk.format(method, nil, headers, body)
      if body and #requests == 4 then break end
    end
  else
    requests[1] = wrk.format(method, nil, headers, body)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format('\\nJSON {"requests": %d, "microseconds": %d, "failed": %d, "p50_us": %d, "p99_us": %d}\\n',
    summary.requests, summary.duration, e.status + e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Figures:
    """What one run gave."""

    requests_per_second: float
    cpu_us: float
    """Of the target's processor, for each request."""
    p50_us: float
    p99_us: float

    def as_dict(self) -> dict[str, float]:
        """For the record."""
        return asdict(self)


class How(TypedDict, total=False):
    """What an `Entry` says besides whom to ask, where several are asked alike."""

    credentials: Path | None
    path: str
    body_bytes: int
    connections: int


@dataclass(frozen=True)
class Entry:
    """Whom to ask, and how."""

    name: str
    port: int
    pids: Sequence[int]
    """The processes whose work is counted."""
    credentials: Path | None = None
    path: str = "/v1/hubs/42"
    body_bytes: int = 0
    """Of what is sent with each request; 0: it is a GET."""
    connections: int = 32


@dataclass(frozen=True)
class Load:
    """Where to ask from."""

    script: Path
    core: str

    def run(self, entry: Entry, seconds: float) -> Figures:
        """Ask for so long. RuntimeError when an answer was not a success."""
        command = [
            path_of("taskset"), "-c", self.core, path_of("wrk"),
            "-t1", f"-c{entry.connections}", f"-d{max(1, round(seconds))}s", "-s", str(self.script),
            f"http://127.0.0.1:{entry.port}{entry.path}", "--", str(entry.credentials or "-"), str(entry.body_bytes),
        ]  # fmt: skip
        before = sum(map(cpu_ns, entry.pids))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        spent = sum(map(cpu_ns, entry.pids)) - before
        line = next((one for one in done.stdout.splitlines() if one.startswith("JSON ")), "")
        if not line:
            raise RuntimeError(f"wrk gave no figures: {done.stdout[-300:]}{done.stderr[-300:]}")
        told = json.loads(line.removeprefix("JSON "))
        if told["failed"] or not told["requests"]:
            raise RuntimeError(f"{told['failed']} of {told['requests']} answers of {entry.name} were not a success")
        return Figures(
            round(told["requests"] / told["microseconds"] * 1e6, 1),
            round(spent / 1000 / told["requests"], 2),
            told["p50_us"],
            told["p99_us"],
        )


def cpu_ns(pid: int) -> int:
    """Nanoseconds that a process, its threads and its children have run."""
    total = 0
    for one in family(pid):
        for task in _tasks(one):
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (OSError, IndexError):
                total += _cpu_ns_by_ticks(task)
    return total


def _tasks(pid: int) -> list[Path]:
    """The threads of a process; none when it has just ended."""
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except FileNotFoundError:
        return []


def _cpu_ns_by_ticks(task: Path) -> int:
    try:
        fields = (task / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for task in _tasks(one):
            with suppress(OSError):  # it has just ended
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def resident_kib(pid: int) -> int:
    """Proportional memory of a process and all that descend from it."""
    total = 0
    for one in family(pid):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total
