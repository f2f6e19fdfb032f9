"""What the guards of life cycles in the database allow."""

from sqlalchemy import text

from harness import ServiceHarness

ARGUMENTS = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = :name"


async def allowed_steps(service: ServiceHarness, table: str) -> set[str]:
    """The steps from status to status that a table's guard lets pass, as `from>to`."""
    async with service.session() as session:
        definition: str = (await session.execute(text(ARGUMENTS), {"name": f"{table}_guard"})).scalar_one()
    return set(definition.split("'")[3].split(","))
