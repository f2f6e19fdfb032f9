"""`python -m ncce_cli.bench [--only PART] [--rounds N] [--seconds S] [--out FILE]`: measure, print, write JSON."""

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ncce_cli.bench.approvals import bench_approvals
from ncce_cli.bench.dashboards import bench_dashboards
from ncce_cli.bench.events import bench_completions, bench_latency
from ncce_cli.bench.front.behind import behind_service
from ncce_cli.bench.front.comparison import SECTIONS, compare
from ncce_cli.bench.http import bench_http
from ncce_cli.bench.progress import bench_progress
from ncce_cli.bench.rig import Rig, rig
from ncce_cli.bench.scale import bench_scale
from ncce_cli.bench.search import bench_search
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT, Part

Found = dict[str, Any]
"""Figures by part, as they are written down."""
PARTS = ("http", "events", "search", "progress", "approvals", "dashboards")
GATEWAY = "gateway"
"""Not among the parts that run by default: it needs programs of Debian's."""
SCALE = "scale"
"""Nor is this: it sets limits of the kernel's, as root."""
SERVICES = {
    "http": ("hubs",),
    "events": ("identity", "hubs", "certification"),
    "search": ("hubs",),
    "progress": ("certification",),
    "approvals": ("funding",),
    "dashboards": ("hubs",),
    SCALE: ("identity", "hubs", "certification"),
}
"""Whose databases a part needs."""
BARS = {
    "read / raw driver": "≥ 0.5",
    "write + event / raw driver": "≥ 0.75",
    "commit → effect p50": "≤ 15 ms",
    "commit → effect p99": "≤ 100 ms",
    "completions → credits": "≥ 1,000/s",
    "search p95": "≤ 50 ms",
    "progress p95": "≤ 20 ms",
    "network dashboard p95": "≤ 100 ms",
    "hub dashboard p95": "≤ 100 ms",
    "reservations on one budget": "≥ 300/s",
    "approvals over HTTP in lists of 50": "≥ 300/s",
    "approvals over HTTP, each by itself": "≥ 300/s",
}
"""The figures to reach, from the platform's design."""


async def run(root: Path, parts: Collection[str], rounds: int, seconds: float) -> Found:
    """These benchmarks, one after another on one rig; those that fill the databases are last."""
    found: Found = {"host": _host()}
    with rig(root) as measured:
        await measured.prepare(*sorted({service for part in parts for service in SERVICES[part]}))
        if "http" in parts:
            found["http"] = await bench_http(measured, rounds, seconds)
        if "events" in parts:
            hubs_port = _start_all(measured)
            found["latency"] = await bench_latency(measured, hubs_port, max(5.0, seconds * 5))
            found["completions"] = await bench_completions(measured, hubs_port)
        if "search" in parts:
            found["search"] = await bench_search(measured, seconds)
        if "progress" in parts:
            found["progress"] = await bench_progress(measured, seconds)
        if "dashboards" in parts:
            found["dashboards"] = await bench_dashboards(measured, seconds)
        if SCALE in parts:
            found[SCALE] = await bench_scale(measured, seconds)
        if "approvals" in parts:
            found["approvals"] = await bench_approvals(measured, rounds)
    return found


def run_gateway(console: Console, rounds: int, seconds: float, sections: Collection[str], *, with_envoy: bool) -> Found:
    """The comparison of the gateway with other proxies; only its last section needs anything else of the platform."""
    host = _host()
    found = compare(rounds, seconds, sections, with_envoy=with_envoy, tell=console.print)
    if "service" in sections:
        console.print("service")
        found["sections"]["service"] = behind_service(rounds, seconds, console.print)
    return {"host": host, "gateway": found | {"load_after": os.getloadavg()}}


def _start_all(measured: Rig) -> int:
    port = measured.start(Part("hubs", "serve"))
    for service in ("identity", "hubs", "certification"):
        measured.start(Part(service, "work"))
    return port


def _host() -> dict[str, object]:
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
        "at": time.strftime("%F %T"),
    }


def _show(console: Console, found: Found) -> None:
    table = Table("what", "reached", "range", "to reach")
    for name, reached, spread in _rows(found):
        table.add_row(name, reached, spread, BARS.get(name, ""))
    console.print(table)


