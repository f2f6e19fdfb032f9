"""`/v1/grants/{grant_id}/adjustments`."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from chassis.access import allow, role
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_adjustments import service
from funding.grant_adjustments.errors import AdjustmentDecided, AdjustmentNotFound, AdjustmentOpen, NothingChanges
from funding.grant_adjustments.schemas import AdjustmentRequest
from funding.grant_cards.errors import CalculationTooLarge, CardNotFound, InputsRefused
from funding.grants import queries
from funding.grants.errors import (
    FindingsNotAccepted,
    GrantNotAsNeeded,
    GrantNotFound,
    NothingToGrant,
    SameGrantPerson,
    SeveralFunders,
)
from funding.grants.schemas import GrantOut
from funding.ledger.errors import BudgetExhausted
from funding.roles import APPROVER, OFFICER

router = ServiceRouter(prefix="/v1/grants/{grant_id}/adjustments", tags=["grants"])

Ordinal = Annotated[int, Path(ge=1, le=10_000, description="The snapshot's ordinal")]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(
        GrantNotFound,
        GrantNotAsNeeded,
        AdjustmentOpen,
        CardNotFound,
        InputsRefused,
        CalculationTooLarge,
        NothingToGrant,
        FindingsNotAccepted,
        NothingChanges,
        SeveralFunders,
    ),
)
async def request_grant_adjustment(
    grant_id: UUID, body: AdjustmentRequest, session: Session, caller: Annotated[Principal, allow(role(OFFICER))]
) -> GrantOut:
    """Calculate an award anew, for another person to approve. Nothing changes before."""
    await service.request(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post(
    "/{snapshot_number}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(
        GrantNotFound, AdjustmentNotFound, AdjustmentDecided, GrantNotAsNeeded, SameGrantPerson, BudgetExhausted
    ),
)
async def decide_grant_adjustment(
    grant_id: UUID,
    snapshot_number: Ordinal,
    body: ApprovalDecision,
    session: Session,
    caller: Annotated[Principal, allow(role(APPROVER))],
) -> GrantOut:
    """Approve or decline, as a person other than the one who asked. The difference is reserved or released at once."""
    await service.decide(session, caller, grant_id, snapshot_number, body)
    return await queries.find_grant(session, caller, grant_id)
