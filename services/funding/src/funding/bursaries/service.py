"""A bursary is previewed, applied for, decided by rule, and approved or declined by a second person."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import BursaryApproved, BursaryDeclined
from funding.base import Queryable
from funding.bookings.service import PlacedBooking, own_booking
from funding.bursaries import life
from funding.bursaries.deciding import announce_application, decide_bursary, event_facts
from funding.bursaries.decisions import gather_inputs, policy_for
from funding.bursaries.earning import earned_by
from funding.bursaries.ending import AWAITING
from funding.bursaries.errors import (
    AlreadyApplied,
    BookingIsCancelled,
    BookingNotFound,
    DecisionExpired,
    NeedsReview,
    NotAwaitingApproval,
    SelfApproval,
)
from funding.bursaries.locks import lock_application
from funding.bursaries.models import FUNDED, LIVE, Bursary, BursaryDecision, BursaryStatus
from funding.bursaries.schemas import ApprovalDecision, BursaryPreview
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.policies.rules import decide
from funding.reviews import service as reviews
from funding.schools.service import lock_school


async def preview(db: Queryable, caller: Principal, booking_id: UUID) -> BursaryPreview:
    """What an application would be told now; BookingNotFound when the booking is not the caller's own."""
    booking = await _own_booking(db, caller, booking_id, hold=False)
    today = clock.today()
    published = await policy_for(db, booking, today)
    decision = decide(published.policy, await gather_inputs(db, published, booking, today))
    fields = decision.model_dump(exclude={"version", "row"})
    return BursaryPreview.model_validate(fields | {"booking_id": booking_id, "policy_version": decision.version})


async def apply(session: AsyncSession, caller: Principal, booking_id: UUID) -> UUID:
    """Apply for the bursary of one's own booking; the rule decides at once, and the decision is kept."""
    await lock_school(session, caller.attributes.get("school_urn", ""))
    booking = await _own_booking(session, caller, booking_id, hold=True)
    if booking.cancelled_at is not None:
        raise BookingIsCancelled("A bursary is for a course that will be attended; this booking was given up.")
    await _refuse_second_application(session, booking_id)
    now, today = clock.now(), clock.today()
    published = await policy_for(session, booking, today)
    bursary = Bursary(
        id=new_id(),
        booking_id=booking_id,
        teacher_id=booking.teacher_id,
        school_urn=booking.school_urn,
        course_code=booking.course_code,
        days=booking.days,
        policy=published.policy.policy,
        policy_version=published.policy.version,
        budget=published.budget,
        decisions=0,
        applied_on=today,
        applied_at=now,
    )
    inputs = await gather_inputs(session, published, booking, today)
    # The application is told of before what became of it.
    applied = decide(published.policy, inputs)
    bursary.amount_pence = applied.milestones[0].amount_pence if applied.milestones else applied.amount_pence
    await announce_application(session, bursary)
    await decide_bursary(session, bursary, published, inputs, f"application:{bursary.id}", caller.id)
    await audit.record(session, caller, "bursary.applied", f"bursary:{bursary.id}", {"status": bursary.status})
    return bursary.id


async def decide_approval(session: AsyncSession, caller: Principal, bursary_id: UUID, body: ApprovalDecision) -> None:
    """Approve or decline as the second person, and above the policy's threshold as the third.

    All parts of an application are decided together. The last approval reserves the money in the same transaction.
    """
    parts = await lock_application(session, bursary_id)
    asked = next(one for one in parts if one.id == bursary_id)
    waiting = [one for one in parts if one.status in AWAITING]
    if asked.teacher_id == caller.id:
        raise SelfApproval("A bursary is approved or declined by somebody other than the teacher who applied.")
    if asked.status not in AWAITING:
        raise NotAwaitingApproval(f"The bursary is {asked.status}.", bursary_status=asked.status)
    if asked.decided_by == caller.id:
        raise SelfApproval("You approved it before; above the policy's threshold somebody else has to approve too.")
    if body.outcome == "approved":
        await _approve(session, caller, waiting, body.reason)
    else:
        await _decline(session, caller, waiting, body.reason)
    details: dict[str, audit.JSON] = {"amount_pence": asked.amount_pence, "reason": body.reason}
    await audit.record(session, caller, f"bursary.{body.outcome}", f"bursary:{bursary_id}", details)
    # Last, because everybody who spends from the budget waits for its accounts from here to the commit.
    if asked.status in FUNDED:
        await _reserve(session, waiting)


