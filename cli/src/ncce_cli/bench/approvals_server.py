"""The funding service with one route beside its own: the writes of an approval by the driver alone, same middleware."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Annotated
from uuid import UUID

import asyncpg
import uvicorn
from fastapi import FastAPI, Request

from chassis import clock
from chassis.access import allow, role
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.service import build_app
from contracts.funding import BursaryApproved
from funding.app import SERVICE
from funding.settings import Settings

router = ServiceRouter(prefix="/bench")

HELD = (
    "SELECT teacher_id, booking_id, amount_pence, budget FROM bursary WHERE id = $1 AND status = 'eligible' FOR UPDATE"
)
APPROVED = """
    UPDATE bursary SET status = 'approved', decided_by = $2, decided_at = $3, decision_reason = 'The bench approves.',
        moved_by = $2, moved_because = 'The bench approves.', moved_at = $3 WHERE id = $1
"""
RESERVED = """
    WITH taken AS (
        UPDATE ledger_account SET balance_pence = balance_pence - $2
        WHERE account = $1 || '/available' AND balance_pence >= $2 RETURNING budget
    ), given AS (
        UPDATE ledger_account SET balance_pence = balance_pence + $2 FROM taken WHERE account = $1 || '/reserved'
    ), written AS (
        INSERT INTO journal_transaction (id, kind, source, narrative, posted_at)
        SELECT $3, 'reservation', $4, 'Bursary approved', $5 FROM taken
    )
    INSERT INTO posting (transaction_id, account, amount_pence)
    SELECT $3, leg.account, leg.pence
    FROM taken, (VALUES ($1 || '/available', -$2), ($1 || '/reserved', $2)) AS leg (account, pence)
"""
NUMBER = """
    INSERT INTO outbox_sequence (aggregate, sequence) VALUES ($1, 1)
    ON CONFLICT (aggregate) DO UPDATE SET sequence = outbox_sequence.sequence + 1 RETURNING sequence
"""
EVENT = "INSERT INTO outbox (event_id, subject, type, aggregate, sequence, data) VALUES ($1, $2, $3, $4, $5, $6)"
AUDIT = """
    INSERT INTO audit_entry (caller_kind, caller_id, action, subject, details)
    VALUES ('person', $1, 'bursary.approved', $2, '{}')
"""


@router.post("/approvals/{bursary_id}")
async def raw_approval(
    bursary_id: UUID, request: Request, caller: Annotated[Principal, allow(role("funding_approver"))]
) -> dict[str, str]:
    """Bursary, money, event and audit entry, in one transaction; no rule is looked at."""
    now = clock.now()
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        held = await connection.fetchrow(HELD, bursary_id)
        event = BursaryApproved(
            bursary_id=bursary_id,
            teacher_id=held["teacher_id"],
            booking_id=held["booking_id"],
            amount_pence=held["amount_pence"],
            approved_at=now,
        )
        await connection.execute(APPROVED, bursary_id, caller.id, now)
        number = await connection.fetchval(NUMBER, event.aggregate_id)
        data = event.model_dump_json()
        await connection.execute(EVENT, new_id(), event.subject, event.type(), event.aggregate_id, number, data)
        await connection.execute(AUDIT, caller.id, f"bursary:{bursary_id}")
        await reserve_raw(connection, held["budget"], held["amount_pence"], f"bursary:{bursary_id}")
    request.app.state.database.outbox_written.set()
    return {"id": str(bursary_id)}


async def reserve_raw(connection: asyncpg.Connection, budget: str, pence: int, source: str) -> None:
    """Take from what a budget has available on condition that it holds it, and write the journal, in one statement."""
    await connection.execute(RESERVED, budget, pence, new_id(), source, clock.now())


def create_app(settings: Settings) -> FastAPI:
    """The funding application with the route above."""
    app = build_app(replace(SERVICE, routers=[*SERVICE.routers, router]), settings)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        async with inner(app), asyncpg.create_pool(url, min_size=10, max_size=10) as pool:
            app.state.pool = pool
            yield

    app.router.lifespan_context = lifespan
    return app


def main() -> None:
    """Serve on the port that the settings name."""
    settings = Settings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
