"""The places of one run: taken, freed, offered to whoever is next. The caller holds the run's row throughout.

Because every change of a run's bookings is made under that row, there is one order of events for a run: it is never
oversold, and a freed place goes to the head of the waiting list before anybody new can ask for it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from chassis import clock
from contracts.hubs import BookingCancelled, CancellationCause
from hubs.bookings.models import LIVE, ON_REGISTER, PASSES, SETTLED, TAKES_PLACE, Booking
from hubs.bookings.rules import Action, after, ends_at
from hubs.courses.errors import CourseRunNotFound
from hubs.courses.models import BOOKABLE, CourseRun
from hubs.messages.service import News, tell


async def hold_run(session: AsyncSession, run_id: UUID) -> CourseRun:
    """The run, held until commit; CourseRunNotFound."""
    run = await session.get(CourseRun, run_id, with_for_update={"key_share": True}, populate_existing=True)
    if run is None:
        raise CourseRunNotFound("No course run has this id.")
    return run


def takes_bookings(run: CourseRun) -> bool:
    """Whether places on the run can be had today."""
    return run.status in BOOKABLE and run.starts_on > clock.today()


def move(run: CourseRun, booking: Booking, action: Action, at: datetime) -> None:
    """Do with a booking what the table of transitions allows, and keep the run's count in step."""
    before = booking.status
    booking.status = after(before, action)
    run.places_taken += (booking.status in TAKES_PLACE) - (before in TAKES_PLACE)
    if booking.status not in PASSES:
        booking.expires_at = None
    if action == "confirm":
        booking.confirmed_at = at
    if booking.status == "cancelled":
        booking.cancelled_at = at


async def live_booking(session: AsyncSession, run: CourseRun, teacher_id: UUID) -> Booking | None:
    """The teacher's booking of the run that has not ended."""
    mine = select(Booking).where(Booking.course_run_id == run.id, Booking.teacher_id == teacher_id)
    return await session.scalar(mine.where(Booking.status.in_(LIVE)))


async def places_of_school(session: AsyncSession, run: CourseRun, urn: str) -> int:
    """How many places the school's teachers take on the run."""
    taken = select(func.count()).where(
        Booking.course_run_id == run.id, Booking.school_urn == urn, Booking.status.in_(TAKES_PLACE)
    )
    return (await session.execute(taken)).scalar_one()


async def end_what_passed(session: AsyncSession, run: CourseRun, now: datetime) -> int:
    """End holds, offers and waits whose time is over, and offer what they free; how many ended."""
    passed = select(Booking).where(
        Booking.course_run_id == run.id, Booking.status.in_(PASSES), Booking.expires_at <= now
    )
    ended = (await session.scalars(passed.order_by(Booking.id))).all()
    for booking in ended:
        move(run, booking, "expire", now)
    await offer_places(session, run, now)
    return len(ended)


async def offer_places(session: AsyncSession, run: CourseRun, now: datetime) -> None:
    """Offer free places down the waiting list. An offer takes its place until it is confirmed or passes."""
    offered: list[Booking] = []
    while takes_bookings(run) and run.places_taken < run.capacity:
        chosen = await session.scalar(_next_in_line(run))
        if chosen is None:
            break
        move(run, chosen, "offer", now)
        chosen.expires_at = ends_at(now, run.offer_minutes, run.starts_at)
        offered.append(chosen)
    await tell(session, run, offered, News("booking_offered"))


def _next_in_line(run: CourseRun) -> Select[Booking]:
    waiting = select(Booking).where(Booking.course_run_id == run.id, Booking.status == "waiting")
    if run.places_per_school is not None:
        other = aliased(Booking)
        taken = select(func.count()).where(
            other.course_run_id == run.id, other.school_urn == Booking.school_urn, other.status.in_(TAKES_PLACE)
        )
        # A school that has its places is passed over; its teachers keep their turn for when one is given up.
        waiting = waiting.where(taken.correlate(Booking).scalar_subquery() < run.places_per_school)
    return waiting.order_by(Booking.band, Booking.waiting_since, Booking.id).limit(1)


async def end_all(session: AsyncSession, run: CourseRun, now: datetime) -> list[BookingCancelled]:
    """Cancel everything live on a run that is called off; what to tell of the places that had been confirmed."""
    live = select(Booking).where(Booking.course_run_id == run.id, Booking.status.in_(LIVE))
    told, ended = [], (await session.scalars(live.order_by(Booking.id))).all()
    for booking in ended:
        if booking.status in ON_REGISTER:
            told.append(cancelled(booking, now, "run_cancelled"))
        move(run, booking, "void" if booking.status in SETTLED else "cancel", now)
    await tell(session, run, ended, News("run_cancelled", reason=run.status_reason))
    return told


def cancelled(booking: Booking, at: datetime, cause: CancellationCause) -> BookingCancelled:
    """The news that a confirmed place was given up."""
    return BookingCancelled(
        booking_id=booking.id,
        teacher_id=booking.teacher_id,
        course_run_id=booking.course_run_id,
        cancelled_at=at,
        cause=cause,
    )