async def _approve(session: AsyncSession, caller: Principal, parts: list[Bursary], reason: str) -> None:
    if any(one.status == BursaryStatus.NEEDS_REVIEW for one in parts):
        raise NeedsReview("Facts about the school are missing; it is decided again as soon as they arrive.")
    await _refuse_expired(session, parts)
    reached = await earned_by(session, parts)
    now = clock.now()
    if all(one.decided_by is None for one in parts):
        for bursary in parts:
            bursary.decided_by, bursary.decided_at, bursary.decision_reason = caller.id, now, reason
        if any(_needs_second(one) for one in parts):
            await session.flush()
            return
    else:
        for bursary in parts:
            bursary.second_approved_by, bursary.second_approved_at = caller.id, now
    for bursary in parts:
        to = BursaryStatus.CLAIMABLE if bursary.id in reached else BursaryStatus.APPROVED
        life.move(bursary, to, reason, by=caller, cause=reached.get(bursary.id))
    await session.flush()
    await publish(session, *(BursaryApproved(**event_facts(one), approved_at=now) for one in parts))


def _needs_second(bursary: Bursary) -> bool:
    threshold = bursary.second_approval_above_pence
    return threshold is not None and bursary.amount_pence > threshold


async def _reserve(session: AsyncSession, parts: list[Bursary]) -> None:
    movements = [ledger.Movement(f"bursary:{one.id}", one.amount_pence, "Bursary approved") for one in parts]
    await ledger.move(session, parts[0].budget, EntryKind.RESERVATION, movements)


async def _decline(session: AsyncSession, caller: Principal, parts: list[Bursary], reason: str) -> None:
    for bursary in parts:
        if bursary.decided_by is None:
            bursary.decided_by, bursary.decided_at, bursary.decision_reason = caller.id, clock.now(), reason
        life.move(bursary, BursaryStatus.DECLINED, reason, by=caller)
        await publish(session, BursaryDeclined(**event_facts(bursary), reason=reason))
    await session.flush()
    await reviews.forget(session, [f"bursary:{one.id}" for one in parts])


async def _refuse_expired(session: AsyncSession, parts: list[Bursary]) -> None:
    ends = select(BursaryDecision.valid_until_on).join(
        Bursary, (Bursary.id == BursaryDecision.bursary_id) & (Bursary.decisions == BursaryDecision.ordinal)
    )
    expired = ends.where(
        Bursary.id.in_([one.id for one in parts]), BursaryDecision.valid_until_on < clock.today()
    ).limit(1)
    ended_on = await session.scalar(expired)
    if ended_on is not None:
        raise DecisionExpired(f"The decision held until {ended_on}; it is about to be made again.")


async def _own_booking(db: Queryable, caller: Principal, booking_id: UUID, *, hold: bool) -> PlacedBooking:
    found = await own_booking(db, booking_id, caller.id, caller.attributes.get("school_urn"), hold=hold)
    if found is None:
        raise BookingNotFound(booking_id)
    return found


async def _refuse_second_application(session: AsyncSession, booking_id: UUID) -> None:
    live = select(Bursary.id).where(Bursary.booking_id == booking_id, Bursary.status.in_(LIVE))
    found = (await session.execute(live.order_by(Bursary.id).limit(1))).scalar_one_or_none()
    if found is not None:
        raise AlreadyApplied("A bursary has been applied for with this booking.", bursary_id=str(found))
