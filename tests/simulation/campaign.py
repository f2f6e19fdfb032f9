"""Many seeds, one after the other; the first at which something is wrong is named."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from harness import Databases
from simulation.outcome import Failed
from simulation.world import World

TOGETHER = 50
"""So many seeds share databases: rules that read whole tables are held against them once for all."""


@dataclass
class Tally:
    """What a campaign did."""

    seeds: int = 0
    steps: int = 0
    crashes: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """As a line of a report."""
        return (
            f"{self.seeds} seeds, {self.steps} decisions, {self.crashes} crashes, {self.seconds:.0f} s,"
            f" {self.seeds / self.seconds:.1f} seeds a second"
        )


async def play_all(databases: Databases, kind: type[World], seeds: Sequence[int]) -> Tally:
    """Play each seed once; Failed names the first at which something is wrong."""
    tally, began = Tally(), time.monotonic()
    for first in range(0, len(seeds), TOGETHER):
        some = seeds[first : first + TOGETHER]
        async with kind.of(databases) as world:
            for seed in some:
                outcome = await world.play(seed)
                tally.seeds, tally.steps = tally.seeds + 1, tally.steps + outcome.steps
                tally.crashes += outcome.crashes
            found = await world.judge()
        if found:
            await _blame(databases, kind, some, found)
    tally.seconds = time.monotonic() - began
    return tally


async def _blame(databases: Databases, kind: type[World], seeds: Sequence[int], found: list[str]) -> None:
    """Tell after which of these seeds it was so."""
    for seed in seeds:
        async with kind.of(databases) as world:
            await world.play(seed)
            if alone := await world.judge():
                raise Failed(kind.__name__.lower(), seed, [], "\n".join(alone))
    raise Failed(kind.__name__.lower(), seeds[0], [], f"only with the {len(seeds)} after it:\n" + "\n".join(found))


@asynccontextmanager
async def quiet_rows(databases: Databases) -> AsyncIterator[None]:
    """Rows stay where they are for as long as this lasts: where PostgreSQL clears up, and when, is no seed's to say."""
    await databases.run("ALTER SYSTEM SET autovacuum = off")
    await databases.run("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        await databases.run("ALTER SYSTEM RESET autovacuum")
        await databases.run("SELECT pg_reload_conf()")
