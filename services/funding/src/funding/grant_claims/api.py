"""`/v1/grant-rates` and `/v1/grants/{grant_id}/claims`."""

from typing import Annotated
from uuid import UUID

from chassis.access import PUBLIC, SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_claims import queries, service
from funding.grant_claims.errors import AboveCap, GrantClaimDecided, GrantClaimNotFound, LineRefused
from funding.grant_claims.schemas import GrantClaimList, GrantClaimOut, GrantClaimSubmission, RateList
from funding.grants.access import RECIPIENTS
from funding.grants.errors import GrantNotAsNeeded, GrantNotFound, SameGrantPerson
from funding.roles import APPROVER, OFFICER

rates = ServiceRouter(prefix="/v1/grant-rates", tags=["grants"])
claims = ServiceRouter(prefix="/v1/grants/{grant_id}/claims", tags=["grants"])


@rates.get("")
async def list_grant_rates(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> RateList:
    """Day rates and caps, each from a day on, with its source."""
    return RateList(data=await queries.list_rates(reader))


@claims.get("", responses=errors(GrantNotFound))
async def list_grant_claims(
    grant_id: UUID, reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> GrantClaimList:
    """Every claim of days and travel on an award, and what was paid of them."""
    return GrantClaimList(data=list(await queries.list_claims(reader, caller, grant_id)))


@claims.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, LineRefused, AboveCap),
)
async def submit_grant_claim(
    grant_id: UUID,
    body: GrantClaimSubmission,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, *RECIPIENTS))],
) -> GrantClaimOut:
    """Claim days and travel: each line at the rate of its day, within the rate's cap and the award."""
    made = await service.submit(session, caller, grant_id, body)
    return await queries.find_claim(session, caller, grant_id, made)


@claims.post(
    "/{grant_claim_id}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantClaimNotFound, GrantClaimDecided, GrantNotAsNeeded, AboveCap, SameGrantPerson),
)
async def decide_grant_claim(
    grant_id: UUID,
    grant_claim_id: UUID,
    body: ApprovalDecision,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, APPROVER))],
) -> GrantClaimOut:
    """Approve or decline, as a person other than the claimant. What is approved waits for a payment run."""
    await service.decide(session, caller, grant_id, grant_claim_id, body)
    return await queries.find_claim(session, caller, grant_id, grant_claim_id)
