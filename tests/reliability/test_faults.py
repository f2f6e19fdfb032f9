"""The whole platform under mixed load while its processes are killed and stopped: nothing lost, nothing twice.

`./ncce test --campaign under_faults --seed 1`: a thousand kills and three hundred stops; `--faults 100` for fewer.
`./ncce test --campaign broker_that_is_wiped --seed 1`: the broker loses everything twenty times.
"""

import asyncio
import time

import pytest

from ncce_cli.parity import NOT_HEARD
from platform_harness import Platform
from under_faults.faults import Faults
from under_faults.judge import judge
from under_faults.load import Load, load_of

AT_ONCE = 6
LONGEST_STOP_SECONDS = 20.0
BURST, CALM_SECONDS = 10, 5.0
"""After so many kills everything may come back and work for a while: else there is little that could be lost."""
WIPES = 20
HEAL_SECONDS = 600
BETWEEN_WIPES_SECONDS = 2.0


@pytest.mark.campaign
async def test_a_platform_under_faults_loses_and_doubles_nothing(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    seed, kills = pytestconfig.getoption("--seed"), pytestconfig.getoption("--faults")
    load, faults, begun = load_of(platform, seed), Faults(platform, seed), time.monotonic()
    await load.begin(AT_ONCE)
    back = []
    while faults.kills.total() < kills:
        await faults.burst(load, min(kills, faults.kills.total() + BURST), LONGEST_STOP_SECONDS)
        back.append(await faults.quiet())
        await asyncio.sleep(CALM_SECONDS)
    await load.end()
    _tell(seed, faults, load, time.monotonic() - begun)
    back.sort()
    print(f"ready after a burst in {back[len(back) // 2]:.1f} s (median), {back[-1]:.1f} s (longest)")  # noqa: T201
    found = await judge(platform, load)
    await load.close()
    assert found == []


@pytest.mark.campaign
async def test_a_broker_that_is_wiped_again_and_again_loses_nothing_that_the_outboxes_do_not_tell_again(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    seed = pytestconfig.getoption("--seed")
    load, faults, begun = load_of(platform, seed), Faults(platform, seed), time.monotonic()
    await load.begin(AT_ONCE)
    healed = []
    for _ in range(WIPES):
        await asyncio.sleep(faults.chosen.uniform(0, 2 * BETWEEN_WIPES_SECONDS))
        await faults.wipe_the_broker()
        load.raise_early()
        healing = ("parity", "--settled-seconds", "5", "--heal")
        healed.append((await asyncio.to_thread(platform.done, *healing, seconds=HEAL_SECONDS)).stdout)
    await faults.quiet()
    await load.end()
    _tell(seed, faults, load, time.monotonic() - begun)
    await asyncio.to_thread(platform.run, "parity", "--settled-seconds", "0", "--heal", seconds=HEAL_SECONDS)
    found = await judge(platform, load)
    missing = sum(line.endswith(NOT_HEARD) for said in healed for line in said.splitlines())
    print(f"{missing} events were missing after a wipe and told again")  # noqa: T201  the campaign's figure
    await load.close()
    assert found == []


def _tell(seed: int, faults: Faults, load: Load, seconds: float) -> None:
    journal = load.journal
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}: {faults.kills.total()} kills {dict(faults.kills)}, {faults.stops.total()} stops"
        f" {dict(faults.stops)}, {journal.requests} requests, {journal.asked_again} asked again,"
        f" {len(journal.writes)} acknowledged writes {dict(journal.done)}, {seconds:.0f} s"
    )