def _rows(found: Found) -> Iterator[tuple[str, str, str]]:
    if "http" in found:
        for name, ratio in found["http"]["ratios"].items():
            yield name, f"{ratio['median']:.2f}", f"{ratio['low']:.2f}-{ratio['high']:.2f}"
    if "gateway" in found:
        yield from _gateway(found["gateway"])
    if "latency" in found:
        for name in ("p50", "p99"):
            yield f"commit → effect {name}", f"{found['latency'][f'{name}_ms']} ms", ""
        yield "completions → credits", f"{found['completions']['completions_per_second']:,}/s", ""
    if "progress" in found:
        mix = found["progress"]["mix"]
        yield "progress p95", f"{mix['p95_ms']:.1f} ms", f"p50 {mix['p50_ms']:.1f}"
    if "dashboards" in found:
        for name, alone in found["dashboards"]["alone"].items():
            yield f"{name} dashboard p95", f"{alone['p95_ms']:.1f} ms", f"p50 {alone['p50_ms']:.1f}"
    if "approvals" in found:
        yield from _approvals(found["approvals"])
    if SCALE in found:
        yield from _scale(found[SCALE])
    if "search" in found:
        yield "search p95", f"{found['search']['mix']['p95_ms']:.1f} ms", ""
        for name, alone in found["search"]["alone"].items():
            yield f"· {name}", f"{alone['p95_ms']:.1f} ms", f"p50 {alone['p50_ms']:.1f}"


def _gateway(found: Found) -> Iterator[tuple[str, str, str]]:
    for section in found["sections"].values():
        for gate in section["gates"]:
            verdict = {None: "", True: "reached", False: "MISSED"}[gate["reached"]]
            reached = f"{gate['median']:g}{gate['unit']} (processor {gate['cpu_median']:.2f}) {verdict}"
            yield gate["what"], reached, f"{gate['low']:g}-{gate['high']:g} {gate['bar']}"
        for name, medians in section["medians"].items():
            times = f"p50 {medians['p50_us']:.0f} p99 {medians['p99_us']:.0f} µs"
            yield f"· {name}", f"{medians['requests_per_second']:.0f}/s, {medians['cpu_us']:.0f} µs", times
    yield (
        "memory (PSS)",
        ", ".join(f"{name} {kib / 1024:.0f} MiB" for name, kib in found["gateway_pss_kib"].items()),
        "",
    )
    for absent in found["not_run"]:
        yield "not run", absent, ""


def _scale(found: Found) -> Iterator[tuple[str, str, str]]:
    for process, of in (("serve", "requests"), ("work", "events")):
        first = found[process][0]["per_second"]
        for step in found[process]:
            grown = f"{step['per_second']:.0f}/s, {step['per_second'] / first:.2f} times the first"
            cost = (
                f"{step['service_us']:.0f} + {step['database_us']:.0f} µs (database), {step['connections']} connections"
            )
            yield f"{of}, {step['replicas']} × {process} at {found['share']:.0%} of a processor", grown, cost
        bend = found[f"{process}_bends_at"]
        yield f"· less than nine tenths of its share is brought by number {bend or '–'}", "", ""
    yield "bytes of an event", ", ".join(f"{where} {size}" for where, size in found["bytes"].items()), ""


def _approvals(found: Found) -> Iterator[tuple[str, str, str]]:
    measured = (
        ("reservations", "reservations on one budget"),
        ("lists", "approvals over HTTP in lists of 50"),
        ("approvals", "approvals over HTTP, each by itself"),
    )
    for name, what in measured:
        rate, ratio = found[name]["per_second"], found[name]["ratio"]
        yield what, f"{rate['median']:.0f}/s", f"{rate['low']:.0f}-{rate['high']:.0f}"
        yield f"{what} / raw driver", f"{ratio['median']:.2f}", f"{ratio['low']:.2f}-{ratio['high']:.2f}"


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="ncce bench", description="Speed as ratios measured in one run.")
    parser.add_argument(
        "part",
        nargs="?",
        choices=[GATEWAY, SCALE],
        help="gateway: beside nginx, HAProxy and Envoy; scale: replicas with a share of a processor each",
    )
    parser.add_argument("--without-envoy", action="store_true", help="of `gateway`: leave Envoy out")
    parser.add_argument(
        "--section", choices=SECTIONS, action="append", help="of `gateway`: this alone; may be repeated"
    )
    parser.add_argument(
        "--only", choices=[*PARTS, GATEWAY, SCALE], action="append", help="measure this part alone; may be repeated"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="per target and round")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "bench" / "results" / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    )
    chosen = parser.parse_args()
    console = Console(highlight=False)
    found: Found = {}
    alone = [chosen.part] if chosen.part else chosen.only
    parts = [one for one in alone or PARTS if one != GATEWAY]
    try:
        if GATEWAY in (alone or ()):
            sections = chosen.section or SECTIONS
            found |= run_gateway(console, chosen.rounds, chosen.seconds, sections, with_envoy=not chosen.without_envoy)
    except CommandError as error:
        parser.exit(error.exit_code, f"{error}\n")
    if parts:
        with tempfile.TemporaryDirectory(prefix="ncce-bench-") as root:
            found |= asyncio.run(run(Path(root), parts, chosen.rounds, chosen.seconds))
    _show(console, found)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(found, indent=2) + "\n")
    console.print(f"Figures of every round: {chosen.out}")


if __name__ == "__main__":
    main()
