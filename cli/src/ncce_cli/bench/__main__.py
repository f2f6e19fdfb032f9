"""`python -m ncce_cli.bench [--rounds N] [--seconds S] [--out FILE]`: measure, print ratios, write JSON."""

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ncce_cli.bench.events import bench_completions, bench_latency
from ncce_cli.bench.http import bench_http
from ncce_cli.bench.rig import Rig, rig
from ncce_cli.parts import ROOT, Part

BARS = {
    "read / raw driver": "≥ 0.5",
    "write + event / raw driver": "≥ 0.75",
    "commit → effect p50": "≤ 15 ms",
    "commit → effect p99": "≤ 100 ms",
    "completions → credits": "≥ 1,000/s",
}
"""The figures to reach, from the platform's design."""


async def run(root: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """All benchmarks, one after another on one rig."""
    with rig(root) as measured:
        await measured.prepare("identity", "hubs", "certification")
        http = await bench_http(measured, rounds, seconds)
        hubs_port = _start_all(measured)
        latency = await bench_latency(measured, hubs_port, max(5.0, seconds * 5))
        completions = await bench_completions(measured, hubs_port)
    return {"host": _host(), "http": http, "latency": latency, "completions": completions}


def _start_all(measured: Rig) -> int:
    port = measured.start(Part("hubs", "serve"))
    for service in ("identity", "hubs", "certification"):
        measured.start(Part(service, "work"))
    return port


def _host() -> dict[str, Any]:
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
        "at": time.strftime("%F %T"),
    }


def _show(console: Console, found: dict[str, Any]) -> None:
    table = Table("what", "reached", "range", "to reach")
    for name, ratio in found["http"]["ratios"].items():
        table.add_row(name, f"{ratio['median']:.2f}", f"{ratio['low']:.2f}-{ratio['high']:.2f}", BARS.get(name, ""))
    latency, completions = found["latency"], found["completions"]
    for name in ("p50", "p99"):
        table.add_row(f"commit → effect {name}", f"{latency[f'{name}_ms']} ms", "", BARS[f"commit → effect {name}"])
    rate = f"{completions['completions_per_second']:,}/s"
    table.add_row("completions → credits", rate, "", BARS["completions → credits"])
    console.print(table)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="ncce bench", description="Speed as ratios measured in one run.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="per target and round")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "bench" / "results" / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    )
    chosen = parser.parse_args()
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="ncce-bench-") as root:
        found = asyncio.run(run(Path(root), chosen.rounds, chosen.seconds))
    _show(console, found)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(found, indent=2) + "\n")
    console.print(f"Figures of every round: {chosen.out}")


if __name__ == "__main__":
    main()
