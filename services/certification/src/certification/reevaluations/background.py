"""Working off re-evaluations beside everything else that `work` does."""

import asyncio

from certification.reevaluations.engine import advance
from chassis.service import ServiceContext

LOOK_SECONDS = 2.0
"""How long a re-evaluation may wait for its beginning."""


async def work_off_re_evaluations(context: ServiceContext) -> None:
    """Go on until cancelled. Any number of replicas may: a batch is done by whoever holds the row, once."""
    while True:
        async with context.database.transaction() as session:
            is_busy = await advance(session)
        if not is_busy:
            await asyncio.sleep(LOOK_SECONDS)
