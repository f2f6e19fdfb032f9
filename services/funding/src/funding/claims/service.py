"""Claims: made by the teacher, decided by a funding officer who is neither the claimant nor the bursary's approver."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import ClaimApproved
from funding.bursaries import life
from funding.bursaries.earning import earned_by
from funding.bursaries.errors import BursaryNotFound
from funding.bursaries.locks import lock_bursary
from funding.bursaries.models import Bursary, BursaryStatus
from funding.bursaries.schemas import ApprovalDecision
from funding.claims.errors import ClaimNotFound, CourseNotCompleted, NotAwaitingDecision, NotClaimable, SamePerson
from funding.claims.models import Claim, ClaimStatus
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind


async def submit(session: AsyncSession, caller: Principal, bursary_id: UUID) -> UUID:
    """Claim one's own earned bursary for the school."""
    bursary = await lock_bursary(session, bursary_id)
    if not await is_same_person(session, bursary.teacher_id, caller.id):
        raise BursaryNotFound(bursary_id)
    if bursary.status == BursaryStatus.APPROVED:
        raise CourseNotCompleted("The bursary can be claimed once the course's register shows that it was attended.")
    if bursary.status != BursaryStatus.CLAIMABLE:
        raise NotClaimable(f"The bursary is {bursary.status}.", bursary_status=bursary.status)
    claim = Claim(
        id=new_id(),
        bursary_id=bursary_id,
        claimant_id=bursary.teacher_id,
        bursary_approved_by=bursary.decided_by,
        budget=bursary.budget,
        payee_urn=bursary.school_urn,
        amount_pence=bursary.amount_pence,
        status=ClaimStatus.SUBMITTED,
        submitted_at=clock.now(),
    )
    session.add(claim)
    life.move(bursary, BursaryStatus.CLAIMED, "The school claims it.", by=caller, cause=f"claim:{claim.id}")
    await session.flush()
    await audit.record(session, caller, "claim.submitted", f"claim:{claim.id}", {"amount_pence": claim.amount_pence})
    return claim.id


async def decide(session: AsyncSession, caller: Principal, claim_id: UUID, body: ApprovalDecision) -> None:
    """Approve a claim, so that the money is owed, or decline it, so that a better one can be made."""
    bursary, claim = await _lock(session, claim_id)
    people = (claim.claimant_id, claim.bursary_approved_by, bursary.second_approved_by)
    if any([await is_same_person(session, one, caller.id) for one in people]):
        raise SamePerson("A claim is decided by somebody who neither made it nor approved the bursary.")
    if claim.status != ClaimStatus.SUBMITTED:
        raise NotAwaitingDecision(f"The claim is {claim.status}.", claim_status=claim.status)
    reached = await earned_by(session, [bursary])
    if body.outcome == "approved" and not reached:
        raise CourseNotCompleted("The register does not show any more that the course was attended: decline the claim.")
    claim.decided_by, claim.decided_at, claim.reason = caller.id, clock.now(), body.reason
    if body.outcome == "approved":
        claim.status = ClaimStatus.APPROVED
        facts = {"claim_id": claim_id, "bursary_id": bursary.id, "amount_pence": claim.amount_pence}
        await session.flush()
        await publish(session, ClaimApproved(**facts))
    else:
        claim.status = ClaimStatus.DECLINED
        await _give_back(session, caller, bursary, claim, body.reason, is_earned=bool(reached))
    await session.flush()
    await audit.record(session, caller, f"claim.{body.outcome}", f"claim:{claim_id}", {"reason": body.reason})
    if body.outcome == "approved":
        # Last: others who move money of the budget wait from here to the commit.
        movement = ledger.Movement(f"claim:{claim_id}", claim.amount_pence, "Claim approved")
        await ledger.move(session, claim.budget, EntryKind.ACCRUAL, [movement])


async def _give_back(
    session: AsyncSession, caller: Principal, bursary: Bursary, claim: Claim, reason: str, *, is_earned: bool
) -> None:
    """The bursary may be claimed again; at once, if the course still counts."""
    cause = f"claim:{claim.id}"
    life.move(bursary, BursaryStatus.CLAIMABLE, reason, by=caller, cause=cause)
    await session.flush()
    if not is_earned:
        life.move(bursary, BursaryStatus.APPROVED, "What had earned it was taken back.", cause=cause)
        await session.flush()


async def _lock(session: AsyncSession, claim_id: UUID) -> tuple[Bursary, Claim]:
    """The bursary, then the claim: the order in which everything locks them."""
    owner = (await session.execute(select(Claim.bursary_id).where(Claim.id == claim_id))).scalar_one_or_none()
    if owner is None:
        raise ClaimNotFound(claim_id)
    bursary = await lock_bursary(session, owner)
    claim = await session.get_one(Claim, claim_id, with_for_update=True, populate_existing=True)
    return bursary, claim
