"""`verify` finds what was changed about the bank's returns behind the service's back."""

import pytest
from sqlalchemy import text

from bank_return_steps import a_released_run, imported, line_of
from funding.verification import service
from funding_facts import Steps

CORRUPTED = {
    "bank-return-sums-its-lines": (
        "UPDATE bank_return SET amount_pence = amount_pence + 1",
        "UPDATE bank_return SET lines = lines + 1",
        "DELETE FROM bank_return_line WHERE status = 'queued'",
        "UPDATE bank_return_line SET bank_return_id = gen_random_uuid()",
    ),
    "payment-comes-back-by-one-line": (
        "UPDATE bank_return_line SET payment_id = NULL, status = 'queued', queued_because = 'not_sent' "
        "WHERE status = 'matched'",
        "UPDATE bank_return_line SET amount_pence = amount_pence + 1 WHERE status = 'matched'",
        "UPDATE bank_return_line SET code = 'Z' WHERE status = 'matched'",
        "UPDATE payment SET status = 'sent', returned_at = NULL WHERE status = 'returned'",
    ),
    "line-is-settled-as-it-stands": (
        "UPDATE bank_return_line SET decided_by = gen_random_uuid() WHERE status = 'queued'",
        "UPDATE bank_return_line SET status = 'resolved', outcome = 'not_ours', proposed_by = id, decided_by = id "
        "WHERE status = 'queued'",
    ),
    "what-came-back-is-owed-again": (
        "UPDATE claim SET status = 'submitted' WHERE status = 'approved'",
        "UPDATE bursary SET status = 'paid' WHERE status = 'claimed'",
    ),
    "run-says-what-came-back": (
        "UPDATE payment_run SET status = 'released'",
        "UPDATE payment_run SET status = 'returned'",
    ),
    "attempts-follow-each-other": ("UPDATE payment SET attempt = 3 WHERE status = 'returned'",),
    "row-is-sealed": (
        "UPDATE bank_return SET imported_by = gen_random_uuid()",
        "UPDATE bank_return_line SET description = ''",
    ),
}


async def test_every_corruption_of_what_came_back_is_named(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    await imported(steps, line_of(run["items"][0]), line_of(run["items"][1], account_number="****0000"))
    async with service.snapshot(steps.funding.database) as connection:
        assert [one async for one in service.verify(connection)] == []
    missed = []
    for name, changes in CORRUPTED.items():
        for change in changes:
            if name not in await names_after(steps, change):
                missed.append((name, change))
    assert missed == []


async def names_after(steps: Steps, change: str) -> set[str]:
    """What `verify` names once a superuser changed something with every guard off; the change does not stay."""
    async with steps.funding.database.engine.connect() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text("SET LOCAL timezone = 'UTC'"))
        for table in ("bank_return_line", "payment"):
            for kind in ("payment", "decided", "second_person", "sent", "returned", "proposed", "queued"):
                await connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS ck_{table}_{kind}"))
        changed = await connection.execute(text(change))
        assert changed.rowcount > 0
        found = {one.check async for one in service.verify(connection)}
        await connection.rollback()
        return found


@pytest.mark.parametrize("name", sorted(CORRUPTED))
def test_the_corruptions_are_of_checks_that_there_are(name: str) -> None:
    assert name in service.NAMES
