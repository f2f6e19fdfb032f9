"""A bursary is previewed, applied for, decided by rule, and approved or declined by a second person."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.base import Queryable
from funding.bookings.service import PlacedBooking, own_booking
from funding.bursaries.deciding import announce_application, decide_bursary
from funding.bursaries.decisions import gather_inputs, policy_for
from funding.bursaries.errors import (
    AlreadyApplied,
    BookingIsCancelled,
    BookingNotFound,
)
from funding.bursaries.models import LIVE, Bursary
from funding.bursaries.schemas import BursaryPreview
from funding.policies.rules import decide
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
