"""`/v1/allocations`."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.allocations import service
from funding.allocations.errors import AllocationDecided, AllocationNotFound, SameBudget
from funding.allocations.schemas import AllocationOut, AllocationProposal
from funding.budgets.errors import FundExhausted
from funding.bursaries.schemas import ApprovalDecision
from funding.claims.errors import SamePerson
from funding.ledger.errors import BudgetExhausted, BudgetNotFound
from funding.roles import APPROVER, OFFICER, READERS

router = ServiceRouter(prefix="/v1/allocations", tags=["budgets"])

Allocator = Annotated[Principal, allow(role(OFFICER, APPROVER))]


@router.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(BudgetNotFound, SameBudget))
async def propose_allocation(body: AllocationProposal, session: Session, caller: Allocator) -> AllocationOut:
    """Propose to put money into a budget, from its fund or from another budget. Another person decides."""
    return await service.propose(session, caller, body)


@router.get("", response_model=Page[AllocationOut])
async def list_allocations(
    reader: Reader, caller: Annotated[Principal, allow(role(*READERS))], page: PageRequest
) -> dict[str, object]:
    """Allocations, the latest first."""
    found = await service.list_allocations(reader, page)
    return Page.of(found, page, key=lambda one: (one.proposed_at.isoformat(), str(one.id)))


@router.post(
    "/{allocation_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(AllocationNotFound, AllocationDecided, SamePerson, BudgetExhausted, FundExhausted),
)
async def decide_allocation(
    allocation_id: UUID, body: ApprovalDecision, session: Session, caller: Allocator
) -> AllocationOut:
    """Approve, which moves the money, or decline, as somebody else than proposed it."""
    return await service.decide(session, caller, allocation_id, body)
