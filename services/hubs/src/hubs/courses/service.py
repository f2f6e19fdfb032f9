"""Runs as their hub's staff keep them: planned, edited, postponed, moved online, called off."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from hubs.areas.queries import locate
from hubs.areas.rules import read_postcode
from hubs.bookings import places
from hubs.bookings.models import PASSES, Booking
from hubs.courses.errors import (
    CapacityTaken,
    CourseNotFound,
    CourseRunNotFound,
    HubNotYours,
    RunClosed,
    RunHasAttendance,
    StatusNotReachable,
    WithdrawalByLeadOnly,
)
from hubs.courses.models import Course, CourseRun, CourseSession
from hubs.courses.news import tell_of_runs
from hubs.courses.rules import STATUS_CHANGES
from hubs.courses.schemas import NewRun, RunCancellation, RunEdit, SessionIn
from hubs.messages.queries import facts_of
from hubs.messages.service import tell_of_edit
from hubs.registers.access import hubs_staffed_by, leads
from hubs.registers.decisions import withdraw_all
from hubs.registers.queries import has_attendance, is_closed


async def create_run(session: AsyncSession, caller: Principal, body: NewRun) -> UUID:
    """Plan a run at a hub of the caller's. Raises HubNotYours, CourseNotFound, and what a postcode may."""
    if body.hub_id not in hubs_staffed_by(caller):
        raise HubNotYours("You are on the staff of no hub with this id.")
    if await session.get(Course, body.course_code) is None:
        raise CourseNotFound(f"No course has the code {body.course_code}.")
    run = CourseRun(
        id=new_id(),
        places_taken=0,
        version=1,
        **body.model_dump(exclude={"sessions"}),
        **_dates(body.sessions),
    )
    await _place(session, run)
    session.add(run)
    await session.flush()
    _add_sessions(session, run.id, body.sessions)
    await tell_of_runs(session, [run.id])
    await audit.record(session, caller, "run.created", f"course_run:{run.id}", {"hub": str(body.hub_id)})
    return run.id


async def edit_run(session: AsyncSession, caller: Principal, run_id: UUID, version: int, body: RunEdit) -> None:
    """Change what the body names, if the caller saw the present version.

    Raises CourseRunNotFound, StaleVersion, RunClosed, StatusNotReachable, CapacityTaken, RunHasAttendance.
    """
    run = await hold_own_run(session, caller, run_id)
    require_version(run.version, version)
    if await is_closed(session, run_id):
        raise RunClosed("The run was held and closed; correct its register if it is wrong.")
    before = await facts_of(session, run_id)
    changes = body.model_dump(exclude_unset=True, exclude={"sessions"})
    _require_status(run, body)
    if body.capacity is not None and body.capacity < run.places_taken:
        raise CapacityTaken(f"{run.places_taken} places are taken or offered.", places_taken=run.places_taken)
    for name, value in changes.items():
        setattr(run, name, value)
    if "postcode" in changes:
        await _place(session, run)
    if body.sessions is not None:
        await _replace_sessions(session, run, body.sessions)
    run.version += 1
    run.changed_at = clock.now()
    await session.flush()
    await tell_of_runs(session, [run_id])
    await tell_of_edit(session, run, before)
    await places.end_what_passed(session, run, clock.now())
    changed: list[str] = sorted(body.model_fields_set)
    await audit.record(session, caller, "run.edited", f"course_run:{run_id}", {"changed": changed})


