"""Booking, confirming, waiting for, giving up and exchanging places. `places` keeps the count; `rules` the states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_theirs
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import BookingPlaced, CancellationCause
from contracts.messages import MessageKind
from hubs.bookings import places
from hubs.bookings.bands import band_of
from hubs.bookings.errors import (
    AlreadyBooked,
    BookingNotFound,
    BookingStarted,
    BookingStateConflict,
    NotYourColleagues,
    OfferPassed,
    OtherCourse,
    RunFull,
    RunNotOpen,
    SchoolLimitReached,
)
from hubs.bookings.models import PASSES, SETTLED, TAKES_PLACE, Booking, BookingStatus
from hubs.bookings.queries import BookingRow, booking
from hubs.bookings.rules import ends_at, phase_of
from hubs.bookings.schemas import NewBooking, NewGroup
from hubs.courses.models import Course, CourseRun
from hubs.messages.service import News, tell
from hubs.teachers.service import CallingTeacher, colleagues, teacher_of

TOLD_AT_ONCE: dict[BookingStatus, MessageKind] = {"confirmed": "booking_confirmed", "waiting": "booking_waiting"}
"""What a new booking is mailed about. Who holds a place for minutes sits before a screen and needs no mail."""


@dataclass(frozen=True)
class Wish:
    """What is wanted of a run, beside a place on it."""

    hold: bool = False
    waiting_list: bool = False
    booked_by: UUID | None = None
    transferred_from: UUID | None = None


async def place_booking(session: AsyncSession, caller: Principal, body: NewBooking) -> BookingRow:
    """Book for the calling teacher: a confirmed place, one held to be confirmed, or if none is left a wait for one.

    Raises RunNotOpen, AlreadyBooked, SchoolLimitReached or RunFull.
    """
    teacher = teacher_of(caller)
    run, course = await _open_run(session, body.course_run_id)
    wish = Wish(hold=body.hold, waiting_list=body.waiting_list)
    booking_id = await _book(session, caller, run, course, teacher, wish)
    return await _row(session, booking_id)


async def book_group(session: AsyncSession, caller: Principal, body: NewGroup) -> list[BookingRow]:
    """Book several teachers of the caller's school, all of them or none. Raises NotYourColleagues beside the others."""
    school_urn = teacher_of(caller).school_urn
    teachers = await colleagues(session, school_urn, body.teacher_ids)
    if unknown := [str(one) for one in body.teacher_ids if one not in teachers]:
        raise NotYourColleagues("Each must be registered here as a teacher of your school.", teacher_ids=unknown)
    run, course = await _open_run(session, body.course_run_id)
    wish = Wish(waiting_list=body.waiting_list, booked_by=caller.id)
    made = [await _book(session, caller, run, course, teachers[one], wish) for one in body.teacher_ids]
    return [await _row(session, booking_id) for booking_id in made]


async def _open_run(session: AsyncSession, run_id: UUID) -> tuple[CourseRun, Course]:
    run = await places.hold_run(session, run_id)
    if not places.takes_bookings(run):
        raise RunNotOpen("The run has begun, or its hub takes no bookings for it here.")
    course = await session.get_one(Course, run.course_code)
    if not course.phases or course.days is None:
        raise RunNotOpen("The catalogue does not say for whom or how long the course is; its hub must first.")
    await places.end_what_passed(session, run, clock.now())
    return run, course


async def _book(
    session: AsyncSession, caller: Principal, run: CourseRun, course: Course, teacher: CallingTeacher, wish: Wish
) -> UUID:
    if await places.live_booking(session, run, teacher.id) is not None:
        raise AlreadyBooked("You hold a place on this run already, or wait for one.", teacher_id=str(teacher.id))
    now, status = clock.now(), await _first_status(session, run, teacher.school_urn, wish)
    made = Booking(
        id=new_id(),
        course_run_id=run.id,
        teacher_id=teacher.id,
        school_urn=teacher.school_urn,
        phase=phase_of(course.phases, teacher.phase),
        status=status,
        placed_at=now,
        confirmed_at=now if status == "confirmed" else None,
        expires_at=_ends(run, status, now),
        booked_by=wish.booked_by,
        transferred_from=wish.transferred_from,
    )
    if status == "waiting":
        made.band, made.waiting_since = await band_of(session, run, teacher.id, teacher.school_urn), now
    session.add(made)
    run.places_taken += status in TAKES_PLACE
    await session.flush()
    await audit.record(session, caller, _said_of(status), f"booking:{made.id}", {"course_run": str(run.id)})
    if status == "confirmed":
        await publish(session, _placed(await _row(session, made.id)))
    if status in TOLD_AT_ONCE:
        await tell(session, run, [made], News(TOLD_AT_ONCE[status]))
    return made.id


async def _first_status(session: AsyncSession, run: CourseRun, school_urn: str, wish: Wish) -> BookingStatus:
    refusal = await _refusal(session, run, school_urn)
    if refusal is None:
        return "held" if wish.hold else "confirmed"
    if wish.waiting_list:
        return "waiting"
    raise refusal


async def _refusal(session: AsyncSession, run: CourseRun, school_urn: str) -> RunFull | SchoolLimitReached | None:
    if run.places_taken >= run.capacity:
        return RunFull("Every place on this run is taken.")
    limit = run.places_per_school
    if limit is not None and await places.places_of_school(session, run, school_urn) >= limit:
        return SchoolLimitReached(f"The run takes {limit} of one school, and yours has its places.", limit=limit)
    return None


