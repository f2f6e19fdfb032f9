"""Each service's database: does it answer, as whom, is it archived, what waits in it."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import asyncpg

from ncce_cli.doctor import machine
from ncce_cli.doctor.findings import Finding, runbook
from ncce_cli.parts import SERVICES

CONNECT_SECONDS = 30.0
OLD_SECONDS = 30.0
ARCHIVE_SECONDS = 3600.0
MAY_WRITE = "SELECT to_regclass('outbox') IS NULL OR has_table_privilege('outbox', 'INSERT')"
MIGRATED = "SELECT to_regclass('alembic_version') IS NOT NULL"
TIME = "SELECT extract(epoch FROM clock_timestamp())::float8"
WAITS = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8
FROM outbox WHERE published_at IS NULL AND republished = 0
"""
LETTERS = "SELECT count(*) FROM dead_letter WHERE resolved_at IS NULL"
ARCHIVED = """
SELECT current_setting('archive_mode') <> 'off' AS is_archived,
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS fails,
       extract(epoch FROM clock_timestamp() - last_archived_time)::float8 AS age
FROM pg_stat_archiver
"""


@dataclass(frozen=True)
class Archive:
    """How it stands with the write-ahead log's way into the backups."""

    is_archived: bool
    fails: bool
    age: float | None


async def look(urls: Mapping[str, str]) -> list[Finding]:
    """All four."""
    found = await asyncio.gather(*(_collected(service, urls[service]) for service in SERVICES))
    return [finding for findings in found for finding in findings]


async def _collected(service: str, url: str) -> list[Finding]:
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InsufficientPrivilegeError) as error:
        return [wrong_role(service, str(error))]
    except asyncpg.InvalidCatalogNameError:
        sentence = f"The database of {service} does not exist: create it, then run ./ncce migrate {service}."
        return [Finding("database-missing", service, sentence)]
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        sentence = (
            f"The database of {service} does not answer ({type(error).__name__}): "
            "start PostgreSQL, or set its address right; see ./ncce logs postgres."
        )
        return [Finding("database-down", service, sentence)]
    try:
        return [finding async for finding in _asked(service, connection)]
    finally:
        await connection.close()


def wrong_role(service: str, said: str) -> Finding:
    """Somebody the database does not let in, or not in there."""
    sentence = (
        f"The database of {service} refuses the role of {service.upper()}_DATABASE_URL ({said}): "
        "set its user and password right, or grant it its rights with RUNNING_ROLE of migrate."
    )
    return Finding("database-wrong-role", service, sentence)


async def _asked(service: str, connection: asyncpg.Connection) -> AsyncIterator[Finding]:
    before = time.time()
    told = await connection.fetchval(TIME)
    for finding in machine.clock(f"the database of {service}", told - (before + time.time()) / 2):
        yield finding
    if not await connection.fetchval(MIGRATED):
        sentence = f"The database of {service} is empty: run ./ncce migrate {service}."
        yield Finding("database-unmigrated", service, sentence)
        return
    if not await connection.fetchval(MAY_WRITE):
        yield wrong_role(service, "it may not write the outbox")
        return
    for finding in waiting(service, await connection.fetchval(WAITS), await connection.fetchval(LETTERS)):
        yield finding
    archive = Archive(**dict(await connection.fetchrow(ARCHIVED)))
    for finding in backups(service, archive):
        yield finding


def waiting(service: str, oldest_seconds: float, letters: int) -> list[Finding]:
    """What a service has not got rid of, or could not handle."""
    found = []
    if oldest_seconds > OLD_SECONDS:
        sentence = (
            f"An event of {service} has waited {oldest_seconds:.0f} s to be sent: nothing is lost, but others do not "
            f"hear; see whether the broker is up, then {runbook('outbox-waits')}."
        )
        found.append(Finding("outbox-old", service, sentence))
    if letters:
        events = "event waits as a dead letter" if letters == 1 else "events wait as dead letters"
        sentence = (
            f"{letters} {events} at {service}: look at ./ncce dead-letters list {service}, mend the cause, "
            "then ./ncce dead-letters requeue --all."
        )
        found.append(Finding("dead-letters", service, sentence))
    return found


def backups(service: str, archive: Archive) -> list[Finding]:
    """Whether the log that backups are made of arrives. A server that archives nothing is somebody's choice."""
    if not archive.is_archived:
        return []
    if archive.fails or archive.age is None or archive.age > ARCHIVE_SECONDS:
        since = "never yet" if archive.age is None else f"last {archive.age / 60:.0f} minutes ago"
        sentence = (
            f"The log of the database of {service} does not get into its archive ({since}): a restore would lose all "
            "since then; see the server's log for what archive_command says."
        )
        return [Finding("backup-old", service, sentence)]
    return []
