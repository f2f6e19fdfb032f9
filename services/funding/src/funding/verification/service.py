"""One pass over everything, in one snapshot of the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.db import Database
from funding.verification import calculations, heads, replays, seals
from funding.verification.checks import CHECKS
from funding.verification.findings import Check, Finding

REPLAYED = ("policy-is-as-published", "decision-replays", "card-is-as-published", "calculation-replays")
LOGGED = ("row-is-sealed", "row-is-as-logged", "log-is-as-at-its-heads")
NAMES = (*(check.name for check in CHECKS), *REPLAYED, *LOGGED)
"""Every check there is."""


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection that sees one moment only and changes nothing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    async with database.engine.connect() as connection:
        await connection.execution_options(**options)
        async with connection.begin():
            await connection.execute(text("SET LOCAL timezone = 'UTC'"))
            yield connection


async def verify(db: AsyncConnection) -> AsyncIterator[Finding]:
    """Everything that is not as it must be."""
    for check in CHECKS:
        async for finding in _found(db, check):
            yield finding
    policies, wrong_policies = await replays.read_policies(db)
    fee_policies, wrong_fee_policies = await replays.read_fee_policies(db)
    cards, wrong_cards = await calculations.read_cards(db)
    for finding in (*wrong_policies, *wrong_fee_policies, *wrong_cards):
        yield finding
    made_again = (
        replays.decisions(db, policies),
        replays.fees(db, fee_policies),
        replays.quotes(db, fee_policies),
        calculations.snapshots(db, cards),
    )
    log = (*(seals.broken(db, table) for table in seals.sealed_tables()), seals.unlogged(db), heads.changed(db))
    for source in (*made_again, *log):
        async for finding in source:
            yield finding


async def _found(db: AsyncConnection, check: Check) -> AsyncIterator[Finding]:
    for row in (await db.execute(text(check.query))).all():
        yield Finding(check.name, row.subject, row.detail)


async def counts(db: AsyncConnection) -> dict[str, int]:
    """How many rows of each sealed table were looked at."""
    tables = [table.name for table in seals.sealed_tables()]
    return {name: (await db.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one() for name in tables}  # noqa: S608
