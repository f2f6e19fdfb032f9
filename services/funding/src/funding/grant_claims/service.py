"""Claims days and travel on an award: at the rate of the day, within the rate's cap and the award, by two people."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.budgets.service import Award
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_claims.errors import AboveCap, GrantClaimDecided, GrantClaimNotFound, LineRefused
from funding.grant_claims.models import ClaimedStatus, GrantClaim, GrantClaimLine, GrantRate, RateKind
from funding.grant_claims.queries import claimed_at_rate, submitted_pence
from funding.grant_claims.schemas import ClaimLine, GrantClaimSubmission, RateOut
from funding.grant_drawdowns.queries import waiting_pence
from funding.grants.access import acted_on_by, seen_by
from funding.grants.errors import SameGrantPerson
from funding.grants.models import GrantAward, GrantInstalment, GrantStatus
from funding.grants.records import lock_grant, note, people_of, require_status, undrawn
from funding.payables import service as payables
from funding.payables.service import Debt
from funding.policies.amounts import whole_pence


async def import_rates(session: AsyncSession, rates: Sequence[RateOut]) -> None:
    """Add the rates that are not held yet; a rate that is held never changes."""
    rows = [one.model_dump() for one in rates]
    await session.execute(insert(GrantRate).values(rows).on_conflict_do_nothing())


async def submit(session: AsyncSession, caller: Principal, grant_id: UUID, body: GrantClaimSubmission) -> UUID:
    """Claim on an award; each line at the rate in force on its day."""
    grant = await lock_grant(session, grant_id, acted_on_by(caller))
    require_status(grant, GrantStatus.ACCEPTED)
    claim_id = new_id()
    lines = [await _line(session, claim_id, number, one) for number, one in enumerate(body.lines, start=1)]
    total = sum(one.amount_pence for one in lines)
    await _refuse_above_caps(session, grant, lines)
    free = undrawn(grant) - await waiting_pence(session, grant_id) - await submitted_pence(session, grant_id)
    if total > free:
        raise AboveCap(f"The grant holds {max(free, 0)} pence that nobody has asked for.", at_most_pence=max(free, 0))
    facts = {"id": claim_id, "grant_id": grant_id, "amount_pence": total, "status": ClaimedStatus.SUBMITTED}
    session.add(GrantClaim(**facts, claimed_by=caller.id, claimed_at=clock.now()))
    await session.flush()
    session.add_all(lines)
    await note(session, grant, caller, "claim_submitted", amount_pence=total)
    return claim_id


async def decide(
    session: AsyncSession, caller: Principal, grant_id: UUID, claim_id: UUID, body: ApprovalDecision
) -> None:
    """Approve or decline as the second person. What is approved is owed, and waits for a payment run."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    claim = await session.get(GrantClaim, claim_id, with_for_update=True, populate_existing=True)
    if claim is None or claim.grant_id != grant_id:
        raise GrantClaimNotFound("The grant has no such claim.")
    if claim.status != ClaimedStatus.SUBMITTED:
        raise GrantClaimDecided(f"The claim is {claim.status}.", claim_status=claim.status)
    if claim.claimed_by == caller.id:
        raise SameGrantPerson("A claim is decided by somebody other than the one who made it.")
    if body.outcome == "approved":
        await _owe(session, caller, grant, claim)
    claim.status = ClaimedStatus(body.outcome)
    claim.decided_by, claim.decided_at, claim.reason = caller.id, clock.now(), body.reason
    await note(session, grant, caller, f"claim_{body.outcome}", reason=body.reason, amount_pence=claim.amount_pence)


async def _line(session: AsyncSession, claim_id: UUID, number: int, told: ClaimLine) -> GrantClaimLine:
    rate = await _rate(session, told.rate, told.happened_on)
    if rate is None:
        raise LineRefused(f"Line {number}: no rate {told.rate} was in force on {told.happened_on}.", line=number)
    if told.happened_on > clock.today():
        raise LineRefused(f"Line {number}: {told.happened_on} is still to come.", line=number)
    if (rate.kind == RateKind.DAY) != (told.days is not None) or (told.days is None) == (told.cost_pence is None):
        wanted = "days" if rate.kind == RateKind.DAY else "cost_pence"
        raise LineRefused(f"Line {number}: {told.rate} is claimed by {wanted} alone.", line=number)
    quantity, pence = (told.days, rate.day_pence) if rate.kind == RateKind.DAY else (Decimal(1), told.cost_pence)
    assert quantity is not None
    assert pence is not None
    kept = told.model_dump(include={"rate", "what", "happened_on", "evidence"})
    amount = whole_pence(quantity * pence) if told.days is not None else pence
    return GrantClaimLine(
        claim_id=claim_id, number=number, quantity=quantity, rate_pence=pence, amount_pence=amount, **kept
    )


async def _rate(session: AsyncSession, rate: str, on: date) -> GrantRate | None:
    query = select(GrantRate).where(GrantRate.rate == rate, GrantRate.effective_from <= on)
    return (await session.execute(query.order_by(GrantRate.effective_from.desc()).limit(1))).scalar_one_or_none()


async def _refuse_above_caps(session: AsyncSession, grant: GrantAward, lines: Sequence[GrantClaimLine]) -> None:
    for rate in {one.rate for one in lines}:
        held = await _rate(session, rate, max(one.happened_on for one in lines if one.rate == rate))
        if held is None or held.cap_pence is None:
            continue
        claimed = await claimed_at_rate(session, grant.id, rate)
        now = sum(one.amount_pence for one in lines if one.rate == rate)
        if claimed + now > held.cap_pence:
            left = max(held.cap_pence - claimed, 0)
            raise AboveCap(f"Of {rate} this grant has {left} pence left.", at_most_pence=left)


async def _owe(session: AsyncSession, caller: Principal, grant: GrantAward, claim: GrantClaim) -> None:
    require_status(grant, GrantStatus.ACCEPTED)
    if claim.amount_pence > undrawn(grant):
        raise AboveCap("The award was adjusted since: decline the claim.", at_most_pence=undrawn(grant))
    assert caller.id is not None
    await _take_from_instalments(session, grant.id, claim.amount_pence)
    grant.drawn_pence += claim.amount_pence
    debt = Debt(
        subject=f"grant:{grant.id}",
        budget=grant.budget,
        payee_kind=grant.recipient_kind,
        payee_id=grant.recipient_id,
        payee_name=grant.recipient_name,
        amount_pence=claim.amount_pence,
        narrative=f"Days and travel, {grant.card} {grant.reference}",
        requested_by=claim.claimed_by,
        approved_by=caller.id,
        people=await people_of(session, grant),
    )
    await payables.owe(session, Award("grant_claim", claim.id), debt)


async def _take_from_instalments(session: AsyncSession, grant_id: UUID, pence: int) -> None:
    """What is claimed cannot be drawn as well: it comes off the instalments, the first first."""
    query = select(GrantInstalment).where(GrantInstalment.grant_id == grant_id).order_by(GrantInstalment.number)
    for one in (await session.execute(query.with_for_update())).scalars():
        taken = min(pence, one.amount_pence - one.drawn_pence - one.cancelled_pence)
        one.drawn_pence += taken
        pence -= taken
