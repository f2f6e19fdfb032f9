"""The database of a service: two pools, and the two dependencies through which routes reach them.

`Session` is a transaction that commits before the reply leaves, so that a 2xx means stored. `Reader` is an autocommit
connection for Core selects on read paths. Nothing else in a service commits.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import URL, Connection, UpdateBase, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from chassis import deadlines, idempotency
from chassis.faults import fault
from chassis.settings import ServiceSettings
from chassis.tables import UtcDateTime, service_metadata

__all__ = [
    "Database",
    "Reader",
    "Session",
    "UtcDateTime",
    "database_of",
    "driver_url",
    "service_metadata",
    "settings_in",
    "tls_arguments",
]

PUBLISHED = "chassis.published"
"""Key in `session.info`: this transaction wrote to the outbox, so the relay is to be woken after commit."""

IDLE_IN_TRANSACTION_MS = "30000"

TLS_WORDS = ("sslmode", "sslrootcert", "sslcert", "sslkey")

WRITES = {
    # A round trip per transaction, so that no write fails because a connection was cut while it was idle.
    "pool_pre_ping": True
}
READS = {
    "isolation_level": "AUTOCOMMIT",
    # An autocommit read leaves nothing to roll back; the reset would be a round trip for nothing.
    "pool_reset_on_return": None,
}
NOTHING_KEPT: dict[str, object] = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    "prepared_statement_name_func": str,  # without a name, so that none outlives its transaction
}
"""What the driver is told where the next transaction may have another connection of the server's."""

SETTINGS = "chassis.settings"
"""Key in `session.info`: the settings of the process that runs this transaction."""


def driver_url(url: str) -> URL:
    """The URL with the driver the platform uses, whatever the operator wrote."""
    return make_url(url).set(drivername="postgresql+asyncpg").difference_update_query(TLS_WORDS)


def tls_arguments(url: str) -> dict[str, str]:
    """What the URL says of TLS, in libpq's words, for the driver: SQLAlchemy would take them for the driver's own."""
    query = make_url(url).query
    said = {word: found for word in TLS_WORDS if (found := query.get(word))}
    return {"dsn": f"postgresql://?{urlencode(said, doseq=True)}"} if said else {}


def _engine(settings: ServiceSettings, application_name: str, **options: object) -> AsyncEngine:
    told, named = settings.database_url.get_secret_value(), {"application_name": application_name}
    limits = {
        "statement_timeout": str(settings.statement_timeout_ms),
        # A process that was stopped within a transaction, a relay above all, must not hold its locks for ever.
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
    }
    # A pooler takes no limits of its clients, since its connections are everybody's.
    arguments: dict[str, object] = {"server_settings": named if settings.database_pooled else named | limits}
    arguments |= {"timeout": settings.database_wait_seconds, **tls_arguments(told)}
    engine = create_async_engine(
        driver_url(told),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=settings.database_wait_seconds,
        hide_parameters=True,  # values are people's; errors are logged
        connect_args=arguments | (NOTHING_KEPT if settings.database_pooled else {}),
        **options,
    )
    if settings.database_pooled:
        _limit_each_transaction(engine, limits)
    return engine


def _limit_each_transaction(engine: AsyncEngine, limits: dict[str, str]) -> None:
    said = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in limits.items())

    @event.listens_for(engine.sync_engine, "begin")
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT {said}")


async def count_changed(session: AsyncSession, statement: UpdateBase) -> int:
    """Change rows of tables; how many there were."""
    return (await (await session.connection()).execute(statement)).rowcount


class Database:
    """Engines of one process. `outbox_written` is set after each commit that published something."""

    def __init__(self, settings: ServiceSettings, application_name: str) -> None:
        self.engine = _engine(settings, application_name, **WRITES)
        self.reads = _engine(settings, application_name, **({} if settings.database_pooled else READS))
        self.outbox_written = asyncio.Event()
        self._settings = settings

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction: commits when the block ends, rolls back when it raises."""
        async with AsyncSession(self.engine, expire_on_commit=False, info={SETTINGS: self._settings}) as session:
            async with session.begin():
                yield session
                await session.flush()
                fault("transaction.before_commit")
                deadlines.decided()
            fault("transaction.after_commit")
            if session.info.get(PUBLISHED):
                self.outbox_written.set()

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
        await self.reads.dispose()


def database_of(request: Request) -> Database:
    """The database of the application that serves this request."""
    return cast(Database, request.app.state.database)


def settings_in(session: AsyncSession) -> ServiceSettings:
    """The settings of the process that runs a transaction: how a use case reached by an event gets at them."""
    return cast(ServiceSettings, session.info[SETTINGS])


async def _transaction(request: Request) -> AsyncIterator[AsyncSession]:
    async with database_of(request).transaction() as session:
        await idempotency.begin(request, session)
        yield session


async def _reader(request: Request) -> AsyncIterator[AsyncConnection]:
    async with database_of(request).reads.connect() as connection:
        yield connection


Session = Annotated[AsyncSession, Depends(_transaction, scope="function")]
"""A transaction for this request, committed before the reply is sent."""

Reader = Annotated[AsyncConnection, Depends(_reader, scope="function")]
"""An autocommit connection for Core selects."""
