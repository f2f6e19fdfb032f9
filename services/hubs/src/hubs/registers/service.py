"""Marking a register: attendance becomes a completion, once."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from hubs.bookings import places
from hubs.bookings.models import Booking
from hubs.completions.corrections import NONE, settle_attendances
from hubs.completions.service import Attendance
from hubs.registers import queries
from hubs.registers.access import leads
from hubs.registers.errors import CorrectionNeedsReason, EarlyMarkingRefused, NotOnRegister, RegisterNotDue
from hubs.registers.models import RegisterEntry
from hubs.registers.queries import EntryRow, RunRow
from hubs.registers.rules import Mark, hours_attended
from hubs.registers.schemas import RegisterIn


async def mark_register(session: AsyncSession, caller: Principal, run_id: UUID, body: RegisterIn) -> RunRow:
    """Mark outcomes on a run of the caller's hub. Marking the same again changes nothing and publishes nothing."""
    run = await queries.run_of_staff(session, caller, run_id)
    _require_due(caller, run, body)
    held = await places.hold_run(session, run_id)
    recorded = {row.booking_id: row for row in await queries.entries(session, run_id)}
    marks = _marks(run, body, recorded)
    changed = [mark for mark in marks if mark.changes(*_recorded(recorded[mark.booking_id]))]
    if changed:
        corrects = [mark for mark in changed if recorded[mark.booking_id].outcome == "attended"]
        if corrects and body.reason is None:
            counted = [str(mark.booking_id) for mark in corrects]
            raise CorrectionNeedsReason("These attendances were counted.", booking_ids=counted)
        await _write(session, caller, changed)
        for mark in changed:
            booking = await session.get_one(Booking, mark.booking_id)
            places.move(held, booking, "attend" if mark.outcome == "attended" else "miss", clock.now())
        attendances = [_attendance(run, mark) for mark in changed]
        await settle_attendances(session, attendances, body.reason or "Marked on the register.", caller.id)
        await _audit(session, caller, run_id, body, changed)
    return run


def _require_due(caller: Principal, run: RunRow, body: RegisterIn) -> None:
    if run.starts_on <= clock.today():
        return
    if not body.early:
        raise RegisterNotDue(f"The run begins on {run.starts_on}; its register can be marked from that day.")
    if not leads(caller, run.hub_id):
        raise EarlyMarkingRefused("Ask the hub's lead to mark before the run begins.")


def _marks(run: RunRow, body: RegisterIn, recorded: dict[UUID, EntryRow]) -> list[Mark]:
    unknown = [str(entry.booking_id) for entry in body.entries if entry.booking_id not in recorded]
    if unknown:
        raise NotOnRegister("These bookings hold no place on this run.", booking_ids=unknown)
    return [
        Mark(
            entry.booking_id,
            recorded[entry.booking_id].teacher_id,
            entry.outcome,
            hours_attended(entry.outcome, entry.hours, run.hours),
        )
        for entry in body.entries
    ]


def _recorded(row: EntryRow) -> tuple[str, Decimal | None]:
    return row.outcome, row.hours


async def _write(session: AsyncSession, caller: Principal, marks: Sequence[Mark]) -> None:
    now = clock.now()
    rows = [
        {
            "booking_id": mark.booking_id,
            "outcome": mark.outcome,
            "hours": mark.hours,
            "marked_at": now,
            "marked_by": caller.id,
        }
        for mark in marks
    ]
    entry = insert(RegisterEntry).values(rows)
    fresh = {name: entry.excluded[name] for name in ("outcome", "hours", "marked_at", "marked_by")}
    await session.execute(entry.on_conflict_do_update(index_elements=[RegisterEntry.booking_id], set_=fresh))


def _attendance(run: RunRow, mark: Mark) -> Attendance:
    return Attendance(
        teacher_id=mark.teacher_id,
        booking_id=mark.booking_id,
        course_run_id=run.course_run_id,
        activity_code=run.course_code,
        mode=run.mode,
        hours=NONE if mark.hours is None else mark.hours,
        # A run marked early was not held on its planned last day.
        completed_on=min(run.ends_on, clock.today()),
    )


async def _audit(
    session: AsyncSession, caller: Principal, run_id: UUID, body: RegisterIn, marks: Sequence[Mark]
) -> None:
    details: dict[str, audit.JSON] = {outcome: [] for outcome in ("attended", "absent")}
    for outcome in details:
        details[outcome] = [str(mark.booking_id) for mark in marks if mark.outcome == outcome]
    if body.early:
        details["early"] = True
    if body.reason is not None:
        details["reason"] = body.reason
    await audit.record(session, caller, "register.marked", f"course_run:{run_id}", details)
