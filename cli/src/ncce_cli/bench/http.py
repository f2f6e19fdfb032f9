"""Reads by key and writes with an event, each round beside its yardsticks, in alternating order."""

import statistics
from dataclasses import asdict

from chassis.principal import Principal
from ncce_cli.bench.load import Measured, Request, measure, request
from ncce_cli.bench.rig import Rig
from ncce_cli.parts import Part

CONNECTIONS = 16
RATIOS = {
    "read / raw driver": ("read", "raw read"),
    "read / hello": ("read", "hello"),
    "write + event / raw driver": ("write", "raw write"),
}


async def bench_http(rig: Rig, rounds: int, seconds: float) -> dict[str, object]:
    """Median ratios over the rounds, and every round's figures."""
    port = rig.start(Part("hubs", "serve"), module="ncce_cli.bench.server", core=1)
    caller = rig.vouched("hubs", Principal(kind="anonymous"))
    targets = [
        request("hello", "GET", "/bench/hello", caller),
        request("read", "GET", "/v1/schools/900001", caller),
        request("raw read", "GET", "/bench/raw", caller),
        request("write", "POST", "/bench/write", caller, b"{}"),
        request("raw write", "POST", "/bench/raw", caller, b"{}"),
    ]
    for target in targets:
        await measure(port, target, CONNECTIONS, 0.5)
    figures = [await _round(port, targets if number % 2 else targets[::-1], seconds) for number in range(rounds)]
    return {
        "ratios": {name: _ratio(figures, *pair) for name, pair in RATIOS.items()},
        "rounds": [{name: asdict(measured) for name, measured in figure.items()} for figure in figures],
    }


async def _round(port: int, targets: list[Request], seconds: float) -> dict[str, Measured]:
    return {target.name: await measure(port, target, CONNECTIONS, seconds) for target in targets}


def _ratio(figures: list[dict[str, Measured]], over: str, under: str) -> dict[str, float]:
    found = sorted(figure[over].requests_per_second / figure[under].requests_per_second for figure in figures)
    return {"median": round(statistics.median(found), 3), "low": round(found[0], 3), "high": round(found[-1], 3)}
