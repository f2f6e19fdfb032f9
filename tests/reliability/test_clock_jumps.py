"""Wall clocks that jump while a platform works: nothing is lost, doubled or stuck, and no token lives longer.

`./ncce test --campaign clock_jumps --seed 1 --rounds 40`: forty jumps by an hour, a day or over midnight, of a process
(the database is one) or of all, and back. The broker keeps the true time: it is one static program, and what is loaded
before a program's libraries does not reach it.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from platform_harness import Platform
from under_faults.again import all_is_done_again
from under_faults.clocks import Clocks, to_midnight
from under_faults.faults import Faults
from under_faults.judge import judge
from under_faults.load import load_of
from under_faults.tokens import Tokens

AT_ONCE = 6
WRONG_SECONDS = 8.0


@pytest.fixture
def clocks(pytestconfig: pytest.Config) -> Iterator[Clocks]:
    """All right at first."""
    clocks = Clocks(pytestconfig.getoption("--seed"))
    yield clocks
    clocks.close()


@pytest.fixture
def platform(tmp_path: Path, clocks: Clocks) -> Iterator[Platform]:
    """A platform of its own with clocks that can jump, stopped at the end."""
    platform = Platform(tmp_path / "home", **clocks.variables)
    platform.run("up", "--detach", seconds=900)
    yield platform
    platform.keep_evidence(tmp_path / "logs")
    clocks.go_right()
    platform.run("reset", "--yes")


@pytest.mark.campaign
async def test_clock_jumps_lose_double_and_hold_up_nothing(
    platform: Platform, clocks: Clocks, pytestconfig: pytest.Config
) -> None:
    seed, rounds, begun = pytestconfig.getoption("--seed"), pytestconfig.getoption("--rounds"), time.monotonic()
    load, faults, tokens = load_of(platform, seed), Faults(platform, seed), Tokens(platform.state.base_url)
    await load.begin(AT_ONCE)
    for _ in range(rounds):
        await asyncio.sleep(clocks.chosen.uniform(0.5, 2))
        before = await tokens.issued()
        name, seconds = clocks.jump(platform)
        await tokens.look(before, name, seconds)
        await asyncio.sleep(clocks.chosen.uniform(0, WRONG_SECONDS))
        clocks.go_right()
        await faults.quiet()
        await all_is_done_again(load)
        print(f"{name} by {seconds} s", flush=True)  # noqa: T201  the campaign's progress
    await load.end()
    found = tokens.wrong + await judge(platform, load)
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}: {rounds} jumps {dict(clocks.jumped)}, {load.journal.requests} requests,"
        f" {load.journal.asked_again} asked again, {len(load.journal.writes)} acknowledged writes"
        f" {dict(load.journal.done)}, tokens: {tokens.believed} believed, {tokens.refused} refused,"
        f" {tokens.unknown} not to be asked, {time.monotonic() - begun:.0f} s"
    )
    await load.close()
    assert found == []


def test_to_midnight_is_just_before_the_day_ends() -> None:
    assert to_midnight(datetime(2026, 10, 24, 23, 0, tzinfo=UTC)) == 3597
    assert to_midnight(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)) == -2