def _ends(run: CourseRun, status: BookingStatus, now: datetime) -> datetime | None:
    if status == "waiting":
        return run.starts_at
    return ends_at(now, run.hold_minutes, run.starts_at) if status in PASSES else None


def _said_of(status: BookingStatus) -> str:
    return "booking.placed" if status == "confirmed" else f"booking.{status}"


def _placed(row: BookingRow) -> BookingPlaced:
    return BookingPlaced.model_validate({**row._mapping, "booking_id": row.id})


async def _row(session: AsyncSession, booking_id: UUID) -> BookingRow:
    return (await session.execute(booking(booking_id))).one()


async def confirm_booking(session: AsyncSession, caller: Principal, booking_id: UUID) -> BookingRow:
    """Take the place that is held for or offered to the caller. A repeat changes nothing.

    Raises OfferPassed, BookingStateConflict, RunNotOpen.
    """
    run, mine = await _hold_own(session, caller, booking_id)
    if mine.status != "confirmed":
        now = clock.now()
        if mine.status == "expired" or (mine.expires_at is not None and mine.expires_at <= now):
            raise OfferPassed("The time to confirm is over; the place goes to the next in line.")
        if not places.takes_bookings(run):
            raise RunNotOpen("The run takes no bookings now.")
        places.move(run, mine, "confirm", now)
        await session.flush()
        row = await _row(session, booking_id)
        await publish(session, _placed(row))
        await tell(session, run, [mine], News("booking_confirmed"))
        await audit.record(session, caller, "booking.placed", f"booking:{booking_id}", {"course_run": str(run.id)})
    return await _row(session, booking_id)


async def cancel_booking(session: AsyncSession, caller: Principal, booking_id: UUID) -> BookingRow:
    """Give up the calling teacher's place or turn; the next in line is offered it at once. A repeat changes nothing.

    Raises BookingStarted from the first day on, or once the register is marked; BookingStateConflict when it expired.
    """
    run, mine = await _hold_own(session, caller, booking_id)
    if mine.status != "cancelled":
        await _give_up(session, caller, run, mine)
        await session.flush()
    return await _row(session, booking_id)


async def _give_up(
    session: AsyncSession, caller: Principal, run: CourseRun, mine: Booking, *, transferred: bool = False
) -> None:
    begun = mine.status == "confirmed" and run.starts_on <= clock.today()
    if begun or mine.status in SETTLED:
        raise BookingStarted("The run has begun or its register is marked; tell the hub if you cannot come.")
    now, was_sure = clock.now(), mine.status == "confirmed"
    places.move(run, mine, "cancel", now)
    if was_sure:
        cause: CancellationCause = "transferred" if transferred else "teacher"
        await publish(session, places.cancelled(mine, now, cause))
        await tell(session, run, [mine], News("booking_cancelled", cause=cause))
    await audit.record(session, caller, "booking.cancelled", f"booking:{mine.id}")
    await places.offer_places(session, run, now)


async def transfer_booking(session: AsyncSession, caller: Principal, booking_id: UUID, to_run_id: UUID) -> BookingRow:
    """Exchange a confirmed place for one on another run of the course: both happen or neither does.

    Raises OtherCourse, and what booking and cancelling raise.
    """
    from_run_id = await _run_of_own(session, caller, booking_id)
    # In the order of their ids, so that two who exchange places with each other never wait for each other.
    for run_id in sorted({from_run_id, to_run_id}):
        await places.hold_run(session, run_id)
    run, mine = await _hold_own(session, caller, booking_id)
    if mine.status != "confirmed":
        raise BookingStateConflict("Only a confirmed place can be exchanged.", booking_status=mine.status)
    target, course = await _open_run(session, to_run_id)
    if target.course_code != run.course_code:
        raise OtherCourse(f"Your place is on a run of {run.course_code}.")
    teacher = CallingTeacher(mine.teacher_id, mine.school_urn, mine.phase)
    made = await _book(session, caller, target, course, teacher, Wish(transferred_from=mine.id))
    await _give_up(session, caller, run, mine, transferred=True)
    await session.flush()
    return await _row(session, made)


async def _run_of_own(session: AsyncSession, caller: Principal, booking_id: UUID) -> UUID:
    own = select(Booking.course_run_id).where(Booking.id == booking_id, is_theirs(Booking.teacher_id, caller.id))
    run_id: UUID | None = await session.scalar(own)
    if run_id is None:
        raise BookingNotFound("No booking of yours has this id.")
    return run_id


async def _hold_own(session: AsyncSession, caller: Principal, booking_id: UUID) -> tuple[CourseRun, Booking]:
    """The caller's booking under its run's row; a booking never changes run, so the run may be found first."""
    run = await places.hold_run(session, await _run_of_own(session, caller, booking_id))
    return run, await session.get_one(Booking, booking_id, populate_existing=True)


async def end_passed(session: AsyncSession, run_ids: Sequence[UUID], now: datetime) -> int:
    """End what passed on these runs, leaving out runs that somebody else holds at this moment."""
    free = select(CourseRun).where(CourseRun.id.in_(run_ids)).order_by(CourseRun.id)
    held = (await session.scalars(free.with_for_update(skip_locked=True, key_share=True))).all()
    return sum([await places.end_what_passed(session, run, now) for run in held])


async def runs_with_passed(session: AsyncSession, now: datetime, most: int) -> Sequence[UUID]:
    """Runs on which some hold, offer or wait is over, longest over first."""
    passed = select(Booking.course_run_id).where(Booking.expires_at <= now).order_by(Booking.expires_at).limit(most)
    return list(dict.fromkeys((await session.scalars(passed)).all()))
