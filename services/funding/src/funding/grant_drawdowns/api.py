"""`/v1/grants/{grant_id}/drawdowns`."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_drawdowns import queries, service
from funding.grant_drawdowns.errors import (
    DrawdownDecided,
    DrawdownNotFound,
    DrawnAboveInstalment,
    DrawnTooEarly,
    InstalmentNotFound,
)
from funding.grant_drawdowns.schemas import DrawdownList, DrawdownOut, DrawdownRequest
from funding.grants.access import RECIPIENTS
from funding.grants.errors import GrantNotAsNeeded, GrantNotFound, SameGrantPerson
from funding.roles import APPROVER, OFFICER

router = ServiceRouter(prefix="/v1/grants/{grant_id}/drawdowns", tags=["grants"])


@router.get("", responses=errors(GrantNotFound))
async def list_grant_drawdowns(
    grant_id: UUID, reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> DrawdownList:
    """Every request to draw of an award, and what was paid of them."""
    return DrawdownList(data=list(await queries.list_drawdowns(reader, caller, grant_id)))


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, InstalmentNotFound, DrawnTooEarly, DrawnAboveInstalment),
)
async def request_grant_drawdown(
    grant_id: UUID,
    body: DrawdownRequest,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, *RECIPIENTS))],
) -> DrawdownOut:
    """Ask for a part of an instalment, with what shows that its condition is met."""
    made = await service.request(session, caller, grant_id, body)
    return await queries.find_drawdown(session, caller, grant_id, made)


@router.post(
    "/{drawdown_id}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(
        GrantNotFound, DrawdownNotFound, DrawdownDecided, GrantNotAsNeeded, DrawnAboveInstalment, SameGrantPerson
    ),
)
async def decide_grant_drawdown(
    grant_id: UUID,
    drawdown_id: UUID,
    body: ApprovalDecision,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, APPROVER))],
) -> DrawdownOut:
    """Approve or decline, as a person other than the one who asked. What is approved waits for a payment run."""
    await service.decide(session, caller, grant_id, drawdown_id, body)
    return await queries.find_drawdown(session, caller, grant_id, drawdown_id)
