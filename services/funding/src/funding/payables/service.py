"""Makes debts payable, and tells payment runs of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select
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
    people: list[UUID]
    """Everybody else who had a part in it."""


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


async def paid_pence(session: AsyncSession, subject: str) -> int:
    """How much has been paid of what belongs to something."""
    total = select(func.coalesce(func.sum(Payable.amount_pence), 0)).where(
        Payable.subject == subject, Payable.status == PayableStatus.PAID
    )
    return int((await session.execute(total)).scalar_one())
