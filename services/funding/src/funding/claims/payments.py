"""Claims as payment runs pay them. Bursaries are locked before their claims, as everywhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, String, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.funding import BursaryPaid, BursaryPaymentReturned
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.claims.models import Claim, ClaimStatus
from funding.overrides.facts import RESTS_ON_ATTESTED
from funding.payment_runs.models import Payment
from funding.payment_runs.sources import Owed, Returned, Source

AS_IS = {"synchronize_session": False}


async def owed(session: AsyncSession, budget: str) -> list[Owed]:
    """Approved claims in no run. Of two runs prepared at once, the second waits and finds these gone."""
    inputs = cast(BursaryDecision.inputs, JSONB)
    rests_on_attested = func.jsonb_path_exists(inputs, cast(literal(RESTS_ON_ATTESTED), JSONPATH))
    holds = (BursaryDecision.bursary_id == Bursary.id) & (BursaryDecision.ordinal == Bursary.decisions)
    waiting = (
        select(Claim, Bursary.course_code, Bursary.second_approved_by, rests_on_attested)
        .join(Bursary, Bursary.id == Claim.bursary_id)
        .join(BursaryDecision, holds)
        .where(Claim.budget == budget, Claim.status == ClaimStatus.APPROVED)
        .order_by(Claim.id)
        .with_for_update(of=Claim)
    )
    return [_owed(*row) for row in await session.execute(waiting)]


def _owed(claim: Claim, course_code: str, second_approved_by: UUID | None, is_override: bool) -> Owed:
    assert claim.decided_by is not None
    people = {claim.claimant_id, claim.bursary_approved_by, claim.decided_by, second_approved_by}
    facts: dict[str, object] = {
        "claim_id": claim.id,
        "bursary_id": claim.bursary_id,
        "payee_urn": claim.payee_urn,
        "claimant_id": claim.claimant_id,
        "bursary_approved_by": claim.bursary_approved_by,
        "claim_approved_by": claim.decided_by,
    }
    return Owed(
        kind="claim",
        id=claim.id,
        budget=claim.budget,
        payee_key=f"school:{claim.payee_urn}",
        amount_pence=claim.amount_pence,
        narrative=f"Bursary, course {course_code}",
        people=frozenset(one for one in people if one is not None),
        source=f"claim:{claim.id}",
        is_override=is_override,
        facts=facts,
    )


async def schedule(session: AsyncSession, run_id: UUID, claims: Collection[UUID]) -> None:
    """These are in this run now."""
    values = {"status": ClaimStatus.SCHEDULED, "payment_run_id": run_id}
    await session.execute(update(Claim).where(Claim.id.in_(claims)).values(values), execution_options=AS_IS)


async def unschedule(session: AsyncSession, claims: Collection[UUID]) -> None:
    """These are owed as before."""
    values = {"status": ClaimStatus.APPROVED, "payment_run_id": None}
    await session.execute(update(Claim).where(Claim.id.in_(claims)).values(values), execution_options=AS_IS)


async def pay(session: AsyncSession, run_id: UUID, claims: Collection[UUID], paid_at: datetime) -> None:
    """These were paid: so are their bursaries."""
    why = {"moved_because": "Paid.", "moved_cause": f"payment_run:{run_id}", "moved_at": paid_at}
    bursaries = await session.execute(
        update(Bursary)
        .where(Bursary.id.in_(_bursaries_of(claims)), Bursary.status == BursaryStatus.CLAIMED)
        .values(status=BursaryStatus.PAID, **why)
        .returning(Bursary.id, Bursary.teacher_id, Bursary.booking_id, Bursary.amount_pence)
        .execution_options(synchronize_session=False)
    )
    events = [
        BursaryPaid(
            bursary_id=row.id,
            teacher_id=row.teacher_id,
            booking_id=row.booking_id,
            amount_pence=row.amount_pence,
            payment_run_id=run_id,
            paid_at=paid_at,
        )
        for row in bursaries
    ]
    await session.execute(
        update(Claim).where(Claim.id.in_(claims)).values(status=ClaimStatus.PAID), execution_options=AS_IS
    )
    await publish(session, *events)


async def hold(session: AsyncSession, claims: Collection[UUID]) -> None:
    """Nobody else changes these or their bursaries until commit."""
    bursaries = select(Bursary.id).where(Bursary.id.in_(_bursaries_of(claims))).order_by(Bursary.id)
    await session.execute(bursaries.with_for_update())
    await session.execute(select(Claim.id).where(Claim.id.in_(claims)).order_by(Claim.id).with_for_update())


async def unpay(
    session: AsyncSession, returned: Collection[Returned], actor_id: UUID | None, returned_at: datetime
) -> None:
    """The money came back: the claims are owed again, and their bursaries claimed as before they were paid."""
    paid_for = {one.award_id: one for one in returned}
    rows = await session.execute(
        select(Claim.id.label("claim_id"), Bursary.id, Bursary.teacher_id, Bursary.booking_id, Bursary.amount_pence)
        .join(Bursary, Bursary.id == Claim.bursary_id)
        .where(Claim.id.in_(paid_for))
        .order_by(Bursary.id)
    )
    found = rows.all()
    why = {"moved_by": actor_id, "moved_because": "The bank sent the payment back.", "moved_at": returned_at}
    cause = literal("payment:") + cast(Payment.id, String)
    changed = update(Bursary).where(
        Payment.bursary_id == Bursary.id, Payment.id.in_([one.payment_id for one in returned])
    )
    await session.execute(
        changed.values(status=BursaryStatus.CLAIMED, moved_cause=cause, **why), execution_options=AS_IS
    )
    await unschedule(session, list(paid_for))
    events = [
        BursaryPaymentReturned(
            bursary_id=row.id,
            teacher_id=row.teacher_id,
            booking_id=row.booking_id,
            amount_pence=row.amount_pence,
            payment_run_id=paid_for[row.claim_id].payment_run_id,
            returned_at=returned_at,
        )
        for row in found
    ]
    await publish(session, *events)


def _bursaries_of(claims: Collection[UUID]) -> Select[UUID]:
    return select(Claim.bursary_id).where(Claim.id.in_(claims))


SOURCE = Source(owed=owed, schedule=schedule, unschedule=unschedule, pay=pay, hold=hold, unpay=unpay)
