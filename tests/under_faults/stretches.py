"""A stretch of time in which clients work on and something is looked at."""

import asyncio
import time

from platform_harness import Platform
from under_faults.growth import Growth
from under_faults.load import Load

LOOK_SECONDS = 2.0


async def go_on(platform: Platform, load: Load, seconds: float, growth: Growth | None = None) -> tuple[float, float]:
    """Let clients work for so long; when that began and ended."""
    begun = time.monotonic()
    while (second := time.monotonic() - begun) < seconds:
        if growth is not None:
            growth.look(second, {name: one.pid for name, one in platform.state.processes.items() if one.pid})
        load.raise_early()
        await asyncio.sleep(min(LOOK_SECONDS, seconds - second))
    return begun, time.monotonic()
