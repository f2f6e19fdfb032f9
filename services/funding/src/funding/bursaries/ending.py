"""How bursaries end without being paid: the booking is given up, the teacher withdraws, or the day has passed."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.bursaries import life
from funding.bursaries.errors import BursaryNotFound, NothingToWithdraw
from funding.bursaries.locks import lock_all, lock_application
from funding.bursaries.models import LIVE, Bursary, BursaryStatus
from funding.claims.models import ClaimStatus
from funding.claims.stopping import hold_runs, live_claim, stop
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.policies import service as policies
from funding.recoveries import service as recoveries
from funding.recoveries.models import Because
from funding.reviews import service as reviews
from funding.roles import OFFICER

AWAITING = (BursaryStatus.ELIGIBLE, BursaryStatus.NEEDS_REVIEW)
LATE_NEWS = timedelta(days=60)
"""For how long after the last day of a milestone word may still come that it was reached in time."""


async def end_with_booking(session: AsyncSession, booking_id: UUID) -> None:
    """The booking was given up: its bursary ends, and what was reserved for it is available again.

    What was approved and not sent is stopped. Once it was sent the cancellation is only put on record, for recovery.
    Parts of a programme do not end with the one booking that they were applied for with.
    """
    await hold_runs(session, Bursary.booking_id == booking_id)
    for bursary in await lock_all(session, (Bursary.booking_id == booking_id) & Bursary.part.is_(None)):
        if bursary.status not in LIVE:
            continue
        cause = f"booking:{booking_id}"
        if await _end(session, bursary, BursaryStatus.CANCELLED, "The booking was cancelled.", None, cause):
            await audit.record(session, None, "bursary.cancelled", f"bursary:{bursary.id}")
            continue
        await audit.record(session, None, "bursary.cancelled_after_claim", f"bursary:{bursary.id}")
        await recoveries.follow(session, bursary, Because.BOOKING_CANCELLED)


async def withdraw(session: AsyncSession, caller: Principal, bursary_id: UUID, reason: str) -> None:
    """Give up what was applied for: unpaid parts lapse, paid ones can be asked back if the policy says so.

    BursaryNotFound unless it is the caller's own or they are a funding officer; NothingToWithdraw.
    """
    group = select(Bursary.group_id).where(Bursary.id == bursary_id).scalar_subquery()
    await hold_runs(session, (Bursary.id == bursary_id) | (Bursary.group_id == group))
    parts = await lock_application(session, bursary_id)
    is_own = await is_same_person(session, parts[0].teacher_id, caller.id)
    if not is_own and not caller.has_role(OFFICER):
        raise BursaryNotFound(bursary_id)
    live = [one for one in parts if one.status in LIVE]
    cause = f"withdrawal:{bursary_id}"
    ended = [one for one in live if await _end(session, one, BursaryStatus.LAPSED, reason, caller, cause)]
    owed = (BursaryStatus.CLAIMED, BursaryStatus.PAID)
    paid = [one for one in live if one not in ended and one.status in owed and one.part is not None]
    if not ended and not paid:
        raise NothingToWithdraw(f"The bursary is {parts[0].status}.", bursary_status=parts[0].status)
    await session.flush()
    for bursary in paid:
        await _ask_back(session, bursary)
    details: dict[str, audit.JSON] = {"reason": reason, "lapsed": [str(one.id) for one in ended]}
    await audit.record(session, caller, "bursary.withdrawn", f"bursary:{bursary_id}", details)


async def lapse_overdue(session: AsyncSession, today: date, most: int) -> int:
    """Let milestones lapse that can no longer be reached, so many at a time; how many did."""
    overdue = (
        select(Bursary)
        .where(Bursary.status == BursaryStatus.APPROVED, Bursary.earn_by_on < today - LATE_NEWS)
        .order_by(Bursary.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = list(await session.scalars(overdue.execution_options(populate_existing=True)))
    for bursary in found:
        await _end(session, bursary, BursaryStatus.LAPSED, "It was not reached in time.", None, "deadline")
    return len(found)


async def _end(
    session: AsyncSession, bursary: Bursary, to: BursaryStatus, reason: str, by: Principal | None, cause: str
) -> bool:
    """End a bursary unless its money was sent, and release what was reserved; whether it ended."""
    claim = await live_claim(session, bursary.id)
    if claim is not None and claim.status != ClaimStatus.SUBMITTED and not await stop(session, claim, reason):
        return False
    if claim is not None and claim.status == ClaimStatus.SUBMITTED:
        claim.status, claim.reason = ClaimStatus.DECLINED, reason
    if bursary.status not in AWAITING:
        movement = ledger.Movement(f"bursary:{bursary.id}", bursary.amount_pence, reason[:200])
        await ledger.move(session, bursary.budget, EntryKind.RELEASE, [movement])
    life.move(bursary, to, reason, by=by, cause=cause)
    await reviews.forget(session, [f"bursary:{bursary.id}"])
    return True


async def _ask_back(session: AsyncSession, bursary: Bursary) -> None:
    published = await policies.find_version(session, bursary.policy, bursary.policy_version)
    clauses = [
        row.milestones.clawback
        for row in published.policy.rows
        if row.milestones is not None and bursary.part in {part.milestone for part in row.milestones.parts}
    ]
    for clause in clauses:
        if clause.on_withdrawal == "paid_parts":
            await recoveries.follow(session, bursary, Because.PROGRAMME_GIVEN_UP)
