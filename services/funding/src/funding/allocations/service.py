"""Allocations: proposed by one person, decided by another; approving moves the money in the same transaction."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.allocations.errors import AllocationDecided, AllocationNotFound, SameBudget
from funding.allocations.models import Allocation, AllocationStatus
from funding.allocations.schemas import AllocationOut, AllocationProposal
from funding.budgets import service as budgets
from funding.bursaries.schemas import ApprovalDecision
from funding.claims.errors import SamePerson
from funding.cursors import instant


async def propose(session: AsyncSession, caller: Principal, body: AllocationProposal) -> AllocationOut:
    """Ask for money to be moved. BudgetNotFound, SameBudget."""
    if body.from_budget == body.to_budget:
        raise SameBudget("Money is moved from one budget to another.")
    for budget in (body.to_budget, body.from_budget):
        if budget is not None:
            await budgets.fund_of(session, budget)
    proposed = {"status": AllocationStatus.PROPOSED, "proposed_by": caller.id, "proposed_at": clock.now()}
    allocation = Allocation(id=new_id(), **body.model_dump(), **proposed)
    session.add(allocation)
    await session.flush()
    details: dict[str, audit.JSON] = {"amount_pence": body.amount_pence}
    await audit.record(session, caller, "allocation.proposed", f"allocation:{allocation.id}", details)
    return AllocationOut.model_validate(allocation)


async def decide(
    session: AsyncSession, caller: Principal, allocation_id: UUID, body: ApprovalDecision
) -> AllocationOut:
    """Approve or decline as the second person. BudgetExhausted, FundExhausted."""
    allocation = await session.get(Allocation, allocation_id, with_for_update=True, populate_existing=True)
    if allocation is None:
        raise AllocationNotFound(allocation_id)
    if await is_same_person(session, allocation.proposed_by, caller.id):
        raise SamePerson("An allocation is decided by somebody else than proposed it.")
    if allocation.status != AllocationStatus.PROPOSED:
        raise AllocationDecided(f"The allocation is {allocation.status}.")
    allocation.status = AllocationStatus(body.outcome)
    allocation.decided_by, allocation.decided_at, allocation.decision_reason = caller.id, clock.now(), body.reason
    await session.flush()
    if body.outcome == "approved":
        await _carry_out(session, allocation)
    subject, details = f"allocation:{allocation_id}", {"reason": body.reason}
    await audit.record(session, caller, f"allocation.{body.outcome}", subject, {**details})
    return AllocationOut.model_validate(allocation)


async def list_allocations(reader: AsyncConnection, page: PageOf) -> Sequence[AllocationOut]:
    """Allocations, the latest first, one more than the page holds."""
    query = select(Allocation.__table__).order_by(Allocation.proposed_at.desc(), Allocation.id.desc())
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Allocation.proposed_at, Allocation.id) < after)
    return [AllocationOut.model_validate(row) for row in await reader.execute(query.limit(page.limit + 1))]


async def _carry_out(session: AsyncSession, allocation: Allocation) -> None:
    source, pence = f"allocation:{allocation.id}", allocation.amount_pence
    if allocation.from_budget is None:
        await budgets.allocate(session, source, allocation.to_budget, pence, "Allocated from the fund")
    else:
        narrative = f"From {allocation.from_budget} to {allocation.to_budget}"
        await budgets.vire(session, source, allocation.from_budget, allocation.to_budget, pence, narrative)
