"""Services whose ways to database and broker are slow, narrow, cut, silent or reset lose and double nothing.

`./ncce test --campaign weather --seed 1`: three hundred changes of the weather, by a proxy.
`./ncce test --campaign packets --seed 1`: three hundred changes of what becomes of packets, as root.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import Databases
from ncce_cli.broker import RunningBroker
from ncce_cli.parts import ROOT
from real_parts import Processes
from sample_service.app import SERVICE
from under_faults import losing_packets
from under_faults.network import Proxy, Ways, Weather
from under_faults.packets import INSIDE, why_not
from under_faults.writers import nothing_is_lost_or_doubled

PORT = re.compile(r"(?<=:)\d+(?=(/|$))")


@dataclass
class Cut:
    """A service's processes with the two ways out of them, and the same database reached directly."""

    ways: Ways
    proxies: tuple[Proxy, Proxy]
    processes: Processes
    direct: Processes


@pytest.fixture
async def cut(
    databases: Databases, own_broker: RunningBroker, tmp_path: Path, pytestconfig: pytest.Config
) -> AsyncIterator[Cut]:
    """Nothing started yet but the proxies."""
    chosen, ways = random.Random(pytestconfig.getoption("--seed")), Ways()
    url = await databases.of(SERVICE)
    [port] = [int(found[0]) for found in re.finditer(PORT, url)]
    to_database, to_broker = await ways.open(port, chosen), await ways.open(own_broker.port, chosen)
    through = re.sub(PORT, str(to_database.port), url), re.sub(PORT, str(to_broker.port), own_broker.url)
    processes = Processes(through[0], through[1], tmp_path)
    yield Cut(ways, (to_database, to_broker), processes, Processes(url, own_broker.url, tmp_path))
    processes.kill()
    await ways.close()
    await databases.drop(url)


@pytest.mark.parametrize(
    ("changes", "longest"),
    [pytest.param(6, 0.3, id="some"), pytest.param(300, 4.0, id="weather", marks=pytest.mark.campaign)],
)
async def test_whatever_the_network_is_like_nothing_is_lost_or_doubled(
    cut: Cut, pytestconfig: pytest.Config, changes: int, longest: float
) -> None:
    chosen = random.Random(pytestconfig.getoption("--seed"))

    async def bad_weather() -> None:
        for _ in range(changes):
            await cut.ways.turn(chosen.choice(cut.proxies), chosen.choice(list(Weather)))
            await asyncio.sleep(chosen.uniform(0, longest))
        for proxy in cut.proxies:
            await cut.ways.turn(proxy, Weather.CUT)  # what was silent for long may not be noticed until it ends
            await cut.ways.turn(proxy, Weather.FAIR)

    told = await nothing_is_lost_or_doubled(cut.processes, cut.direct, bad_weather)
    print(f"{changes} changes, {told}")  # noqa: T201  the campaign's figures


@pytest.mark.parametrize("changes", [6, pytest.param(300, id="packets", marks=pytest.mark.campaign)])
def test_whatever_becomes_of_packets_nothing_is_lost_or_doubled(pytestconfig: pytest.Config, changes: int) -> None:
    if reason := why_not():
        pytest.skip(reason)
    seed = str(pytestconfig.getoption("--seed"))
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "--seed", seed]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*INSIDE, *command, "--rounds", str(changes), losing_packets.__file__],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    print(done.stdout)  # noqa: T201  the campaign's figures
    assert done.returncode == 0, done.stderr
