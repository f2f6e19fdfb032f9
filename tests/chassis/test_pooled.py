"""A pooler that gives a connection out for one transaction at a time: nothing a process needs is kept on connections.

`./ncce test --campaign behind_a_pooler`: the tests of what is most likely to break, through a real PgBouncer that has
fewer connections than services open. Any other file: `./ncce test --pooled FILE`.
"""

import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from composition import ROOT
from conftest import StartService
from sample_service.app import SERVICE

ESSENTIAL = (
    "tests/chassis",
    "tests/certification/test_certificates_api.py",
    "tests/funding/test_races.py",
    "tests/funding/test_bursary_machine.py",
    "tests/hubs/test_booking_machine.py",
    "tests/hubs/test_school_imports.py",
    "tests/identity/test_sessions_api.py",
    "tests/identity/test_key_rotation.py",
    "tests/security/test_row_security.py",
)


async def limits(transaction: AsyncSession | AsyncConnection) -> list[str]:
    """What stands for this transaction, and names of statements that would outlive it."""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    said = [str((await transaction.execute(text(f"SHOW {name}"))).scalar()) for name in names]
    kept = await transaction.execute(text("SELECT name FROM pg_prepared_statements WHERE name <> ''"))
    return [*said, *kept.scalars()]


async def test_limits_are_of_each_transaction_and_no_statement_outlives_it(start_service: StartService) -> None:
    sample = await start_service(SERVICE, database_pooled=True, statement_timeout_ms=7_000)
    for _ in range(2):
        async with sample.session() as session:
            assert await limits(session) == ["7s", "30s"]
        async with sample.database.reads.connect() as connection:
            assert await limits(connection) == ["7s", "30s"]
            assert connection.in_transaction()
            await connection.rollback()
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            assert await driver.fetchval("SHOW statement_timeout") == "0", "what is everybody's was not changed"


@pytest.mark.campaign
def test_what_services_do_works_behind_a_pooler() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not campaign", "-n", "2", "--dist", "loadfile", "--pooled"]
    assert subprocess.run([*command, *ESSENTIAL], cwd=ROOT).returncode == 0
