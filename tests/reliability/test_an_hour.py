"""An hour of mixed load with a fault now and then: nothing lost, nothing doubled, and nothing that grows.

`./ncce test --campaign an_hour --minutes 60 --seed 1`. In the first third processes are killed or stopped, afterwards
only stopped: what grows is seen on processes that live.
"""

import asyncio
import time

import asyncpg
import pytest

from platform_harness import Platform
from under_faults.faults import Faults
from under_faults.growth import NOISE_KIB, Growth, Sample
from under_faults.judge import judge
from under_faults.load import Load, load_of

AT_ONCE = 6
FAULT_SECONDS = 30.0
LOOK_SECONDS = 5.0
LONGEST_STOP_SECONDS = 10.0
SERVER_HOLDS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


@pytest.mark.campaign
async def test_an_hour_under_load_with_faults_loses_doubles_and_leaks_nothing(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    seed, minutes = pytestconfig.getoption("--seed"), pytestconfig.getoption("--minutes")
    load, faults, growth = load_of(platform, seed), Faults(platform, seed), Growth()
    await load.begin(AT_ONCE)
    connections = await _go_on(platform, load, faults, growth, minutes * 60)
    await faults.quiet()
    await load.end()
    found = await judge(platform, load)
    _tell(seed, minutes, load, faults, growth, connections)
    await load.close()
    assert found + growth.grown() == []


async def _go_on(platform: Platform, load: Load, faults: Faults, growth: Growth, seconds: float) -> list[int]:
    """Faults and looks until the time is over; how many connections the database server held at each look."""
    begun, connections, next_fault = time.monotonic(), [], FAULT_SECONDS / 2
    while (second := time.monotonic() - begun) < seconds:
        if second >= next_fault:
            next_fault += FAULT_SECONDS
            kills = second < seconds / 3 and faults.chosen.random() < 0.5
            await (faults.kill() if kills else faults.stop(LONGEST_STOP_SECONDS))
        if second >= seconds / 3:
            growth.look(second, {name: one.pid for name, one in platform.state.processes.items() if one.pid})
            connections.append(await _connections(platform))
        load.raise_early()
        await asyncio.sleep(LOOK_SECONDS)
    return connections


async def _connections(platform: Platform) -> int:
    """Those of the server; -1 while it stands still or starts."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            connection = await asyncpg.connect(platform.databases()["hubs"])
            try:
                return int(await connection.fetchval(SERVER_HOLDS))
            finally:
                connection.terminate()
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return -1


def _tell(seed: int, minutes: float, load: Load, faults: Faults, growth: Growth, connections: list[int]) -> None:
    journal = load.journal
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}, {minutes} minutes: {faults.kills.total()} kills {dict(faults.kills)}, {faults.stops.total()}"
        f" stops {dict(faults.stops)}, {journal.requests} requests, {journal.asked_again} asked again,"
        f" {len(journal.writes)} acknowledged writes {dict(journal.done)}; connections of the database server"
        f" {connections[:1]} → {connections[-1:]}, at most {max(connections, default=0)}",
        *growth.told(),
        sep="\n",
    )


def test_what_grows_is_told_and_what_only_wavers_is_not() -> None:
    growth = Growth()
    growth.samples["steady", 1] = [Sample(n, 50_000 + 900 * (n % 2), 30 + n % 3) for n in range(30)]
    growth.samples["leaks", 2] = [Sample(n, 50_000 + NOISE_KIB * n // 15, 30) for n in range(30)]
    growth.samples["keeps files", 3] = [Sample(n, 50_000, 30 + n) for n in range(30)]
    growth.samples["looked at once", 4] = [Sample(0, 50_000, 30)]
    assert growth.grown() == ["leaks: 10.7 MiB more", "keeps files: 20 files more"]
    assert "keeps files: PSS 48.8 → 48.8 MiB, files 30 → 59, 0.5 min" in growth.told()
