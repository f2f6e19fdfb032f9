"""Closing a run: everybody's outcome is settled, each completion told of once. Nothing closes by itself."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from hubs.bookings import places
from hubs.courses.models import CourseRun
from hubs.courses.news import tell_of_runs
from hubs.registers import decisions, marks, queries
from hubs.registers.decisions import Decision
from hubs.registers.errors import RegisterIncomplete, RegisterNotFound, RunNotHeld, RunNotOver
from hubs.registers.marks import NewMark
from hubs.registers.models import RunRegister
from hubs.registers.queries import NEVER_HELD, Attendances, EntryRow, RunRow
from hubs.registers.rules import away
from hubs.registers.schemas import ClosureIn, ClosureOut


async def close_run(session: AsyncSession, caller: Principal, run_id: UUID, body: ClosureIn) -> ClosureOut:
    """Settle every booking of a run that is over, and take it off the list of what is due. A repeat changes nothing.

    Raises RunNotOver, RunNotHeld, and RegisterIncomplete while somebody is not marked.
    """
    await _run_of_staff(session, caller, run_id)
    held = await places.hold_run(session, run_id)
    run = await _run_of_staff(session, caller, run_id)
    if run.closed_at is None:
        _require_over(held)
        await places.end_what_passed(session, held, clock.now())
        await _close(session, caller, held, run, body)
    return await _closure(session, caller, run_id)


async def _run_of_staff(session: AsyncSession, caller: Principal, run_id: UUID) -> RunRow:
    run = await queries.run_kept_by(session, caller, run_id)
    if not queries.is_staff(caller, run):
        raise RegisterNotFound("No run of your hub has this id.")
    return run


def _require_over(held: CourseRun) -> None:
    if held.status in NEVER_HELD:
        raise RunNotHeld(f"The run is {held.status}.", run_status=held.status)
    if held.ends_at > clock.now():
        raise RunNotOver(f"The run ends at {held.ends_at.isoformat()}.")


async def _close(session: AsyncSession, caller: Principal, held: CourseRun, run: RunRow, body: ClosureIn) -> None:
    entries, known = await queries.entries(session, held.id), await queries.attendances(session, run)
    await _require_marked(session, caller, entries, known, body)
    made = await _outcomes(session, run, entries)
    await decisions.settle(session, caller, held, run, made, None)
    held.status = "closed"
    held.version += 1
    await session.flush()
    await tell_of_runs(session, [held.id])
    closed = {"closed_at": clock.now(), "closed_by": caller.id}
    row = insert(RunRegister).values(course_run_id=held.id, **closed)
    await session.execute(row.on_conflict_do_update(index_elements=[RunRegister.course_run_id], set_=closed))
    details: dict[str, audit.JSON] = {"people": len(entries), "unmarked_are_absent": body.unmarked_are_absent}
    await audit.record(session, caller, "run.closed", f"course_run:{held.id}", details)


async def _require_marked(
    session: AsyncSession, caller: Principal, entries: Sequence[EntryRow], known: Attendances, body: ClosureIn
) -> None:
    missing = [
        NewMark(one, entry.booking_id, away("absent"), None)
        for one in known.sessions
        for entry in entries
        if one.id not in known.of(entry.booking_id) and not known.has_only_word_of(entry)
    ]
    unstated = [str(entry.booking_id) for entry in entries if entry.outcome == "pending" and not known.sessions]
    if body.unmarked_are_absent:
        await marks.write(session, caller, missing, "closing", None)
    elif missing:
        raise RegisterIncomplete("Mark who was there, or say that the unmarked were absent.", sessions=_named(missing))
    elif unstated:
        raise RegisterIncomplete("Mark who was there, or say that the unmarked were absent.", booking_ids=unstated)


def _named(missing: Sequence[NewMark]) -> list[dict[str, object]]:
    sessions = {one.session.id: one.session for one in missing}
    return [
        {
            "session_id": str(session.id),
            "ordinal": session.ordinal,
            "booking_ids": [str(one.booking_id) for one in missing if one.session.id == session.id],
        }
        for session in sessions.values()
    ]


async def _outcomes(session: AsyncSession, run: RunRow, entries: Sequence[EntryRow]) -> list[Decision]:
    known = await queries.attendances(session, run)
    if known.sessions:
        found = (decisions.judged(entry, known) for entry in entries if not known.has_only_word_of(entry))
        return [one for one in found if one is not None]
    unstated = (entry for entry in entries if entry.outcome == "pending")
    return [decisions.stated(entry, "absent", None, "Not marked when the run was closed.") for entry in unstated]


async def _closure(session: AsyncSession, caller: Principal, run_id: UUID) -> ClosureOut:
    run = await queries.run_kept_by(session, caller, run_id)
    entries = await queries.entries(session, run_id)
    counted = Counter(entry.outcome for entry in entries)
    return ClosureOut(
        course_run_id=run_id,
        closed_at=run.closed_at,
        closed_by=run.closed_by,
        attended=counted["attended"],
        incomplete=counted["incomplete"],
        no_show=counted["absent"],
        hours_credited=queries.hours_credited(entries),
    )
