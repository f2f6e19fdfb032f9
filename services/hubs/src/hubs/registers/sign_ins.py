"""Signing in to a session with the code that its hub shows there.

Codes are short, so that they can be read off a wall: what keeps them from being guessed is that a booking has few
tries, that a code lives for minutes, and that only those with a place may try. A try is counted, in a transaction of
its own, before the code is looked at; so a hundred tries at once are not all the first.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database
from chassis.principal import Principal
from hubs.bookings import places
from hubs.bookings.errors import BookingNotFound, BookingStateConflict
from hubs.bookings.models import Booking
from hubs.courses.models import CourseRun, CourseSession
from hubs.registers import marks, queries
from hubs.registers.errors import (
    MarkedByStaff,
    RegisterClosed,
    SignInCodeRefused,
    SignInNotOpen,
    TooManySignInTries,
)
from hubs.registers.marks import NewMark
from hubs.registers.models import SessionAttendance, SignInCode, SignInTries
from hubs.registers.rules import Mark, Session, signed_in
from hubs.registers.schemas import CodeIn, CodeOut, SignedIn
from hubs.registers.service import session_of
from hubs.registers.shown import mark_shown

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other."""
LENGTH = 8
"""31⁸, about 850 thousand million codes."""
OPENS_BEFORE = timedelta(hours=1)
MOST_TRIES = 5
TRIES_PERIOD = timedelta(minutes=15)


async def open_code(session: AsyncSession, caller: Principal, run_id: UUID, session_id: UUID, body: CodeIn) -> CodeOut:
    """A fresh code for a session; the one before it is good no longer. Raises SignInNotOpen, RegisterClosed."""
    run = await queries.run_kept_by(session, caller, run_id)
    meeting = session_of(await queries.attendances(session, run), session_id)
    if run.closed_at is not None:
        raise RegisterClosed("The run is closed; correct its register instead.")
    now = clock.now()
    if run.run_status in queries.NEVER_HELD or not meeting.starts_at - OPENS_BEFORE <= now < meeting.ends_at:
        raise SignInNotOpen(f"Codes are opened from an hour before {meeting.starts_at.isoformat()} until the end.")
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    expires_at = min(now + timedelta(minutes=body.valid_for_minutes), meeting.ends_at)
    fresh = {
        "digest": _digest(session_id, code),
        "opened_at": now,
        "opened_by": caller.id,
        "expires_at": expires_at,
    }
    row = insert(SignInCode).values(session_id=session_id, **fresh)
    await session.execute(row.on_conflict_do_update(index_elements=[SignInCode.session_id], set_=fresh))
    await audit.record(session, caller, "sign_in_code.opened", f"course_session:{session_id}")
    return CodeOut(session_id=session_id, code=f"{code[:4]}-{code[4:]}", opened_at=now, expires_at=expires_at)


def _digest(session_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{session_id}:{code}".encode()).hexdigest()


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()


async def sign_in(database: Database, caller: Principal, booking_id: UUID, code: str) -> SignedIn:
    """Mark the caller present from now on at the session whose code this is. A repeat answers what is marked.

    Raises TooManySignInTries, SignInCodeRefused, MarkedByStaff, RegisterClosed, BookingStateConflict.
    """
    async with database.transaction() as session:
        await _count_try(session, await _own_booking(session, caller, booking_id))
    async with database.transaction() as session:
        return await _mark_present(session, caller, booking_id, _plain(code))


async def _own_booking(session: AsyncSession, caller: Principal, booking_id: UUID) -> Booking:
    booking = await session.get(Booking, booking_id)
    if booking is None or booking.teacher_id != caller.id:
        raise BookingNotFound("No booking of yours has this id.")
    if booking.status != "confirmed":
        raise BookingStateConflict(f"The booking is {booking.status}.", booking_status=booking.status)
    return booking


async def _count_try(session: AsyncSession, booking: Booking) -> None:
    now = clock.now()
    over = SignInTries.since_at <= now - TRIES_PERIOD
    row = insert(SignInTries).values(booking_id=booking.id, tries=1, since_at=now)
    counted = row.on_conflict_do_update(
        index_elements=[SignInTries.booking_id],
        set_={
            "tries": case((over, 1), else_=SignInTries.tries + 1),
            "since_at": case((over, now), else_=SignInTries.since_at),
        },
        where=over | (SignInTries.tries < MOST_TRIES),
    ).returning(SignInTries.tries)
    if await session.scalar(counted) is None:
        since_at = (
            await session.execute(select(SignInTries.since_at).where(SignInTries.booking_id == booking.id))
        ).scalar_one()
        wait = (since_at + TRIES_PERIOD - now).total_seconds()
        raise TooManySignInTries("Ask the hub's staff to mark you.", retry_after_seconds=max(1, int(wait) + 1))


async def _mark_present(session: AsyncSession, caller: Principal, booking_id: UUID, code: str) -> SignedIn:
    booking = await _own_booking(session, caller, booking_id)
    run = await places.hold_run(session, booking.course_run_id)
    # The run is held now: whether the place is still the caller's is read again.
    await session.refresh(booking)
    await _own_booking(session, caller, booking_id)
    if await queries.is_closed(session, run.id):
        raise RegisterClosed("The run is closed; ask its hub to correct the register.")
    now = clock.now()
    meeting = await _session_with(session, run, code, now)
    await session.execute(delete(SignInTries).where(SignInTries.booking_id == booking_id))
    known = await session.get(SessionAttendance, (meeting.id, booking_id))
    if known is None:
        mark = signed_in(meeting, now)
        await marks.write(session, caller, [NewMark(meeting, booking_id, mark, None)], "sign_in", None)
        return SignedIn(booking_id=booking_id, **mark_shown(meeting, mark, "sign_in"))
    if known.presence != "present":
        raise MarkedByStaff(f"The hub has marked you {known.presence}; it can correct that.")
    mark = Mark(known.presence, known.minutes, known.arrived_at, known.left_at)
    return SignedIn(booking_id=booking_id, **mark_shown(meeting, mark, known.origin))


async def _session_with(session: AsyncSession, run: CourseRun, code: str, now: datetime) -> Session:
    live = (
        select(CourseSession, SignInCode.digest)
        .join(SignInCode, SignInCode.session_id == CourseSession.id)
        .where(CourseSession.course_run_id == run.id, SignInCode.expires_at > now)
    )
    for row, digest in (await session.execute(live)).all():
        if compare_digest(digest, _digest(row.id, code)):
            return Session(row.id, row.ordinal, row.starts_at, row.ends_at, row.minutes)
    raise SignInCodeRefused("No session of your run is signed in to with this code now.")
