"""`/v1/claims`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.base import Queryable
from funding.bursaries.errors import BursaryNotFound
from funding.bursaries.schemas import ApprovalDecision
from funding.claims import queries, service
from funding.claims.errors import ClaimNotFound, CourseNotCompleted, NotAwaitingDecision, NotClaimable, SamePerson
from funding.claims.models import ClaimStatus
from funding.claims.schemas import ClaimOut, ClaimSubmission
from funding.roles import OFFICER

router = ServiceRouter(prefix="/v1/claims", tags=["claims"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(BursaryNotFound, CourseNotCompleted, NotClaimable),
)
async def submit_claim(body: ClaimSubmission, session: Session, caller: SignedIn) -> ClaimOut:
    """Claim one's own earned bursary; the school is paid."""
    return await _found(session, caller, await service.submit(session, caller, body.bursary_id))


@router.get("", response_model=Page[ClaimOut])
async def list_claims(
    reader: Reader,
    caller: SignedIn,
    page: PageRequest,
    status: Annotated[ClaimStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """One's own claims; for funding staff and auditors, everybody's. The latest first."""
    found = await queries.list_claims(reader, caller, page, status)
    return Page.of(found, page, key=lambda one: (one.submitted_at.isoformat(), str(one.id)))


@router.get("/{claim_id}", responses=errors(ClaimNotFound))
async def get_claim(claim_id: UUID, reader: Reader, caller: SignedIn) -> ClaimOut:
    """One claim."""
    return await _found(reader, caller, claim_id)


@router.post(
    "/{claim_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(ClaimNotFound, SamePerson, NotAwaitingDecision, CourseNotCompleted),
)
async def decide_claim(
    claim_id: UUID, body: ApprovalDecision, session: Session, caller: Annotated[Principal, allow(role(OFFICER))]
) -> ClaimOut:
    """Approve or decline, as a person other than the claimant and the bursary's approver. What the register does not
    show any more can only be declined."""
    await service.decide(session, caller, claim_id, body)
    return await _found(session, caller, claim_id)


async def _found(db: Queryable, caller: Principal, claim_id: UUID) -> ClaimOut:
    found = await queries.find_claim(db, caller, claim_id)
    if found is None:
        raise ClaimNotFound(claim_id)
    return found
