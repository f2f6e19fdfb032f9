"""Migrations say what the models say."""

from chassis import migrate
from harness import Databases
from identity.app import SERVICE


async def test_the_migrations_lead_to_the_models(databases: Databases) -> None:
    url = await databases.empty()
    await migrate.upgrade(url, SERVICE.migrations)
    await migrate.check(url, SERVICE.migrations)
    await databases.drop(url)
