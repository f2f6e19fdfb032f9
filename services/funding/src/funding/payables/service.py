"""Makes debts payable, and tells payment runs of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from funding.budgets import service as budgets
from funding.budgets.service import Award
from funding.payables.models import Payable, PayableStatus


@dataclass(frozen=True)
class Debt:
    """What is owed to whom, and the two people who stand for it."""

    subject: str
    budget: str
    payee_kind: str
    payee_id: str
    payee_name: str
    amount_pence: int
    narrative: str
    requested_by: UUID
    approved_by: UUID


async def owe(session: AsyncSession, award: Award, debt: Debt) -> None:
    """What was promised is owed: the ledger moves it, and payment runs find it. Once for each source."""
    await budgets.commit(session, debt.budget, award, debt.amount_pence, debt.narrative)
    made = {"id": new_id(), "source": award.source, "ready_at": clock.now(), "status": PayableStatus.READY}
    session.add(Payable(**made, **asdict(debt)))
    await session.flush()


async def lock_ready(session: AsyncSession, budget: str) -> Sequence[Payable]:
    """What a run of this budget may take, held until commit, in one order."""
    waiting = (
        select(Payable)
        .where(Payable.budget == budget, Payable.status == PayableStatus.READY)
        .order_by(Payable.id)
        .with_for_update()
    )
    return (await session.execute(waiting.execution_options(populate_existing=True))).scalars().all()


async def schedule(session: AsyncSession, taken: Sequence[Payable], payment_run_id: UUID) -> None:
    """A run takes what it locked."""
    for one in taken:
        one.status, one.payment_run_id = PayableStatus.SCHEDULED, payment_run_id
    await session.flush()


async def put_back(session: AsyncSession, payment_run_id: UUID) -> None:
    """A run is given up, or its payments came back: what it held waits for another one."""
    await _set(session, payment_run_id, {"status": PayableStatus.READY, "payment_run_id": None})


async def mark_paid(session: AsyncSession, payment_run_id: UUID) -> None:
    """A run is released: what it holds is paid. The run moves the ledger, under each payable's source."""
    await _set(session, payment_run_id, {"status": PayableStatus.PAID})


async def paid_pence(session: AsyncSession, subject: str) -> int:
    """How much has been paid of what belongs to something."""
    total = select(func.coalesce(func.sum(Payable.amount_pence), 0)).where(
        Payable.subject == subject, Payable.status == PayableStatus.PAID
    )
    return int((await session.execute(total)).scalar_one())


async def _set(session: AsyncSession, payment_run_id: UUID, values: dict[str, str | None]) -> None:
    changed = update(Payable).where(Payable.payment_run_id == payment_run_id).values(values)
    await session.execute(changed.execution_options(synchronize_session=False))
