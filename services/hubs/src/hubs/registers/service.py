"""Marking a register: the whole run at once, or session by session. What is settled becomes a completion, once.

A run without sessions is settled booking by booking as its staff state the outcomes. Of a run with sessions the minutes
are the truth: stating an outcome marks every session alike and settles that booking by the rule; marks of single
sessions settle nothing before the run is closed, and settle anew whatever was settled.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.principal import Principal
from hubs.bookings import places
from hubs.courses.models import CourseRun
from hubs.registers import decisions, marks, queries
from hubs.registers.access import leads
from hubs.registers.decisions import Decision
from hubs.registers.errors import (
    EarlyMarkingRefused,
    HoursFollowSessions,
    NotOnRegister,
    RegisterNotDue,
    SessionNotFound,
)
from hubs.registers.marks import NewMark, new_mark
from hubs.registers.queries import Attendances, EntryRow, RunRow
from hubs.registers.rules import Mark, Session, away, present, stated_hours
from hubs.registers.schemas import EntryIn, RegisterIn, SessionEntryIn, SessionMarksIn

Entries = dict[UUID, EntryRow]


async def mark_register(session: AsyncSession, caller: Principal, run_id: UUID, body: RegisterIn) -> RunRow:
    """Mark outcomes of the whole run. Marking the same again changes nothing and publishes nothing."""
    await queries.run_kept_by(session, caller, run_id)
    held = await places.hold_run(session, run_id)
    run = await queries.run_kept_by(session, caller, run_id)
    known = await queries.attendances(session, run)
    _require_due(caller, run, _last_day(run, known), body)
    entries = await _entries_of(session, run_id, [entry.booking_id for entry in body.entries])
    if known.sessions:
        made = await _mark_every_session(session, caller, run, known, entries, body)
    else:
        made = [_stated(run, entries[entry.booking_id], entry) for entry in body.entries]
    corrected = [entries[one.booking_id] for one in made if one.differs(entries[one.booking_id])]
    decisions.require_reason(caller, run, body.reason, corrected)
    changed = await decisions.settle(session, caller, held, run, made, body.reason)
    if changed:
        await _audit(session, caller, run_id, body, changed)
    return await queries.run_kept_by(session, caller, run_id)


def _stated(run: RunRow, entry: EntryRow, body: EntryIn) -> Decision:
    hours = stated_hours(body.outcome, body.hours, run.hours)
    return decisions.stated(entry, body.outcome, hours, "Stated on the register of the whole run.")


async def _mark_every_session(
    session: AsyncSession, caller: Principal, run: RunRow, known: Attendances, entries: Entries, body: RegisterIn
) -> list[Decision]:
    if any(entry.hours is not None for entry in body.entries):
        raise HoursFollowSessions("The run has sessions; mark the minutes attended of each of them.")
    new = [
        new_mark(known, one, entry.booking_id, present(one) if entry.outcome == "attended" else away("absent"))
        for entry in body.entries
        for one in known.sessions
    ]
    changed = [one for one in new if one.changes]
    # Who was marked at a session is not overruled by a word about the whole run without saying why.
    contradicted = [one.booking_id for one in changed if one.before is not None]
    decisions.require_reason(caller, run, body.reason, (), contradicted)
    await marks.write(session, caller, changed, "whole_run", body.reason)
    return await _judged(session, run, entries, [entry.booking_id for entry in body.entries])


async def _judged(
    session: AsyncSession, run: RunRow, entries: Entries, booking_ids: Collection[UUID]
) -> list[Decision]:
    known = await queries.attendances(session, run)
    found = (decisions.judged(entries[booking_id], known) for booking_id in booking_ids)
    return [one for one in found if one is not None]


async def mark_session(
    session: AsyncSession, caller: Principal, run_id: UUID, session_id: UUID, body: SessionMarksIn
) -> RunRow:
    """Mark one session of a run. Marking the same again changes nothing; what was settled is judged anew."""
    await queries.run_kept_by(session, caller, run_id)
    held = await places.hold_run(session, run_id)
    run = await queries.run_kept_by(session, caller, run_id)
    known = await queries.attendances(session, run)
    meeting = session_of(known, session_id)
    if any(entry.presence != "excused" for entry in body.entries):
        _require_due(caller, run, _day_of(meeting.starts_at), body)
    entries = await _entries_of(session, run_id, [entry.booking_id for entry in body.entries])
    new = [new_mark(known, meeting, entry.booking_id, _mark(meeting, entry)) for entry in body.entries]
    await apply_marks(session, caller, held, run, entries, [one for one in new if one.changes], body.reason)
    return await queries.run_kept_by(session, caller, run_id)


async def apply_marks(
    session: AsyncSession,
    caller: Principal,
    held: CourseRun,
    run: RunRow,
    entries: Entries,
    changed: Sequence[NewMark],
    reason: str | None,
) -> None:
    """Keep changed marks by staff, and judge anew whoever was settled. The caller holds the run."""
    settled = [entries[one.booking_id] for one in changed if entries[one.booking_id].outcome != "pending"]
    decisions.require_reason(caller, run, reason, settled)
    await marks.write(session, caller, changed, "staff", reason)
    made = await _judged(session, run, entries, [one.booking_id for one in settled])
    await decisions.settle(session, caller, held, run, made, reason)


def session_of(known: Attendances, session_id: UUID) -> Session:
    """A session of the run by its id; SessionNotFound."""
    found = next((one for one in known.sessions if one.id == session_id), None)
    if found is None:
        raise SessionNotFound("No session of this run has this id.")
    return found


def _mark(meeting: Session, entry: SessionEntryIn) -> Mark:
    if entry.presence == "present":
        return present(meeting, entry.minutes, entry.arrived_at, entry.left_at)
    return away(entry.presence)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()


def _last_day(run: RunRow, known: Attendances) -> date:
    """From which day on the whole run can be marked: its first; with sessions, that of the last of them."""
    begun: date = run.starts_on
    return _day_of(max(one.starts_at for one in known.sessions)) if known.sessions else begun


def _require_due(caller: Principal, run: RunRow, on: date, body: RegisterIn | SessionMarksIn) -> None:
    if on <= clock.today():
        return
    if not body.early:
        raise RegisterNotDue(f"It can be marked from {on} on.")
    if not leads(caller, run.hub_id):
        raise EarlyMarkingRefused("Ask the hub's lead to mark early.")


async def _entries_of(session: AsyncSession, run_id: UUID, wanted: Sequence[UUID]) -> Entries:
    found = {row.booking_id: row for row in await queries.entries(session, run_id)}
    if unknown := [str(booking_id) for booking_id in wanted if booking_id not in found]:
        raise NotOnRegister("These bookings hold no place on this run.", booking_ids=unknown)
    return found


async def _audit(
    session: AsyncSession, caller: Principal, run_id: UUID, body: RegisterIn, changed: Sequence[Decision]
) -> None:
    details: dict[str, audit.JSON] = {outcome: [] for outcome in ("attended", "absent")}
    for outcome in details:
        details[outcome] = [str(one.booking_id) for one in changed if one.outcome == outcome]
    if body.early:
        details["early"] = True
    if body.reason is not None:
        details["reason"] = body.reason
    await audit.record(session, caller, "register.marked", f"course_run:{run_id}", details)
