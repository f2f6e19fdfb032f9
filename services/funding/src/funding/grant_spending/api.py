"""`/v1/grants/{grant_id}/spending` and `…/returns`."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.grant_spending import queries, service
from funding.grant_spending.errors import NotPaidYet, ReturnNotFound, ReturnReceived, SpentLater
from funding.grant_spending.schemas import Receipt, Spending, SpendingOut
from funding.grants.access import RECIPIENTS
from funding.grants.errors import GrantNotAsNeeded, GrantNotFound, SameGrantPerson
from funding.roles import OFFICER, PAYMENT_OFFICER

router = ServiceRouter(prefix="/v1/grants/{grant_id}", tags=["grants"])


@router.get("/spending", responses=errors(GrantNotFound))
async def get_grant_spending(
    grant_id: UUID, reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> SpendingOut:
    """What an award was spent on, and what goes back."""
    return await queries.spending_of(reader, caller, grant_id)


@router.post(
    "/spending",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, SpentLater),
)
async def record_grant_spending(
    grant_id: UUID, body: Spending, session: Session, caller: Annotated[Principal, allow(role(OFFICER, *RECIPIENTS))]
) -> SpendingOut:
    """Show what the grant was spent on. What is not shown by the end is due back."""
    await service.record(session, caller, grant_id, body)
    return await queries.spending_of(session, caller, grant_id)


@router.post(
    "/returns/{return_id}/receipt",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, ReturnNotFound, ReturnReceived, NotPaidYet, SameGrantPerson),
)
async def receive_grant_return(
    grant_id: UUID,
    return_id: UUID,
    body: Receipt,
    session: Session,
    caller: Annotated[Principal, allow(role(PAYMENT_OFFICER))],
) -> SpendingOut:
    """Book money that came back; the budget can promise it again."""
    await service.receive(session, caller, grant_id, return_id, body)
    return await queries.spending_of(session, caller, grant_id)
