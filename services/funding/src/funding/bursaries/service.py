"""The life of a bursary: applied for, decided by rule, approved or declined by a second person, claimable, lapsed."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import BursaryApplied, BursaryApproved, BursaryDeclined
from funding.base import Queryable
from funding.bookings.service import PlacedBooking, is_completed, own_booking, placed_booking
from funding.bursaries.decisions import gather_inputs, policy_for
from funding.bursaries.errors import (
    AlreadyApplied,
    BookingIsCancelled,
    BookingNotFound,
    BursaryNotFound,
    NeedsReview,
    NotAwaitingApproval,
    SelfApproval,
)
from funding.bursaries.models import LIVE, Bursary, BursaryDecision, BursaryStatus
from funding.bursaries.schemas import ApprovalDecision, BursaryPreview
from funding.canonical import canonical
from funding.claims.models import Claim, ClaimStatus
from funding.eligibility.rules import Outcome
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.policies import service as policies
from funding.policies.rules import Decision, Inputs, decide, quota_held
from funding.policies.service import Published
from funding.recoveries import service as recoveries
from funding.recoveries.models import Because
from funding.schools.service import lock_school

AWAITING = (BursaryStatus.ELIGIBLE, BursaryStatus.NEEDS_REVIEW)


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
    decision = decide(published.policy, inputs)
    await _decide(session, bursary, published, inputs, decision)
    facts = _event_facts(bursary)
    await publish(session, BursaryApplied(**facts, policy=bursary.policy, policy_version=bursary.policy_version))
    await _announce_refusal(session, bursary, decision)
    await audit.record(session, caller, "bursary.applied", f"bursary:{bursary.id}", {"status": bursary.status})
    return bursary.id


async def decide_approval(session: AsyncSession, caller: Principal, bursary_id: UUID, body: ApprovalDecision) -> None:
    """Approve or decline as the second person. Approving reserves the money in the same transaction."""
    bursary = await lock_bursary(session, bursary_id)
    if bursary.teacher_id == caller.id:
        raise SelfApproval("A bursary is approved or declined by somebody other than the teacher who applied.")
    if bursary.status not in AWAITING:
        raise NotAwaitingApproval(f"The bursary is {bursary.status}.", bursary_status=bursary.status)
    if body.outcome == "approved" and bursary.status == BursaryStatus.NEEDS_REVIEW:
        raise NeedsReview("Facts about the school are missing; it is decided again as soon as they arrive.")
    bursary.decided_by, bursary.decided_at, bursary.decision_reason = caller.id, clock.now(), body.reason
    if body.outcome == "approved":
        await _approve(session, bursary)
    else:
        bursary.status = BursaryStatus.DECLINED
        await publish(session, BursaryDeclined(**_event_facts(bursary), reason=body.reason))
    details: dict[str, audit.JSON] = {"amount_pence": bursary.amount_pence, "reason": body.reason}
    await audit.record(session, caller, f"bursary.{body.outcome}", f"bursary:{bursary_id}", details)


async def _approve(session: AsyncSession, bursary: Bursary) -> None:
    movement = ledger.Movement(f"bursary:{bursary.id}", bursary.amount_pence, "Bursary approved")
    await ledger.move(session, bursary.budget, EntryKind.RESERVATION, [movement])
    completed = await is_completed(session, bursary.booking_id, bursary.teacher_id)
    bursary.status = BursaryStatus.CLAIMABLE if completed else BursaryStatus.APPROVED
    assert bursary.decided_at is not None
    await publish(session, BursaryApproved(**_event_facts(bursary), approved_at=bursary.decided_at))


async def make_claimable(session: AsyncSession, booking_id: UUID) -> None:
    """The course of a booking was completed: an approved bursary may be claimed.

    Locks the bursary whatever its status, so that an approval under way either sees the completion or is seen here.
    """
    for bursary in await _lock_all(session, Bursary.booking_id == booking_id):
        if bursary.status not in (BursaryStatus.APPROVED, BursaryStatus.CLAIMED, BursaryStatus.PAID):
            continue
        if not await is_completed(session, booking_id, bursary.teacher_id):
            continue
        if bursary.status != BursaryStatus.APPROVED:
            await recoveries.drop(session, bursary)
        else:
            bursary.status = BursaryStatus.CLAIMABLE
            await audit.record(session, None, "bursary.claimable", f"bursary:{bursary.id}")


async def withdraw_claimable(session: AsyncSession, booking_id: UUID) -> None:
    """The completion of a booking was withdrawn: what was not claimed yet cannot be claimed any more.

    Once it is claimed a person has to decide; it is then only put on record, for recovery.
    """
    for bursary in await _lock_all(session, Bursary.booking_id == booking_id):
        if await is_completed(session, booking_id, bursary.teacher_id):
            continue
        if bursary.status == BursaryStatus.CLAIMABLE:
            bursary.status = BursaryStatus.APPROVED
            await audit.record(session, None, "bursary.no_longer_claimable", f"bursary:{bursary.id}")
        elif bursary.status in (BursaryStatus.CLAIMED, BursaryStatus.PAID):
            await audit.record(session, None, "bursary.completion_withdrawn_after_claim", f"bursary:{bursary.id}")
            await recoveries.follow(session, bursary, Because.COMPLETION_WITHDRAWN)


async def lapse(session: AsyncSession, booking_id: UUID) -> None:
    """The booking was given up: its bursary ends, and what was reserved for it is available again.

    Once the claim is approved the money is owed; the cancellation is then only put on record, for recovery.
    """
    for bursary in await _lock_all(session, Bursary.booking_id == booking_id):
        if bursary.status not in LIVE:
            continue
        claim = await _live_claim(session, bursary.id)
        if claim is not None and claim.status != ClaimStatus.SUBMITTED:
            await audit.record(session, None, "bursary.cancelled_after_claim", f"bursary:{bursary.id}")
            await recoveries.follow(session, bursary, Because.BOOKING_CANCELLED)
            continue
        if claim is not None:
            claim.status, claim.reason = ClaimStatus.DECLINED, "The booking was cancelled."
        if bursary.status not in AWAITING:
            movement = ledger.Movement(f"bursary:{bursary.id}", bursary.amount_pence, "Booking cancelled")
            await ledger.move(session, bursary.budget, EntryKind.RELEASE, [movement])
        bursary.status = BursaryStatus.CANCELLED
        await audit.record(session, None, "bursary.cancelled", f"bursary:{bursary.id}")


async def decide_again(session: AsyncSession, school_urn: str) -> None:
    """Facts about a school have changed: decide again, by the same policy versions, what needed review.

    The caller holds the school's lock, so that no application of the school is decided on the older facts meanwhile.
    """
    for bursary in await _lock_all(session, Bursary.school_urn == school_urn):
        if bursary.status != BursaryStatus.NEEDS_REVIEW:
            continue
        booking = await placed_booking(session, bursary.booking_id)
        published = await policies.find_version(session, bursary.policy, bursary.policy_version)
        inputs = await gather_inputs(session, published, booking, bursary.applied_on, bursary.id)
        decision = decide(published.policy, inputs)
        await _decide(session, bursary, published, inputs, decision)
        await _announce_refusal(session, bursary, decision)
        await audit.record(session, None, "bursary.decided", f"bursary:{bursary.id}", {"status": bursary.status})


async def schools_in_review(session: AsyncSession) -> list[str]:
    """Schools with an application that a person would have to look at, in the order in which to lock them."""
    waiting = select(Bursary.school_urn).where(Bursary.status == BursaryStatus.NEEDS_REVIEW)
    return list(await session.scalars(waiting.distinct().order_by(Bursary.school_urn)))


async def lock_bursary(session: AsyncSession, bursary_id: UUID) -> Bursary:
    """The bursary, held until commit, or BursaryNotFound."""
    found = await session.get(Bursary, bursary_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise BursaryNotFound(bursary_id)
    return found


async def _lock_all(session: AsyncSession, condition: ColumnElement[bool]) -> list[Bursary]:
    query = select(Bursary).where(condition).order_by(Bursary.id).with_for_update()
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())


async def _live_claim(session: AsyncSession, bursary_id: UUID) -> Claim | None:
    live = select(Claim).where(Claim.bursary_id == bursary_id, Claim.status != ClaimStatus.DECLINED)
    return (await session.execute(live.with_for_update())).scalar_one_or_none()


async def _own_booking(db: Queryable, caller: Principal, booking_id: UUID, *, hold: bool) -> PlacedBooking:
    found = await own_booking(db, booking_id, caller.id, caller.attributes.get("school_urn"), hold=hold)
    if found is None:
        raise BookingNotFound(booking_id)
    return found


async def _refuse_second_application(session: AsyncSession, booking_id: UUID) -> None:
    live = select(Bursary.id).where(Bursary.booking_id == booking_id, Bursary.status.in_(LIVE))
    found = (await session.execute(live)).scalar_one_or_none()
    if found is not None:
        raise AlreadyApplied("A bursary has been applied for with this booking.", bursary_id=str(found))


async def _decide(
    session: AsyncSession, bursary: Bursary, published: Published, inputs: Inputs, decision: Decision
) -> None:
    bursary.decisions += 1
    bursary.status = BursaryStatus(decision.outcome)
    bursary.amount_pence, bursary.fee_pence = decision.amount_pence, decision.fee_pence
    bursary.quota_key = quota_held(published.policy, inputs, decision)
    session.add(bursary)
    await session.flush()
    session.add(
        BursaryDecision(
            bursary_id=bursary.id,
            ordinal=bursary.decisions,
            outcome=decision.outcome,
            inputs=canonical(inputs),
            result=canonical(decision),
            decided_at=clock.now(),
        )
    )
    await session.flush()


async def _announce_refusal(session: AsyncSession, bursary: Bursary, decision: Decision) -> None:
    if decision.outcome is Outcome.INELIGIBLE:
        await publish(session, BursaryDeclined(**_event_facts(bursary), reason=decision.reason))


def _event_facts(bursary: Bursary) -> dict[str, UUID | int]:
    return {
        "bursary_id": bursary.id,
        "teacher_id": bursary.teacher_id,
        "booking_id": bursary.booking_id,
        "amount_pence": bursary.amount_pence,
    }
