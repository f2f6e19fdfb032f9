"""Applying held imports once they are approved."""

import asyncio

from chassis.service import ServiceContext
from hubs.school_imports.approval import apply_approved

SWEEP_SECONDS = 5.0


async def apply_approved_imports(context: ServiceContext) -> None:
    """Look until cancelled. Of several replicas one applies it: imports run one at a time."""
    while True:
        await apply_approved(context.database)
        await asyncio.sleep(SWEEP_SECONDS)
