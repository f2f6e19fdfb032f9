"""Payables as payment runs pay them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from funding.payables.models import Payable, PayableStatus
from funding.payables.service import lock_ready
from funding.payment_runs.sources import Owed, Returned, Source

PAYEES = {"local_authority": "authority", "company": "organisation"}
"""Recipients whose kind has another name among payees."""


def payee_key(kind: str, reference: str) -> str:
    """How payees name an organisation that is owed something."""
    return f"{PAYEES.get(kind, kind)}:{reference}"


async def owed(session: AsyncSession, budget: str) -> list[Owed]:
    """Payables that are ready."""
    return [
        Owed(
            kind="payable",
            id=one.id,
            source=one.source,
            budget=one.budget,
            payee_key=payee_key(one.payee_kind, one.payee_id),
            amount_pence=one.amount_pence,
            narrative=one.narrative,
            people=frozenset((one.requested_by, one.approved_by, *one.people)),
        )
        for one in await lock_ready(session, budget)
    ]


async def schedule(session: AsyncSession, run_id: UUID, payables: Collection[UUID]) -> None:
    """These are in this run now."""
    await _set(session, payables, status=PayableStatus.SCHEDULED, payment_run_id=run_id)


async def unschedule(session: AsyncSession, payables: Collection[UUID]) -> None:
    """These are owed as before."""
    await _set(session, payables, status=PayableStatus.READY, payment_run_id=None)


async def pay(session: AsyncSession, run_id: UUID, payables: Collection[UUID], paid_at: datetime) -> None:
    """These were paid."""
    await _set(session, payables, status=PayableStatus.PAID, payment_run_id=run_id)


async def hold(session: AsyncSession, payables: Collection[UUID]) -> None:
    """Nobody else changes these until commit."""
    await session.execute(select(Payable.id).where(Payable.id.in_(payables)).order_by(Payable.id).with_for_update())


async def unpay(
    session: AsyncSession, returned: Collection[Returned], actor_id: UUID | None, returned_at: datetime
) -> None:
    """The money of these came back: they are owed again."""
    await unschedule(session, [one.award_id for one in returned])


async def _set(session: AsyncSession, payables: Collection[UUID], **values: str | UUID | None) -> None:
    changed = update(Payable).where(Payable.id.in_(payables)).values(values)
    await session.execute(changed.execution_options(synchronize_session=False))


SOURCE = Source(owed=owed, schedule=schedule, unschedule=unschedule, pay=pay, hold=hold, unpay=unpay)
