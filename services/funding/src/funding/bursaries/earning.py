"""What is earned: by completing the booked course, or by reaching a milestone; and what is not earned any more."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.known_as import is_theirs
from funding.bookings.service import completed_bookings, courses_attended, is_completed
from funding.bursaries import life
from funding.bursaries.decisions import milestone_of
from funding.bursaries.locks import lock_all
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.certificates.service import GCSE_PROGRAMME, completed_on
from funding.claims.models import ClaimStatus
from funding.claims.stopping import hold_runs, live_claim, stop
from funding.policies.milestones import Earned, earned
from funding.recoveries import service as recoveries
from funding.recoveries.models import Because

PROGRAMME = "gcse_subject_knowledge"
"""The one programme that is paid part by part; its certificate says that it was completed."""
EARNING = (BursaryStatus.APPROVED, BursaryStatus.CLAIMABLE, BursaryStatus.CLAIMED, BursaryStatus.PAID)


async def follow_completion(session: AsyncSession, booking_id: UUID, cause: str) -> None:
    """The completion of a booking was told of, or taken back: its bursary follows.

    Locks the bursary whatever its status, so that an approval under way either sees the completion or is seen here.
    """
    chosen = (Bursary.booking_id == booking_id) & Bursary.part.is_(None)
    await hold_runs(session, chosen)
    for bursary in await lock_all(session, chosen):
        is_earned = await is_completed(session, booking_id, bursary.teacher_id)
        await _follow(session, bursary, cause if is_earned else None, cause)


async def follow_milestones(session: AsyncSession, teacher_id: UUID, cause: str) -> None:
    """A course or the programme was completed, or that was taken back: the parts follow."""
    chosen = is_theirs(Bursary.teacher_id, teacher_id) & Bursary.part.is_not(None)
    await hold_runs(session, chosen)
    parts = await lock_all(session, chosen)
    live = [one for one in parts if one.status in EARNING]
    if not live:
        return
    reached = await milestones_reached(session, live)
    for bursary in live:
        found = reached.get(bursary.id)
        await _follow(session, bursary, found.cause if found else None, cause)


async def milestones_reached(session: AsyncSession, parts: list[Bursary]) -> Mapping[UUID, Earned]:
    """Of bursaries of one teacher that are parts: those that are reached, each with what reached it."""
    teacher_id = parts[0].teacher_id
    query = select(BursaryDecision.bursary_id, BursaryDecision.result).join(
        Bursary, (Bursary.id == BursaryDecision.bursary_id) & (Bursary.decisions == BursaryDecision.ordinal)
    )
    rows = await session.execute(query.where(Bursary.id.in_([one.id for one in parts])))
    milestones = {row.bursary_id: milestone_of(row.result) for row in rows}
    courses = await courses_attended(session, teacher_id, PROGRAMME)
    completed = await completed_on(session, teacher_id, GCSE_PROGRAMME)
    cause = f"certificate:{GCSE_PROGRAMME}"
    return {one: found for one, part in milestones.items() for found in earned([part], courses, completed, cause)}


async def _follow(session: AsyncSession, bursary: Bursary, earned_by: str | None, cause: str) -> None:
    subject = f"bursary:{bursary.id}"
    if earned_by is not None and bursary.status == BursaryStatus.APPROVED:
        life.move(bursary, BursaryStatus.CLAIMABLE, "It was earned.", cause=earned_by)
        await audit.record(session, None, "bursary.claimable", subject)
    elif earned_by is None and bursary.status == BursaryStatus.CLAIMABLE:
        life.move(bursary, BursaryStatus.APPROVED, "What had earned it was taken back.", cause=cause)
        await audit.record(session, None, "bursary.no_longer_claimable", subject)
    elif bursary.status in (BursaryStatus.CLAIMED, BursaryStatus.PAID):
        if earned_by is not None:
            await recoveries.drop(session, bursary)
            return
        if await _stopped(session, bursary, cause):
            return
        # While it is only claimed a person has to decide; once it was sent, the money has to come back.
        await audit.record(session, None, "bursary.completion_withdrawn_after_claim", subject)
        await recoveries.follow(session, bursary, Because.COMPLETION_WITHDRAWN)


async def _stopped(session: AsyncSession, bursary: Bursary, cause: str) -> bool:
    """Withdraw an approved claim that nothing was sent for; the bursary is approved as before, and may be earned."""
    claim = await live_claim(session, bursary.id)
    if claim is None or claim.status == ClaimStatus.SUBMITTED:
        return False
    if not await stop(session, claim, "What had earned it was taken back."):
        return False
    life.move(bursary, BursaryStatus.CLAIMABLE, "The claim was withdrawn before it was paid.", cause=cause)
    await session.flush()
    life.move(bursary, BursaryStatus.APPROVED, "What had earned it was taken back.", cause=cause)
    await audit.record(session, None, "bursary.no_longer_claimable", f"bursary:{bursary.id}")
    return True


async def earned_by(session: AsyncSession, bursaries: Collection[Bursary]) -> Mapping[UUID, str]:
    """Of these bursaries those that are earned already, and by what."""
    whole = {one.booking_id: one for one in bursaries if one.part is None}
    completed = await completed_bookings(session, {booking: one.teacher_id for booking, one in whole.items()})
    found = {whole[booking].id: f"booking:{booking}" for booking in completed}
    of_teachers: dict[UUID, list[Bursary]] = defaultdict(list)
    for one in bursaries:
        if one.part is not None:
            of_teachers[one.teacher_id].append(one)
    for parts in of_teachers.values():
        found |= {one: reached.cause for one, reached in (await milestones_reached(session, parts)).items()}
    return found
