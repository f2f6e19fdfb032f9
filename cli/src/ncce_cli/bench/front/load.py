"""One run of wrk against one target, with what it cost the target's processor."""

import json
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from ncce_cli.bench.front.targets import path_of

# Headers as a browser or a program sends them, and a different credential with each request.
SCRIPT = """
local requests, at = {}, 0
function init(arguments)
  local headers = {["Host"] = "api.example.org", ["User-Agent"] = "ncce-bench/1.0", ["Accept"] = "application/json",
    ["Accept-Encoding"] = "gzip, deflate", ["Accept-Language"] = "en-GB"}
  if arguments[1] ~= "-" then
    for line in io.lines(arguments[1]) do
      local name, value = line:match("^(.-): (.*)$")
      headers[name] = value
      requests[#requests + 1] = wrk.format("GET", nil, headers)
    end
  else
    requests[1] = wrk.format("GET", nil, headers)
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


@dataclass(frozen=True)
class Load:
    """How to ask."""

    script: Path
    connections: int
    core: str

    def run(self, pid: int, port: int, credentials: Path | None, seconds: float) -> Figures:
        """Ask a target for so long. RuntimeError when an answer was not a success."""
        command = [
            path_of("taskset"), "-c", self.core, path_of("wrk"),
            "-t1", f"-c{self.connections}", f"-d{max(1, round(seconds))}s", "-s", str(self.script),
            f"http://127.0.0.1:{port}/v1/hubs/42", "--", str(credentials or "-"),
        ]  # fmt: skip
        before = cpu_ns(pid)
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        spent = cpu_ns(pid) - before
        line = next((one for one in done.stdout.splitlines() if one.startswith("JSON ")), "")
        if not line:
            raise RuntimeError(f"wrk gave no figures: {done.stdout[-300:]}{done.stderr[-300:]}")
        told = json.loads(line.removeprefix("JSON "))
        if told["failed"] or not told["requests"]:
            raise RuntimeError(f"{told['failed']} of {told['requests']} answers on port {port} were not a success")
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
        for task in Path(f"/proc/{one}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (OSError, IndexError):
                total += _cpu_ns_by_ticks(task)
    return total


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
        for task in Path(f"/proc/{one}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def resident_kib(pid: int) -> int:
    """Proportional memory of a process and all that descend from it."""
    total = 0
    for one in family(pid):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total
