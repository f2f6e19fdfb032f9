"""Claims as payment runs pay them. Bursaries are locked before their claims, as everywhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.funding import BursaryPaid
from funding.bursaries.models import Bursary, BursaryStatus
from funding.claims.models import Claim, ClaimStatus
from funding.payment_runs.sources import Owed, Source

AS_IS = {"synchronize_session": False}


async def owed(session: AsyncSession, budget: str) -> list[Owed]:
    """Approved claims in no run. Of two runs prepared at once, the second waits and finds these gone."""
    waiting = (
        select(Claim, Bursary.course_code, Bursary.second_approved_by)
        .join(Bursary, Bursary.id == Claim.bursary_id)
        .where(Claim.budget == budget, Claim.status == ClaimStatus.APPROVED)
        .order_by(Claim.id)
        .with_for_update(of=Claim)
    )
    return [_owed(*row) for row in await session.execute(waiting)]


def _owed(claim: Claim, course_code: str, second_approved_by: UUID | None) -> Owed:
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


async def unpay(session: AsyncSession, claims: Collection[UUID]) -> None:
    """The money came back: the claims are owed again. Their bursaries stay paid, since they are to be paid again."""
    await unschedule(session, claims)


def _bursaries_of(claims: Collection[UUID]) -> Select[UUID]:
    return select(Claim.bursary_id).where(Claim.id.in_(claims))


SOURCE = Source(owed=owed, schedule=schedule, unschedule=unschedule, pay=pay, unpay=unpay)
