"""Holding and giving up places."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import exists, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import BookingCancelled, BookingPlaced
from contracts.identity import Phase
from hubs.base import AnyRow
from hubs.bookings.errors import AlreadyBooked, BookingNotFound, BookingStarted, RunFull, RunNotOpen
from hubs.bookings.models import Booking
from hubs.bookings.queries import BookingRow, booking
from hubs.courses.errors import CourseRunNotFound
from hubs.courses.models import Course, CourseRun
from hubs.registers.models import RegisterEntry
from hubs.teachers.service import CallingTeacher, teacher_of

RunRow = AnyRow


async def place_booking(session: AsyncSession, caller: Principal, run_id: UUID) -> BookingRow:
    """Hold a place for the calling teacher.

    The row's own condition keeps the number of places, so that any number of callers at once never oversell.
    Raises RunNotOpen, AlreadyBooked or RunFull.
    """
    teacher = teacher_of(caller)
    run = await _open_run(session, run_id)
    booking_id = await _hold(session, run, teacher)
    await _take_place(session, run_id)
    row = (await session.execute(booking(booking_id))).one()
    await publish(session, _placed(row))
    await audit.record(session, caller, "booking.placed", f"booking:{booking_id}", {"course_run": str(run_id)})
    return row


async def _open_run(session: AsyncSession, run_id: UUID) -> RunRow:
    found = await session.execute(
        select(CourseRun.id, CourseRun.status, CourseRun.starts_on, Course.phases, Course.days)
        .join(Course, Course.code == CourseRun.course_code)
        .where(CourseRun.id == run_id)
    )
    run = found.first()
    if run is None:
        raise CourseRunNotFound("No course run has this id.")
    if run.status != "open" or run.starts_on <= clock.today():
        raise RunNotOpen("The run has begun, or its hub takes no bookings for it here.")
    if not run.phases or run.days is None:
        raise RunNotOpen("The catalogue does not say for whom or how long the course is; its hub must first.")
    return run


async def _hold(session: AsyncSession, run: RunRow, teacher: CallingTeacher) -> UUID:
    wanted = insert(Booking).values(
        id=new_id(),
        course_run_id=run.id,
        teacher_id=teacher.id,
        school_urn=teacher.school_urn,
        phase=phase_of(run.phases, teacher.phase),
        status="placed",
        placed_at=clock.now(),
    )
    once = wanted.on_conflict_do_nothing(
        index_elements=[Booking.course_run_id, Booking.teacher_id], index_where=text("status = 'placed'")
    )
    booking_id: UUID | None = await session.scalar(once.returning(Booking.id))
    if booking_id is None:
        raise AlreadyBooked("You hold a place on this run already.")
    return booking_id


def phase_of(course_phases: list[str], teacher_phase: str | None) -> Phase:
    """The phase a booking is for: the teacher's own where the course serves it, else the course's first."""
    return cast(Phase, teacher_phase if teacher_phase in course_phases else course_phases[0])


async def _take_place(session: AsyncSession, run_id: UUID) -> None:
    taken = await session.execute(
        update(CourseRun)
        .where(CourseRun.id == run_id, CourseRun.status == "open", CourseRun.places_taken < CourseRun.capacity)
        .values(places_taken=CourseRun.places_taken + 1)
        .returning(CourseRun.places_taken)
    )
    if taken.first() is None:
        raise RunFull("Every place on this run is taken.")


def _placed(row: BookingRow) -> BookingPlaced:
    return BookingPlaced.model_validate({**row._mapping, "booking_id": row.id})


async def cancel_booking(session: AsyncSession, caller: Principal, booking_id: UUID) -> BookingRow:
    """Give up the calling teacher's place. A repeat changes nothing. Raises BookingStarted from the first day on."""
    held = await _lock_own(session, caller, booking_id)
    if held.status == "placed":
        at = clock.now()
        await _release(session, held, at)
        cancelled = BookingCancelled(
            booking_id=booking_id, teacher_id=held.teacher_id, course_run_id=held.course_run_id, cancelled_at=at
        )
        await publish(session, cancelled)
        await audit.record(session, caller, "booking.cancelled", f"booking:{booking_id}")
    return (await session.execute(booking(booking_id))).one()


async def _lock_own(session: AsyncSession, caller: Principal, booking_id: UUID) -> Booking:
    own = select(Booking).where(Booking.id == booking_id, Booking.teacher_id == caller.id)
    held = await session.scalar(own.with_for_update())
    if held is None:
        raise BookingNotFound("No booking of yours has this id.")
    return held


async def _release(session: AsyncSession, held: Booking, at: datetime) -> None:
    marked = await session.scalar(select(exists().where(RegisterEntry.booking_id == held.id)))
    run = update(CourseRun).where(CourseRun.id == held.course_run_id, CourseRun.starts_on > clock.today())
    freed = await session.execute(run.values(places_taken=CourseRun.places_taken - 1).returning(CourseRun.places_taken))
    if marked or freed.first() is None:
        raise BookingStarted("The run has begun or its register is marked; tell the hub if you cannot come.")
    held.status, held.cancelled_at = "cancelled", at
    await session.flush()
