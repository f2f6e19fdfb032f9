"""A machine whose power is cut again and again keeps what it has acknowledged: rows, and messages of the broker.

`./ncce test --campaign power_cuts --seed 1 --cuts 60`: sixty cuts, and two controls that have to lose something.
Needs what `under_faults.machine` says.
"""

import asyncio
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from real_parts import until
from under_faults.inside_machine import ranges
from under_faults.machine import Machine
from under_faults.promises import Promises

INSIDE = "under_faults.inside_machine"
START_SECONDS = 900.0
EARLY, EARLY_SECONDS = 0.2, 8.0
"""One cut in five comes while the machine starts, recovers or makes its first database."""
WORK_SECONDS = 12.0
CONTROL_CUTS = 8


class Life:
    """A machine from one power cut to the next, and what it said in between."""

    def __init__(self, folder: Path, seed: int, lagging: str = "none") -> None:
        self._machine, self._lagging = Machine(folder), lagging
        self._chosen = random.Random(seed)
        self.promises = Promises()
        self.cuts, self.early = 0, 0

    async def until_cut(self) -> Counter[str]:
        """Power on, let it work, cut the power; what is gone of all that was ever acknowledged."""
        early = self._chosen.random() < EARLY
        seconds = self._chosen.uniform(0, EARLY_SECONDS if early else WORK_SECONDS)
        await self.start(waiting=not early)
        await asyncio.sleep(seconds)
        await self.cut()
        self.cuts, self.early = self.cuts + 1, self.early + early
        return self.promises.broken

    async def start(self, *, waiting: bool) -> None:
        """Power on, and wait until both servers have been asked what they kept."""
        before = self.promises.starts
        await self._machine.boot(self.promises.hear, INSIDE, self._lagging)

        async def has_begun() -> bool:
            assert self._machine.is_on, self._machine.last_words()
            return self.promises.starts > before

        if waiting:
            await until(has_begun, START_SECONDS)

    async def cut(self) -> None:
        """Cut the power."""
        await self._machine.cut()


@pytest.mark.campaign
async def test_whatever_was_acknowledged_is_there_after_every_power_cut(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    seed, cuts, begun = pytestconfig.getoption("--seed"), pytestconfig.getoption("--cuts"), time.monotonic()
    life = Life(tmp_path, seed)
    try:
        while life.cuts < cuts:
            assert not await life.until_cut()
        await life.start(waiting=True)
    finally:
        await life.cut()
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}: {life.cuts} power cuts, {life.early} of them during starts, {dict(life.promises.made)}"
        f" acknowledged, {dict(life.promises.broken)} lost, {time.monotonic() - begun:.0f} s"
    )
    assert not life.promises.broken


@pytest.mark.campaign
@pytest.mark.parametrize(("lagging", "kind"), [("broker", "message"), ("database", "row")])
async def test_a_server_that_lags_behind_its_disk_is_caught_by_power_cuts(
    tmp_path: Path, pytestconfig: pytest.Config, lagging: str, kind: str
) -> None:
    seed = pytestconfig.getoption("--seed")
    life = Life(tmp_path, seed, lagging)
    try:
        while not life.promises.broken and life.cuts < CONTROL_CUTS:
            await life.until_cut()
    finally:
        await life.cut()
    made, broken = dict(life.promises.made), dict(life.promises.broken)
    print(f"\nseed {seed}: the {lagging} lags: {life.cuts} power cuts, {made} acknowledged, {broken} lost")  # noqa: T201
    assert list(broken) == [kind]


def test_promises_that_were_broken_are_counted() -> None:
    promises = Promises()
    for said in ("row 0 3", "row 1 1", "message 0 2", "kept row 0 1-2", "kept row 0 4-4", "kept message 0 1-3"):
        promises.hear(said.split())
    assert promises.made == {"row": 4, "message": 2}
    promises.hear(["begin"])
    assert promises.broken == {"row": 2}


def test_ranges_have_no_gaps() -> None:
    assert list(ranges([1, 2, 3, 5, 7, 8])) == ["1-3", "5-5", "7-8"]
    assert list(ranges([])) == []
