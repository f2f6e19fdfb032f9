"""The migrated database is the one that the models describe, checks and indexes included."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from chassis import migrate
from chassis.db import driver_url
from funding.app import SERVICE
from harness import Databases

CONSTRAINTS = (
    "SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS definition "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't'"
)
INDEXES = (
    "SELECT tablename AS owner, indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'"
)


async def described(connection: AsyncConnection) -> set[tuple[str, str, str]]:
    """Every constraint and index of the service's own tables."""
    own = {table.name for table in SERVICE.metadata.tables.values()}
    found: set[tuple[str, str, str]] = set()
    for query in (CONSTRAINTS, INDEXES):
        found |= {tuple(row) for row in await connection.execute(text(query)) if row.owner in own}
    return found


async def test_the_migrated_schema_is_the_models_schema(databases: Databases) -> None:
    migrated, modelled = await databases.of(SERVICE), await databases.empty()
    await migrate.check(migrated, SERVICE.migrations)
    found = []
    for url in (migrated, modelled):
        engine = create_async_engine(driver_url(url), poolclass=NullPool)
        async with engine.begin() as connection:
            if url == modelled:
                await connection.run_sync(SERVICE.metadata.create_all)
            found.append(await described(connection))
        await engine.dispose()
        await databases.drop(url)
    assert found[0] == found[1]
    assert len(found[0]) > 80
