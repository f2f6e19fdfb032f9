"""A running platform's databases, copied and put back as backups are, and what the two sides of every event know."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

import asyncpg

from chassis.db import Database
from chassis.outbox import publish
from contracts.hubs import SchoolChanged
from corruptions import SERVICES
from harness import settings_for
from ncce_cli.parity import NOT_HEARD, NOT_TOLD
from ncce_cli.postgres import PASSWORD_FILE, SUPERUSER, url_at
from platform_harness import Platform

Named = tuple[str, str, str]
"""A consumer, an event and what is wrong with it."""
AT_ONCE = 500
LISTENERS = [one for service in SERVICES.values() for one in service.subscriptions.table]


class Shelf:
    """Copies of a platform's databases, each of a moment, by name. Whoever is connected meanwhile has to come again."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def copy(self, service: str, name: str) -> None:
        """Keep a service's database as it is now."""
        made = f"CREATE DATABASE {name} TEMPLATE {service} OWNER {service}"
        await self._run(*_alone(service), made, f"ALTER DATABASE {service} ALLOW_CONNECTIONS true")

    async def put_back(self, service: str, name: str) -> str:
        """Let the copy be the service's database from now on; what was is kept by the name that is returned."""
        was = f"{name}_was"
        moved = f"ALTER DATABASE {service} RENAME TO {was}", f"ALTER DATABASE {name} RENAME TO {service}"
        await self._run(*_alone(service), *moved, f"ALTER DATABASE {was} ALLOW_CONNECTIONS true")
        return was

    async def _run(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def url(self, database: str) -> str:
        """Where a database is, for the superuser."""
        port = self._platform.state.processes["postgres"].port
        assert port is not None
        password = (self._platform.home.postgres / PASSWORD_FILE).read_text()
        return url_at(port, SUPERUSER, password, database)

    async def rows(self, database: str, query: str) -> list[asyncpg.Record]:
        """What a database holds."""
        connection = await asyncpg.connect(self.url(database))
        try:
            found: list[asyncpg.Record] = await connection.fetch(query)
            return found
        finally:
            await connection.close()


def _alone(database: str) -> Sequence[str]:
    return (
        f"ALTER DATABASE {database} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'",
    )


async def tell(platform: Platform, schools: Sequence[SchoolChanged]) -> None:
    """Have hubs tell of schools, as an import of the register does; its own processes carry it on."""
    database = Database(settings_for(SERVICES["hubs"], platform.databases()["hubs"]), "restores")
    try:
        for first in range(0, len(schools), AT_ONCE):
            async with database.transaction() as session:
                await publish(session, *schools[first : first + AT_ONCE])
    finally:
        await database.close()


async def apart(shelf: Shelf) -> set[Named]:
    """Every event that one side has and the other has not, event by event."""
    told: Mapping[str, set[UUID]] = defaultdict(set)
    heard: Mapping[str, set[UUID]] = defaultdict(set)
    for service in SERVICES:
        for row in await shelf.rows(service, "SELECT subject, event_id FROM outbox"):
            told[row["subject"]].add(row["event_id"])
        for row in await shelf.rows(service, "SELECT consumer, event_id FROM inbox"):
            heard[row["consumer"]].add(row["event_id"])
    found: set[Named] = set()
    for one in LISTENERS:
        was_told, was_heard = told[one.event.subject], heard[one.durable]
        found |= {(one.durable, str(event_id), NOT_HEARD) for event_id in was_told - was_heard}
        found |= {(one.durable, str(event_id), NOT_TOLD) for event_id in was_heard - was_told}
    return found


async def unheard(shelf: Shelf) -> int:
    """How many hearings are to come, when nothing was lost: cheap enough to be asked again and again."""
    told: dict[str, int] = defaultdict(int)
    heard: dict[str, int] = defaultdict(int)
    for service in SERVICES:
        for row in await shelf.rows(service, "SELECT subject, count(*) FROM outbox GROUP BY 1"):
            told[row["subject"]] += row["count"]
        for row in await shelf.rows(service, "SELECT consumer, count(*) FROM inbox GROUP BY 1"):
            heard[row["consumer"]] += row["count"]
    return sum(max(0, told[one.event.subject] - heard[one.durable]) for one in LISTENERS)
