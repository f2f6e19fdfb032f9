"""A platform whose disks fill up says so, loses nothing that it has acknowledged, and goes on when there is room again.

`./ncce test --campaign disk_full --seed 1 --rounds 20`: twenty times one disk of four, or all, for up to twelve s.
"""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from platform_harness import Platform
from under_faults.again import all_is_done_again
from under_faults.disks import Disks
from under_faults.evidence import EvidenceLoad
from under_faults.faults import Faults
from under_faults.judge import judge

AT_ONCE = 6
FULL_SECONDS = 12.0


@pytest.fixture
def disks(pytestconfig: pytest.Config) -> Iterator[Disks]:
    """Small ones, unmounted at the end."""
    disks = Disks(pytestconfig.getoption("--seed"))
    yield disks
    disks.close()


@pytest.fixture
def platform(disks: Disks, tmp_path: Path) -> Iterator[Platform]:
    """A platform on small disks; what it logged is there afterwards."""
    platform = Platform(disks.home)
    platform.run("up", "--detach", seconds=900)
    yield platform
    platform.keep_evidence(tmp_path / "logs")
    platform.run("down")


@pytest.mark.campaign
async def test_disk_full_after_disk_full_nothing_acknowledged_is_lost_and_all_goes_on_by_itself(
    platform: Platform, disks: Disks, pytestconfig: pytest.Config
) -> None:
    seed, rounds, begun = pytestconfig.getoption("--seed"), pytestconfig.getoption("--rounds"), time.monotonic()
    base_url = f"http://127.0.0.1:{platform.state.processes['gateway'].port}"
    load, faults = EvidenceLoad(base_url, platform.home.mail, seed), Faults(platform, seed)
    await load.begin(AT_ONCE)
    longest = 0.0
    for _ in range(rounds):
        await asyncio.sleep(disks.chosen.uniform(0.5, 3))
        name = await disks.fill_for_a_while(FULL_SECONDS)
        emptied = time.monotonic()
        await faults.quiet()
        await all_is_done_again(load, "evidence")
        print(f"{name}: all done again after {time.monotonic() - emptied:.0f} s", flush=True)  # noqa: T201
        longest = max(longest, time.monotonic() - emptied)
    await load.end()
    found = await judge(platform, load) + await load.unlike_files()
    restarts = {name: one.restarts for name, one in platform.state.processes.items() if one.restarts}
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}: full {dict(disks.filled)}, {load.journal.requests} requests, {load.journal.asked_again} asked"
        f" again, {len(load.journal.writes)} acknowledged writes {dict(load.journal.done)}, restarts {restarts},"
        f" all done again at most {longest:.0f} s after there was room, {time.monotonic() - begun:.0f} s"
    )
    await load.close()
    assert found == []
