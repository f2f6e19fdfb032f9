"""Stops what was approved and not yet sent when what it was for goes away, so that nobody has to ask it back."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from funding.bursaries.models import Bursary
from funding.claims.models import Claim, ClaimStatus
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.payment_runs import service as payment_runs
from funding.payment_runs.models import SENT, PaymentRun


async def hold_runs(session: AsyncSession, chosen: ColumnElement[bool]) -> None:
    """Lock the runs in which bursaries wait to be paid, before the bursaries themselves: a release does so too."""
    waiting = (
        select(PaymentRun.id)
        .join(Claim, Claim.payment_run_id == PaymentRun.id)
        .join(Bursary, Bursary.id == Claim.bursary_id)
        .where(chosen, PaymentRun.status.not_in(SENT))
        .order_by(PaymentRun.id)
        .with_for_update(of=PaymentRun)
    )
    await session.execute(waiting)


async def live_claim(session: AsyncSession, bursary_id: UUID) -> Claim | None:
    """The claim of a bursary that was neither declined nor withdrawn, held until commit."""
    ended = (ClaimStatus.DECLINED, ClaimStatus.WITHDRAWN)
    query = select(Claim).where(Claim.bursary_id == bursary_id, Claim.status.not_in(ended)).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def stop(session: AsyncSession, claim: Claim, reason: str) -> bool:
    """Withdraw an approved claim unless its money was sent; whether it was. The reservation stays with the bursary."""
    if claim.status == ClaimStatus.SCHEDULED and not await payment_runs.take_out(session, "claim", claim.id, reason):
        return False
    await session.refresh(claim)
    if claim.status != ClaimStatus.APPROVED:
        return False
    await ledger.reverse(session, EntryKind.ACCRUAL, [f"claim:{claim.id}"], reason[:200])
    claim.status = ClaimStatus.WITHDRAWN
    await session.flush()
    await audit.record(session, None, "claim.withdrawn", f"claim:{claim.id}", {"reason": reason})
    return True
