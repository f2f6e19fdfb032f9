"""What must be true of a fleet when its clients have gone: everything acknowledged is there, and every effect once."""

import asyncio
import time
import urllib.request
from collections import Counter
from json import loads
from typing import Any

import asyncpg

from fleet import Fleet
from fleet_load import BATCH, PENCE, Load
from ncce_cli import parity
from ncce_cli.jobs import run_program
from ncce_cli.parts import SERVICES
from real_parts import until

SETTLED_SECONDS = 900
MONEY = """
SELECT count(*), count(*) FILTER (WHERE status = 'approved'),
       coalesce(sum(amount_pence) FILTER (WHERE status = 'approved'), 0)
FROM allocation WHERE reason LIKE $1
"""


async def judge(fleet: Fleet, load: Load) -> list[str]:
    """Everything that is not as it must be, a line each."""
    await until(lambda: everything_is_heard(fleet), SETTLED_SECONDS)
    run_program("funding", ["verify"], fleet.jobs["funding"])
    found = await asyncio.to_thread(lambda: list(parity.differences(fleet.jobs, _now())))
    return [*map(str, found), *await _counts(fleet, load), *await told_once(fleet)]


async def everything_is_heard(fleet: Fleet) -> bool:
    """Whether nothing waits in any outbox, nor at any consumer."""
    waits = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    waiting = [int((await _row(fleet, service, waits))[0]) for service in SERVICES]
    streams = await asyncio.to_thread(_streams, fleet)
    consumers = [one for stream in streams for one in stream.get("consumer_detail", [])]
    return not sum(waiting) and not any(one["num_pending"] + one["num_ack_pending"] for one in consumers)


async def told_once(fleet: Fleet) -> list[str]:
    """Services of which the broker holds another number of events than they told: two relays would make more."""
    held = {stream["name"].lower(): stream["state"]["messages"] for stream in await asyncio.to_thread(_streams, fleet)}
    told = {service: (await _row(fleet, service, "SELECT count(*) FROM outbox"))[0] for service in SERVICES}
    return [
        f"{name}: {told[name]} told, {held.get(name)} at the broker"
        for name in SERVICES
        if held.get(name) != told[name]
    ]


async def most_connections(fleet: Fleet) -> Counter[str]:
    """How many connections each service's processes have to its database, now."""
    connection = await asyncpg.connect(fleet.postgres.admin_url)
    try:
        rows = await connection.fetch(
            "SELECT datname, count(*) FROM pg_stat_activity WHERE usename = datname GROUP BY 1"
        )
    finally:
        await connection.close()
    return Counter({row["datname"]: row["count"] for row in rows})


async def _counts(fleet: Fleet, load: Load) -> list[str]:
    """What clients were told against what is kept. A write whose answer was lost may be kept or not."""
    ours = f"{load.tag} %"
    proposed, approved, pence = await _row(fleet, "funding", MONEY, ours)
    [reports] = await _row(
        fleet, "hubs", "SELECT count(*) FROM completion_report WHERE external_id LIKE $1", f"{load.tag}-%"
    )
    told, unsure = load.told.done, load.told.unsure
    kept = {"proposed": (proposed, 1), "approved": (approved, 1), "reported": (reports, BATCH)}
    found = [
        f"{what}: {told[what]} acknowledged, {unsure[what]} unsure, {number} kept"
        for what, (number, each) in kept.items()
        if not told[what] * each <= number <= (told[what] + unsure[what]) * each
    ]
    return found if pence == approved * PENCE else [*found, f"{pence} pence for {approved} allocations"]


async def _row(fleet: Fleet, service: str, query: str, *arguments: str) -> list[int]:
    connection = await asyncpg.connect(fleet.jobs[service][f"{service.upper()}_DATABASE_URL"])
    try:
        return [int(value) for value in await connection.fetchrow(query, *arguments)]
    finally:
        await connection.close()


def _streams(fleet: Fleet) -> list[dict[str, Any]]:
    """Every stream, as its leader tells of it: followers lag."""
    found: dict[str, dict[str, Any]] = {}
    for index, monitor in enumerate(fleet.brokers.monitor_url.split(",")):
        url = f"{monitor}/jsz?accounts=true&streams=true&consumers=true"
        with urllib.request.urlopen(url, timeout=30) as page:  # noqa: S310  our own server
            accounts = loads(page.read()).get("account_details", [])
        for stream in (one for account in accounts for one in account.get("stream_detail", [])):
            if stream["cluster"].get("leader") == f"nats-{index}":
                found[stream["name"]] = stream
    return list(found.values())


def _now() -> str:
    return str(int(time.time() * 1000))
