"""What the guards in the database allow, and what they refuse."""

import pytest
from sqlalchemy import text

from harness import ServiceHarness

ARGUMENTS = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = :name"


async def allowed_steps(service: ServiceHarness, table: str) -> set[str]:
    """The steps from status to status that a table's guard lets pass, as `from>to`."""
    async with service.session() as session:
        definition: str = (await session.execute(text(ARGUMENTS), {"name": f"{table}_guard"})).scalar_one()
    return set(definition.split("'")[3].split(","))


async def refused(service: ServiceHarness, *statements: tuple[str, str]) -> None:
    """What the database says to somebody at its console."""
    for statement, refusal in statements:
        with pytest.raises(Exception, match=refusal):
            async with service.session() as session:
                await session.execute(text(statement))
