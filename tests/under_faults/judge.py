"""What must be true once the faults are over: by the product's own checker, and by what clients were told."""

import asyncio

import asyncpg

from platform_harness import Platform
from under_faults.load import PENCE, Load
from under_faults.writes import unlike

CHECK_SECONDS = 900


async def judge(platform: Platform, load: Load) -> list[str]:
    """What differs from what clients were told, a line each, and what the checker finds."""
    found = await unlike(load.journal)
    found += load.journal.internal_errors
    checked = await asyncio.to_thread(platform.done, "check", "--settled-seconds", "30", seconds=CHECK_SECONDS)
    if checked.returncode:
        found.append(f"./ncce check ended with {checked.returncode}: {checked.stdout}{checked.stderr}")
    counted = "SELECT count(*) FILTER (WHERE status = 'approved'), count(*) FROM allocation WHERE reason LIKE $1"
    approved, proposed = await _row(platform, "funding", counted, f"{load.tag} %")
    posted = "SELECT coalesce(sum(amount_pence), 0) FROM allocation WHERE status = 'approved' AND reason LIKE $1"
    [pence] = await _row(platform, "funding", posted, f"{load.tag} %")
    [reports] = await _row(
        platform, "hubs", "SELECT count(*) FROM completion_report WHERE external_id LIKE $1", f"{load.tag}-%"
    )
    told = sum(write.path == "/v1/allocations" for write in load.journal.writes)
    pairs = {
        "allocations proposed": (told, proposed),
        "allocations approved": (load.approved, approved),
        "pence allocated": (load.approved * PENCE, pence),
        "completions reported": (load.reported, reports),
    }
    return found + [f"{what}: {told} acknowledged, {kept} kept" for what, (told, kept) in pairs.items() if told != kept]


async def _row(platform: Platform, service: str, query: str, argument: str) -> list[int]:
    connection = await asyncpg.connect(platform.databases()[service])
    try:
        return [int(value) for value in await connection.fetchrow(query, argument)]
    finally:
        await connection.close()
