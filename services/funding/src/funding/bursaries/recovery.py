"""A paid bursary whose money came back. Cases of what has to come back are `recoveries`."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import BursaryClawedBack
from funding.bursaries import life
from funding.bursaries.deciding import event_facts
from funding.bursaries.errors import NotPaid
from funding.bursaries.locks import lock_bursary
from funding.bursaries.models import BursaryStatus


async def claw_back(session: AsyncSession, caller: Principal | None, bursary_id: UUID, reason: str, cause: str) -> None:
    """The money of a paid bursary came back; NotPaid when there is none to come back. Posts nothing by itself."""
    bursary = await lock_bursary(session, bursary_id)
    if bursary.status != BursaryStatus.PAID:
        raise NotPaid(f"The bursary is {bursary.status}.", bursary_status=bursary.status)
    life.move(bursary, BursaryStatus.CLAWED_BACK, reason, by=caller, cause=cause)
    await session.flush()
    await publish(session, BursaryClawedBack(**event_facts(bursary), clawed_back_at=clock.now()))
    await audit.record(session, caller, "bursary.clawed_back", f"bursary:{bursary_id}", {"reason": reason})
