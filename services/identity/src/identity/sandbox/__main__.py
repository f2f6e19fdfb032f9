"""`python -m identity.sandbox ORGANISATION`: the job behind `ncce sandbox reset`."""

import asyncio
import json
import sys
from uuid import UUID

from chassis import clock
from chassis.db import Database
from identity.organisations.seed import organisation_id
from identity.sandbox.service import require_sandbox, reset
from identity.settings import Settings


def main(named: str) -> None:
    """Reset an organisation, by its id or by the short name it was seeded under."""
    try:
        wanted = UUID(named)
    except ValueError:
        wanted = organisation_id(named)
    settings = Settings()
    require_sandbox(settings)
    clock.follow(settings.sandbox_clock_file)
    sys.stdout.write(json.dumps({"organisation_id": asyncio.run(_reset(settings, wanted))}) + "\n")


async def _reset(settings: Settings, wanted: UUID) -> str:
    database = Database(settings, "identity sandbox")
    try:
        async with database.transaction() as session:
            return str((await reset(session, wanted, None)).organisation_id)
    finally:
        await database.close()


if __name__ == "__main__":
    main(sys.argv[1])
