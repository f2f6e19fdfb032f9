"""Processes of a platform killed and stopped, at moments and in groups drawn from a seed."""

import asyncio
import os
import random
import shutil
import signal
import time
from collections import Counter
from contextlib import suppress

from left_running import stand_still
from ncce_cli import processes
from ncce_cli.state import ProcessState
from platform_harness import Platform
from real_parts import until
from under_faults.load import Load

PAIR, ALL = 0.25, 0.05
"""One fault in four takes two or more processes at once, one in twenty all."""
PAUSE_SECONDS = 0.7
"""Between one fault and the next, on average."""
A_BACKEND = 0.5
"""How often, of kills of the database, it is one of its backends: it then ends all others and recovers."""


class Faults:
    """What is done to a platform, and what was done."""

    def __init__(self, platform: Platform, seed: int) -> None:
        self.platform = platform
        self.chosen = random.Random(seed)
        self.kills: Counter[str] = Counter()
        self.stops: Counter[str] = Counter()
        self._stopped: dict[int, asyncio.Task[None]] = {}

    def _living(self) -> dict[str, int]:
        """Processes that are ready and not stopped by us."""
        found: dict[str, ProcessState] = self.platform.state.processes
        ready = {name: one.pid for name, one in found.items() if one.pid and one.state == "ready"}
        return {name: pid for name, pid in sorted(ready.items()) if pid not in self._stopped}

    def _victims(self) -> dict[str, int]:
        living = self._living()
        drawn = self.chosen.random()
        number = len(living) if drawn < ALL else 2 if drawn < PAIR else 1
        names = self.chosen.sample(sorted(living), min(number, len(living)))
        return {name: living[name] for name in names}

    async def kill(self) -> None:
        """End one process without a word; now and then two, or all there are."""
        await until(self._somebody_lives, 120)
        for name, pid in self._victims().items():
            self.kills[name] += 1
            with suppress(ProcessLookupError):
                os.kill(self._in_the_database(pid) if name == "postgres" else pid, signal.SIGKILL)

    async def burst(self, load: Load, kills: int, longest_stop_seconds: float) -> None:
        """Kill until there were so many in all, and stop three for every ten killed."""
        while self.kills.total() < kills:
            await self.kill()
            if self.stops.total() < self.kills.total() * 3 // 10:
                await self.stop(longest_stop_seconds)
            await asyncio.sleep(self.chosen.uniform(0, 2 * PAUSE_SECONDS))
            load.raise_early()

    async def _somebody_lives(self) -> bool:
        return bool(self._living())

    def _in_the_database(self, pid: int) -> int:
        """The server's first process or, as often, one of those that it started."""
        children = processes.children_of(pid)  # none if it has just died of the last fault
        return self.chosen.choice(children) if children and self.chosen.random() < A_BACKEND else pid

    async def stop(self, at_most_seconds: float) -> None:
        """Let one process stand still, and go on by itself later."""
        await until(self._somebody_lives, 120)
        living = self._living()
        name = self.chosen.choice(sorted(living))
        self.stops[name] += 1
        with suppress(ProcessLookupError):
            stand_still(living[name])
            pause = self.chosen.uniform(1, at_most_seconds)
            self._stopped[living[name]] = asyncio.create_task(self._go_on(living[name], pause))

    async def _go_on(self, pid: int, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
        finally:
            del self._stopped[pid]
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    async def wipe_the_broker(self) -> None:
        """Take away everything that it holds and end it; it is started again by the platform, with nothing."""
        await until(self._somebody_lives, 120)
        store, aside = self.platform.home.nats / "jetstream", self.platform.home.nats / "taken-away"
        before = self.platform.pid("nats")
        store.rename(aside)
        self.kills["nats"] += 1
        os.kill(before, signal.SIGKILL)
        shutil.rmtree(aside)

        async def is_back() -> bool:
            one = self.platform.state.processes["nats"]
            return one.state == "ready" and one.pid not in (None, before)

        await until(is_back, 120)

    async def quiet(self) -> float:
        """Let everything go on, and wait until every process is ready again; how many seconds that took."""
        await asyncio.gather(*self._stopped.values())
        begun = time.monotonic()
        await until(self._all_ready, 240)
        return time.monotonic() - begun

    async def _all_ready(self) -> bool:
        return {one.state for one in self.platform.state.processes.values()} == {"ready"}
