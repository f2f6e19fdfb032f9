"""A service whose database lets it do what a service's own role may in production, and not what a superuser may."""

from sqlalchemy import text

from harness import ServiceHarness

ORDINARY = "ordinary_service"
"""A role like a service's own; the tests' is a superuser, whom no row security stops."""

_KNOWN = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
_WALLS = text(
    "SELECT relname, relrowsecurity AND relforcerowsecurity AS walled FROM pg_class JOIN pg_attribute"
    " ON attrelid = pg_class.oid WHERE relkind = 'r' AND attname LIKE '%organisation_id' AND NOT attisdropped"
    " AND relnamespace = 'public'::regnamespace"
)


async def let_in_an_ordinary_role(harness: ServiceHarness) -> None:
    """Have a role that may use every table and is stopped by row security; `SET LOCAL ROLE` becomes it."""
    async with harness.session() as session:
        if (await session.execute(_KNOWN, {"name": ORDINARY})).first() is None:
            await session.execute(text(f"CREATE ROLE {ORDINARY} NOSUPERUSER NOBYPASSRLS"))
        for what in ("TABLES", "SEQUENCES"):
            await session.execute(text(f"GRANT ALL ON ALL {what} IN SCHEMA public TO {ORDINARY}"))


async def be_an_ordinary_role(harness: ServiceHarness) -> None:
    """Have every connection from here on be of that role."""
    await let_in_an_ordinary_role(harness)
    async with harness.session() as session:
        database = (await session.execute(text("SELECT current_database()"))).scalar_one()
        await session.execute(text(f'ALTER DATABASE "{database}" SET role = {ORDINARY}'))
    await harness.database.close()


async def walls_of(harness: ServiceHarness) -> dict[str, bool]:
    """Tables that name an organisation, and whether row security stands around them, for their owner too."""
    async with harness.session() as session:
        return {row.relname: row.walled for row in await session.execute(_WALLS)}
