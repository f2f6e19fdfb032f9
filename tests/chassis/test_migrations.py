"""The schema is brought up by one migrator at a time; a process knows whether it may use what it finds."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.migrate import Schema
from harness import Databases, ServiceHarness, settings_for
from sample_service.app import SERVICE

HEAD = Schema(SERVICE.migrations).head


async def test_five_migrators_at_once_migrate_once(databases: Databases) -> None:
    url = await databases.empty()
    before = await asyncio.gather(*(migrate.upgrade(url, SERVICE.migrations) for _ in range(5)))
    assert sorted(before, key=str) == ["0001"] * 4 + [None]
    await databases.drop(url)


async def test_the_migrations_make_what_the_models_say(databases: Databases) -> None:
    url = await databases.of(SERVICE)
    await migrate.check(url, SERVICE.migrations)
    await databases.drop(url)


async def is_ready(databases: Databases, url: str) -> bool:
    """Whether a process would be ready on this database."""
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
    try:
        async with harness.database.reads.connect() as connection:
            return await Schema(SERVICE.migrations).is_ready(connection)
    finally:
        await harness.close()


@pytest.mark.parametrize(
    ("found", "ready"), [(None, False), ("DELETE FROM alembic_version", False), ("a_later_release", True), (HEAD, True)]
)
async def test_a_process_is_ready_unless_the_schema_is_behind(
    databases: Databases, found: str | None, ready: bool
) -> None:
    url = await databases.empty()
    if found is not None:
        await migrate.upgrade(url, SERVICE.migrations)
        harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
        change = found if found.startswith("DELETE") else f"UPDATE alembic_version SET version_num = '{found}'"
        async with harness.session() as session:
            await session.execute(text(change))
        await harness.close()
    assert await is_ready(databases, url) is ready
    await databases.drop(url)


async def test_a_process_on_an_old_schema_says_why_it_is_not_ready(databases: Databases) -> None:
    url = await databases.empty()
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
    client = await harness.client(None)
    reply = await client.get("/health/ready")
    assert (reply.status_code, reply.json()) == (503, {"status": "not ready", "failing": ["migrations"]})
    await harness.close()
    await databases.drop(url)


def test_every_service_has_a_template_for_its_next_migration() -> None:
    folder = Path(__file__).parents[2] / "services"
    assert {path.name for path in folder.glob("*/src/*/migrations/script.py.mako")} == {"script.py.mako"}