async def cancel_run(session: AsyncSession, caller: Principal, run_id: UUID, body: RunCancellation) -> None:
    """Call a run off: every booking of it ends, and those with a place are told. A repeat changes nothing.

    Once attendance was marked, only the hub's lead may, and must say that it is to be withdrawn: whatever was counted
    is taken back. Raises CourseRunNotFound, RunHasAttendance, WithdrawalByLeadOnly.
    """
    run = await hold_own_run(session, caller, run_id)
    if run.status == "cancelled":
        return
    withdrawn = await _withdraw_attendance(session, caller, run, body)
    run.status, run.status_reason = "cancelled", body.reason
    run.version += 1
    run.changed_at = clock.now()
    told = await places.end_all(session, run, clock.now())
    await session.flush()
    await tell_of_runs(session, [run_id])
    await publish(session, *told)
    details: dict[str, audit.JSON] = {"reason": body.reason, "bookings_cancelled": len(told)}
    if withdrawn is not None:
        details["attendances_withdrawn"] = withdrawn
    await audit.record(session, caller, "run.cancelled", f"course_run:{run_id}", details)


async def hold_own_run(session: AsyncSession, caller: Principal, run_id: UUID) -> CourseRun:
    """The run held until commit, if its hub is one of the caller's; CourseRunNotFound."""
    run = await places.hold_run(session, run_id)
    if run.hub_id not in hubs_staffed_by(caller):
        raise CourseRunNotFound("No course run has this id.")
    return run


def _require_status(run: CourseRun, body: RunEdit) -> None:
    if body.status is None or body.status == run.status:
        return
    if body.status not in STATUS_CHANGES[run.status]:
        raise StatusNotReachable(f"The run is {run.status} and cannot become {body.status}.", run_status=run.status)


async def _require_no_attendance(session: AsyncSession, run_id: UUID) -> None:
    if await has_attendance(session, run_id):
        raise RunHasAttendance("Attendance was marked; correct the register instead.")


async def _withdraw_attendance(
    session: AsyncSession, caller: Principal, run: CourseRun, body: RunCancellation
) -> int | None:
    """Take back what was counted of the run; of how many. None when nothing was ever marked."""
    if not await has_attendance(session, run.id):
        return None
    if not body.withdraw_attendance:
        raise RunHasAttendance("Attendance was marked; correct the register, or say that all of it is withdrawn.")
    if run.hub_id is None or not leads(caller, run.hub_id):
        raise WithdrawalByLeadOnly("The hub's lead calls off a run that was held.")
    return await withdraw_all(session, caller, run, body.reason)


def _dates(sessions: Sequence[SessionIn]) -> dict[str, object]:
    starts_at, ends_at = min(one.starts_at for one in sessions), max(one.ends_at for one in sessions)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "starts_on": starts_at.astimezone(ENGLAND).date(),
        "ends_on": ends_at.astimezone(ENGLAND).date(),
    }


def _add_sessions(session: AsyncSession, run_id: UUID, sessions: Sequence[SessionIn]) -> None:
    ordered = sorted(sessions, key=lambda one: one.starts_at)
    session.add_all(
        CourseSession(id=new_id(), course_run_id=run_id, ordinal=ordinal, **one.model_dump())
        for ordinal, one in enumerate(ordered, start=1)
    )


async def _replace_sessions(session: AsyncSession, run: CourseRun, sessions: Sequence[SessionIn]) -> None:
    await _require_no_attendance(session, run.id)
    await session.execute(delete(CourseSession).where(CourseSession.course_run_id == run.id))
    _add_sessions(session, run.id, sessions)
    for name, value in _dates(sessions).items():
        setattr(run, name, value)
    # Nobody waits for or holds a place beyond the new beginning.
    waiting = update(Booking).where(Booking.course_run_id == run.id)
    await session.execute(waiting.where(Booking.status == "waiting").values(expires_at=run.starts_at))
    over = (Booking.status.in_(PASSES), Booking.expires_at > run.starts_at)
    await session.execute(waiting.where(*over).values(expires_at=run.starts_at))


async def _place(session: AsyncSession, run: CourseRun) -> None:
    """Set the position from the postcode; raises PostcodeMalformed, PostcodeUnknown or OutsideEngland."""
    run.latitude = run.longitude = None
    if run.postcode is not None:
        postcode = read_postcode(run.postcode)
        place = await locate(await session.connection(), postcode)
        run.postcode = postcode.text
        run.latitude, run.longitude = place.position.latitude, place.position.longitude
