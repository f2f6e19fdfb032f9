"""`verify` finds nothing in what the service wrote, and names whatever was changed behind its back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Column, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from funding.base import Base
from funding.verification import job, seals, service
from funding.verification.findings import Finding
from funding_facts import Steps, booking_cancelled, cpd_completed, run_changed, school_changed
from grant_steps import Grants, a_busy_grant
from statement_facts import Months

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
EMPTY_HERE = {"fact_override", "policy_draft", "bank_return", "bank_return_line"}
"""Sealed tables that `a_busy_platform` writes nothing into."""
COUNTED_NOWHERE = (
    *("policy_version", "fee_policy_version", "grant_card_version", "quote", "payee_details"),
    *("allocation", "grant_drawdown", "grant_history"),
)
"""Records of which no other tells how many there are, as long as no money has moved by them."""
UNSEALED = {"ledger_account": None, "budget": ("budget",)}
"""Tables that carry no seal, and the columns of theirs that other records speak of; None for all."""


async def a_busy_platform(steps: Steps) -> None:
    """Bursaries in every state that money can be in, a fee and a quote; grants that are drawn; an allocation."""
    grants = await Grants.begin(steps)
    await a_busy_grant(grants)
    await grants.draw(await grants.accepted(), 100_00)
    wanted = {"to_budget": "cpd-bursaries", "amount_pence": 1, "reason": "The award."}
    assert (await steps.post(steps.officer, "/v1/allocations", wanted)).status_code == 201
    months = Months(steps)
    with months.last_month():
        await steps.an_approved_claim("900001")
        await steps.release((await steps.prepare_run()).json())
    [(_, payment_id)] = await months.payments()
    await months.recover(payment_id, 1_000)
    await months.close()
    await steps.an_approved_claim("900002")
    await steps.prepare_run()
    await steps.an_approved_claim("900003")
    teacher, booking, bursary = await steps.an_eligible_bursary("900004")
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    await steps.claim(teacher, bursary)
    teacher, booking, bursary = await steps.an_eligible_bursary("900005")
    await steps.approve(bursary)
    await steps.funding.deliver(booking_cancelled(booking))
    teacher, _, _ = await steps.an_eligible_bursary("900006")
    run = run_changed()
    await steps.funding.deliver(run)
    await steps.quote(teacher, run)
    await steps.funding.deliver(school_changed("900007"))


async def found(connection: AsyncConnection) -> list[Finding]:
    return [finding async for finding in service.verify(connection)]


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
    listed = text(
        "SELECT conrelid::regclass::text AS owner, conname FROM pg_constraint WHERE contype IN ('c', 'f', 'u') "
        "AND connamespace = 'public'::regnamespace"
    )
    async with steps.funding.session() as session:
        for row in (await session.execute(listed)).all():
            await session.execute(text(f'ALTER TABLE {row.owner} DROP CONSTRAINT IF EXISTS "{row.conname}" CASCADE'))
        for numbered in ("posting", "bursary_move", "grant_history"):
            await session.execute(text(f"ALTER TABLE {numbered} ALTER COLUMN id DROP IDENTITY"))


def key_of(table: Table) -> str:
    return " || '/' || ".join(f"{column.name}::text" for column in table.primary_key.columns)


def altered(column: Column[object]) -> str:
    kind = column.type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
    if kind.endswith("[]"):
        return f"array_append({column.name}, NULL)"
    return ALTERED[kind.partition("(")[0].split()[0]].format(column.name)


def targets() -> list[tuple[Table, Column[object]]]:
    """Every column of every record of the money."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    sealed = [table for table in seals.sealed_tables() if table.name not in EMPTY_HERE]
    chosen = [(table, column) for table in sealed for column in table.columns]
    for name, columns in UNSEALED.items():
        chosen += [(tables[name], one) for one in tables[name].columns if columns is None or one.name in columns]
    return chosen


async def test_what_the_service_wrote_is_found_sound(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    await a_busy_platform(steps)
    async with service.snapshot(steps.funding.database) as connection:
        assert await found(connection) == []
        rows = await service.counts(connection)
    assert {name for name, count in rows.items() if not count} <= EMPTY_HERE
    assert await job.run(steps.funding.settings) == 0
    assert '"findings": 0' in capsys.readouterr().out


@pytest.mark.parametrize(
    "every",
    [pytest.param(6, id="some"), pytest.param(1, id="verification", marks=pytest.mark.campaign)],
)
async def test_an_altered_column_is_named(steps: Steps, every: int) -> None:
    """Each column of each record in the campaign `verification`, every sixth otherwise."""
    await a_busy_platform(steps)
    await without_rules(steps)
    missed: list[str] = []
    for table, column in targets()[::every]:
        async with tampering(steps) as connection:
            change = (
                f"UPDATE {table.name} SET {column.name} = {altered(column)} WHERE ctid = "
                f"(SELECT ctid FROM {table.name} ORDER BY {key_of(table)} LIMIT 1) RETURNING {key_of(table)}"
            )
            key = (await connection.execute(text(change))).scalar_one()
            if f"{table.name}:{key}" not in {finding.subject for finding in await found(connection)}:
                missed.append(f"{table.name}.{column.name}")
    assert missed == []


async def test_every_removed_row_is_missed(steps: Steps) -> None:
    await a_busy_platform(steps)
    await without_rules(steps)
    unnoticed: list[str] = []
    for table in seals.sealed_tables():
        if table.name in (*COUNTED_NOWHERE, *EMPTY_HERE):
            continue
        async with tampering(steps) as connection:
            first = f"(SELECT ctid FROM {table.name} ORDER BY {key_of(table)} LIMIT 1)"
            await connection.execute(text(f"DELETE FROM {table.name} WHERE ctid = {first}"))
            if not await found(connection):
                unnoticed.append(table.name)
    assert unnoticed == []


async def test_a_guard_that_is_off_is_named(steps: Steps) -> None:
    async with tampering(steps) as connection:
        await connection.execute(text("ALTER TABLE posting DISABLE TRIGGER posting_append_only"))
        assert [one.subject for one in await found(connection)] == ["posting:posting_append_only"]
