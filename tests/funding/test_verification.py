"""`verify` finds nothing in what the service wrote, and names whatever was changed behind its back."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Column, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from busy_funding import a_busy_platform
from chassis.tables import audit_entry
from funding.base import Base
from funding.verification import heads, job, seals, service
from funding.verification.findings import Finding
from funding_facts import Steps

ALTERED = {
    "VARCHAR": "CASE WHEN {0} = 'x' OR {0} IS NULL THEN 'y' ELSE left({0}, -1) END",
    "TEXT": "coalesce({0}, '') || ' '",
    "UUID": "gen_random_uuid()",
    "BIGINT": "coalesce({0}, 0) + 1000",
    "INTEGER": "coalesce({0}, 0) + 1000",
    "NUMERIC": "coalesce({0}, 0) + 0.01",
    "DATE": "coalesce({0}, DATE '2026-01-01') + 1",
    "TIMESTAMP": "coalesce({0}, now()) + interval '1 microsecond'",
    "SMALLINT": "coalesce({0}, 0) + 1",
    "BYTEA": "coalesce({0}, '') || decode('00', 'hex')",
    "JSONB": "jsonb_build_object('was', {0})",
    "BOOLEAN": "NOT {0}",
}
"""Another value of a column, by its type."""
TABLES = {table.name: table for table in Base.metadata.sorted_tables}
SEALED = seals.sealed_tables()
BALANCES = TABLES["ledger_account"]
"""Carries no seal, since postings say what it has to say."""


async def found(connection: AsyncConnection) -> list[Finding]:
    return [finding async for finding in service.verify(connection)]


async def subjects(connection: AsyncConnection) -> set[str]:
    return {finding.subject for finding in await found(connection)}


@asynccontextmanager
async def tampering(steps: Steps) -> AsyncIterator[AsyncConnection]:
    """A superuser's connection with every guard off; nothing it does stays."""
    async with steps.funding.database.engine.connect() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text("SET LOCAL timezone = 'UTC'"))
        yield connection
        await connection.rollback()


async def without_rules(steps: Steps) -> None:
    """Drop the checks and unique keys, as a superuser with a purpose would."""
    constraints = text(
        "SELECT conrelid::regclass::text AS owner, conname FROM pg_constraint WHERE contype IN ('c', 'f', 'u') "
        "AND connamespace = 'public'::regnamespace"
    )
    indexes = text(
        "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE indisunique AND NOT indisprimary AND relnamespace = 'public'::regnamespace"
    )
    numbered = text(
        "SELECT attrelid::regclass::text AS owner FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE attidentity = 'a' AND attname = 'id' AND relnamespace = 'public'::regnamespace"
    )
    async with steps.funding.session() as session:
        for row in (await session.execute(constraints)).all():
            await session.execute(text(f'ALTER TABLE {row.owner} DROP CONSTRAINT IF EXISTS "{row.conname}" CASCADE'))
        for row in (await session.execute(indexes)).all():
            await session.execute(text(f"DROP INDEX IF EXISTS {row.name}"))
        for row in (await session.execute(numbered)).all():
            if row.owner in {table.name for table in SEALED}:
                await session.execute(text(f"ALTER TABLE {row.owner} ALTER COLUMN id DROP IDENTITY"))


def key_of(table: Table) -> str:
    return " || '/' || ".join(f"{column.name}::text" for column in table.primary_key.columns)


def first_of(table: Table) -> str:
    return f"ctid = (SELECT ctid FROM {table.name} ORDER BY {key_of(table)} LIMIT 1)"


def altered(column: Column[object]) -> str:
    kind = column.type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
    if kind.endswith("[]"):
        return f"array_append({column.name}, NULL)"
    return ALTERED[kind.partition("(")[0].split()[0]].format(column.name)


async def alter(connection: AsyncConnection, column: Column[object]) -> str:
    """Alter one column of one row; the row as `verify` names it."""
    table = column.table
    change = f"UPDATE {table.name} SET {column.name} = {altered(column)} WHERE {first_of(table)}"
    key = (await connection.execute(text(f"{change} RETURNING {key_of(table)}"))).scalar_one()
    return f"{table.name}:{key}"


async def put_in(connection: AsyncConnection, table: Table) -> str:
    """Put in a copy of a row under another key, with the seal that it would have."""
    key = list(table.primary_key.columns)[-1]
    names = ", ".join(column.name for column in table.columns)
    values = ", ".join(altered(key) if column is key else column.name for column in table.columns)
    copy = f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} WHERE {first_of(table)}"
    made = (await connection.execute(text(f"{copy} RETURNING {key_of(table)}"))).scalar_one()
    covered = "CAST(split_part(seal, ':', 1) AS integer)"
    seal = f"UPDATE {table.name} AS row SET seal = seal_of(to_jsonb(row), {covered}) WHERE {key_of(table)} = :key"
    await connection.execute(text(seal), {"key": made})
    return f"{table.name}:{made}"


