"""Alembic, run from code: one migrator at a time, with a lock timeout, each revision in its own transaction.

A service's `migrations/env.py` calls `run_env(SERVICE)`; everything else is here. Processes never migrate on their own:
`python -m <service> migrate` does, as a job before a roll-out.
"""

import importlib.resources
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, NullPool, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from chassis.db import driver_url, tls_arguments
from chassis.grants import grant_running_role
from chassis.tables import metadata as chassis_metadata

MIGRATION_LOCK = 7_002

Found = TypeVar("Found")


def config_for(migrations: str) -> Config:
    """Alembic's configuration for a service's migrations package, such as `funding.migrations`."""
    folder = Path(str(importlib.resources.files(migrations)))
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / "versions"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    return config


def target_metadata(metadata: MetaData) -> Sequence[MetaData]:
    """The service's tables and the chassis's."""
    return [chassis_metadata, metadata]


def run_env(metadata: MetaData) -> None:
    """The whole of a service's `env.py`: run what Alembic was asked for on the connection it was given."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=target_metadata(metadata),
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def upgrade(database_url: str, migrations: str, revision: str = "head", running_role: str = "") -> str | None:
    """Bring a database to a revision; the revision it had before. Several callers at once are safe.

    With a `running_role`, that role may afterwards do what a service's processes do there.
    """
    return await _with_connection(database_url, partial(_upgrade, running_role), migrations, revision)


async def make_revision(database_url: str, migrations: str, message: str) -> None:
    """Write a new revision from the difference between the database and the models."""
    await _with_connection(database_url, _revision, migrations, message)


async def check(database_url: str, migrations: str) -> None:
    """Raise when the models and the migrated database differ."""
    await _with_connection(database_url, _check, migrations, "")


async def _with_connection(
    database_url: str, act: Callable[[Connection, str, str], Found], migrations: str, argument: str
) -> Found:
    arguments = tls_arguments(database_url)
    engine = create_async_engine(driver_url(database_url), poolclass=NullPool, connect_args=arguments)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(act, migrations, argument)
    finally:
        await engine.dispose()


def _upgrade(running_role: str, connection: Connection, migrations: str, revision: str) -> str | None:
    config = config_for(migrations)
    config.attributes["connection"] = connection
    connection.execute(text("SET lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    # A migration that cannot get its table lock soon gives up rather than queue every request behind it.
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    try:
        before = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        if before != ScriptDirectory.from_config(config).get_current_head() or revision != "head":
            command.upgrade(config, revision)
        if running_role:
            grant_running_role(connection, running_role)
        return before
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def _revision(connection: Connection, migrations: str, message: str) -> None:
    config = config_for(migrations)
    config.attributes["connection"] = connection
    command.revision(config, message, autogenerate=True)


def _check(connection: Connection, migrations: str, _: str) -> None:
    config = config_for(migrations)
    config.attributes["connection"] = connection
    command.check(config)


@cache
def _revisions(migrations: str) -> tuple[str | None, frozenset[str]]:
    """The newest revision that the code knows, and all of them. Alembic runs each file to learn its number."""
    script = ScriptDirectory.from_config(config_for(migrations))
    return script.get_current_head(), frozenset(revision.revision for revision in script.walk_revisions())


class Schema:
    """Whether a database is at, behind or ahead of the code: ahead is fine while a release rolls out."""

    def __init__(self, migrations: str) -> None:
        self.head, self._known = _revisions(migrations)

    async def is_ready(self, connection: AsyncConnection) -> bool:
        """False when the database is behind the code."""
        found = await connection.execute(text("SELECT to_regclass('alembic_version')"))
        if found.scalar() is None:
            return False
        current = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        return current is not None and (current == self.head or current not in self._known)