async def a_head(steps: Steps) -> str:
    """Make a head of all there is, as the job does; the head as people note it."""
    async with steps.funding.session() as session:
        known = await heads.due(session)
    assert known is not None
    async with steps.funding.session() as session:
        assert await heads.have_ended(session, known)
        assert await heads.extend(session, known.upto_id) == 1
        head = await heads.latest(session)
    assert head is not None
    return f"{head.number}:{head.sha256}"


def test_every_table_is_sealed_or_has_a_reason_not_to_be() -> None:
    assert [table.name for table in SEALED if "seal" not in table.c] == []
    assert sorted(seals.UNSEALED.keys() - TABLES.keys()) == []


async def test_what_the_service_wrote_is_found_sound(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    await a_busy_platform(steps)
    noted = await a_head(steps)
    async with service.snapshot(steps.funding.database) as connection:
        assert await found(connection) == []
        rows = await service.counts(connection)
    assert [name for name, count in rows.items() if not count] == []
    capsys.readouterr()
    assert job.parsed(["--head", noted]) == [(1, noted.partition(":")[2])]
    assert await job.run(steps.funding.settings, job.parsed(["--head", noted])) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["findings"], said["head"], said["entries_behind_head"]) == (0, noted, 0)
    assert await job.run(steps.funding.settings, [(1, "0" * 64)]) == job.FOUND
    assert "head-is-as-noted" in capsys.readouterr().out


@pytest.mark.parametrize(
    "every",
    [pytest.param(3, id="some"), pytest.param(1, id="verification", marks=pytest.mark.campaign)],
)
async def test_any_altered_column_of_any_record_is_named(steps: Steps, every: int) -> None:
    """A column of each table at a time: rows are sealed one by one, so that one never hides another.

    Every third column, and all of them in the campaign `verification`.
    """
    await a_busy_platform(steps)
    await without_rules(steps)
    missed: list[str] = []
    for number in range(0, max(len(table.columns) for table in SEALED), every):
        async with tampering(steps) as connection:
            columns = [list(table.columns)[number] for table in SEALED if number < len(table.columns)]
            changed = {await alter(connection, column): str(column) for column in columns}
            named = await subjects(connection)
            missed += [column for subject, column in changed.items() if subject not in named]
    for column in BALANCES.columns:
        async with tampering(steps) as connection:
            if await alter(connection, column) not in await subjects(connection):
                missed.append(str(column))
    assert missed == []


async def test_any_record_that_was_taken_away_or_put_in_is_named(steps: Steps) -> None:
    await a_busy_platform(steps)
    await without_rules(steps)
    async with tampering(steps) as connection:
        gone = []
        for table in (*SEALED, BALANCES):
            taken = f"DELETE FROM {table.name} WHERE {first_of(table)} RETURNING {key_of(table)}"
            gone.append(f"{table.name}:{(await connection.execute(text(taken))).scalar_one()}")
        named = await subjects(connection)
    assert [one for one in gone[:-1] if one not in named] == []
    assert any(one.endswith("It has no account funding.") or one.startswith("budget:") for one in named)
    async with tampering(steps) as connection:
        added = [await put_in(connection, table) for table in SEALED]
        named = await subjects(connection)
    assert [one for one in added if one not in named] == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM seal_entry WHERE id = 7",
        "UPDATE seal_entry SET key = key || ' ' WHERE id = 7",
        "UPDATE seal_head SET entries = entries + 1",
        "INSERT INTO seal_head SELECT number + 2, upto_id + 1, entries, sha256, made_at FROM seal_head",
    ],
)
async def test_the_log_is_held_by_its_heads(steps: Steps, change: str) -> None:
    await a_head(steps)
    async with tampering(steps) as connection:
        await connection.execute(text("ALTER TABLE seal_entry ALTER COLUMN id DROP IDENTITY"))
        await connection.execute(text(change))
        assert any(one.startswith("seal_head:") for one in await subjects(connection))


async def test_a_head_waits_for_what_is_under_way_and_is_on_record(steps: Steps) -> None:
    noted = await a_head(steps)
    async with steps.funding.session() as session:
        [entry] = await session.execute(audit_entry.select().where(audit_entry.c.action == "seal_head.made"))
    assert (entry.subject, entry.details["sha256"]) == ("seal_head:1", noted.partition(":")[2])
    open_run = "INSERT INTO fund (fund, title, allocated_pence, source) VALUES ('new', 'New', 1, 'By hand')"
    async with steps.funding.session() as writer:
        await writer.execute(text(open_run))
        async with steps.funding.session() as session:
            known = (await session.execute(heads.KNOWN)).one()
            assert not await heads.have_ended(session, known)
    async with steps.funding.session() as session:
        assert await heads.have_ended(session, known)
        assert await heads.due(session) is None


async def test_a_guard_that_is_off_is_named(steps: Steps) -> None:
    async with tampering(steps) as connection:
        await connection.execute(text("ALTER TABLE posting DISABLE TRIGGER posting_append_only"))
        assert [one.subject for one in await found(connection)] == ["posting:posting_append_only"]


def test_a_head_is_given_back_as_it_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        job.parsed(["--head", "1:abc"])
    assert "64 digits" in capsys.readouterr().err
