"""Settling outcomes: decided by the run's rule or stated by its staff, stored with all inputs, told of as completions.

The caller holds the run's row throughout, so that one outcome is settled at a time, and each once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.bookings import places
from hubs.bookings.models import Booking
from hubs.completions.corrections import NONE, settle_attendances
from hubs.completions.service import Attendance
from hubs.courses.models import CourseRun
from hubs.registers import queries
from hubs.registers.errors import CorrectionByStaffOnly, CorrectionNeedsReason, NoCompletionRule
from hubs.registers.models import Basis, Outcome, RegisterDecision, RegisterEntry, RunRegister
from hubs.registers.queries import Attendances, EntryRow, RunRow
from hubs.registers.rules import BECOMES, inputs_of, judge
from hubs.sets import any_of

CURRENT = ("outcome", "hours", "basis", "minutes_planned", "minutes_attended", "explanation")


@dataclass(frozen=True)
class Decision:
    """How one booking's run turned out, and why."""

    booking_id: UUID
    teacher_id: UUID
    outcome: Outcome
    hours: Decimal | None
    basis: Basis
    explanation: str
    inputs: dict[str, JsonValue]
    rule_id: UUID | None = None
    minutes_planned: int | None = None
    minutes_attended: int | None = None

    def differs(self, entry: EntryRow) -> bool:
        """Whether it says something else than what stands."""
        stands = (entry.outcome, entry.hours, entry.minutes_planned, entry.minutes_attended)
        return stands != (self.outcome, self.hours, self.minutes_planned, self.minutes_attended)


def stated(entry: EntryRow, outcome: Outcome, hours: Decimal | None, explanation: str) -> Decision:
    """An outcome that staff state of a run without sessions."""
    inputs: dict[str, JsonValue] = {"outcome": outcome, "hours": None if hours is None else str(hours)}
    return Decision(entry.booking_id, entry.teacher_id, outcome, hours, "stated", explanation, inputs)


def judged(entry: EntryRow, known: Attendances) -> Decision | None:
    """The outcome that follows from the marks of the sessions; None while one is missing. Raises NoCompletionRule."""
    marks = known.of(entry.booking_id)
    if known.standard is None or known.rule is None:
        raise NoCompletionRule("No approved rule is for runs that begin on that day; an administrator proposes one.")
    verdict = judge(known.sessions, marks, known.standard)
    if verdict.outcome is None:
        return None
    return Decision(
        booking_id=entry.booking_id,
        teacher_id=entry.teacher_id,
        outcome=verdict.outcome,
        hours=verdict.hours,
        basis="sessions",
        explanation=verdict.explanation,
        inputs=inputs_of(known.sessions, marks, known.standard),
        rule_id=known.rule.id,
        minutes_planned=verdict.minutes_planned,
        minutes_attended=verdict.minutes_attended,
    )


def require_reason(
    caller: Principal, run: RunRow, reason: str | None, changed: Iterable[EntryRow], contradicted: Iterable[UUID] = ()
) -> None:
    """What was counted, and all of a closed register, is corrected by the hub's staff, and with a reason.

    So is, by whoever marks, what contradicts marks of sessions. Raises CorrectionByStaffOnly, CorrectionNeedsReason.
    """
    counted = [entry.booking_id for entry in changed if entry.outcome == "attended" or run.closed_at is not None]
    if counted and not queries.is_staff(caller, run):
        raise CorrectionByStaffOnly("The hub's lead or administrator corrects what was counted.")
    if reason is None and (corrected := list(dict.fromkeys([*counted, *contradicted]))):
        told = [str(booking_id) for booking_id in corrected]
        raise CorrectionNeedsReason("These attendances were counted, or marked otherwise.", booking_ids=told)


async def settle(
    session: AsyncSession,
    caller: Principal,
    held: CourseRun,
    run: RunRow,
    decisions: Sequence[Decision],
    reason: str | None,
) -> list[Decision]:
    """Make the register, the bookings and the completions say what was decided; those decisions that said anything new.

    Deciding the same again changes nothing and publishes nothing.
    """
    before = {entry.booking_id: entry for entry in await queries.entries(session, held.id)}
    changed = [one for one in decisions if one.differs(before[one.booking_id])]
    if not changed:
        return []
    await _write(session, caller, changed, reason)
    for one in changed:
        booking = await session.get_one(Booking, one.booking_id)
        places.move(held, booking, BECOMES[one.outcome], clock.now())
    attendances = [_attendance(run, one) for one in changed]
    await settle_attendances(session, attendances, reason or "Marked on the register.", caller.id)
    for one in changed:
        await _audit_correction(session, caller, before[one.booking_id], one, reason)
    await _keep_rule(session, held.id, changed)
    return changed


async def _write(session: AsyncSession, caller: Principal, changed: Sequence[Decision], reason: str | None) -> None:
    now = clock.now()
    rows = [
        {name: getattr(one, name) for name in ("booking_id", *CURRENT)} | {"marked_at": now, "marked_by": caller.id}
        for one in changed
    ]
    entry = insert(RegisterEntry).values(rows)
    fresh = {name: entry.excluded[name] for name in (*CURRENT, "marked_at", "marked_by")}
    await session.execute(entry.on_conflict_do_update(index_elements=[RegisterEntry.booking_id], set_=fresh))
    revisions = await _revisions(session, [one.booking_id for one in changed])
    session.add_all(
        RegisterDecision(
            id=new_id(),
            booking_id=one.booking_id,
            revision=revisions.get(one.booking_id, 0) + 1,
            outcome=one.outcome,
            hours=one.hours,
            basis=one.basis,
            rule_id=one.rule_id,
            inputs=dict(one.inputs),
            explanation=one.explanation,
            reason=reason,
            decided_at=now,
            decided_by=caller.id,
        )
        for one in changed
    )
    await session.flush()


async def _revisions(session: AsyncSession, booking_ids: Sequence[UUID]) -> dict[UUID, int]:
    query = (
        select(RegisterDecision.booking_id, func.max(RegisterDecision.revision).label("latest"))
        .where(any_of(RegisterDecision.booking_id, booking_ids))
        .group_by(RegisterDecision.booking_id)
    )
    return {row.booking_id: row.latest for row in await session.execute(query)}


def _attendance(run: RunRow, one: Decision) -> Attendance:
    return Attendance(
        teacher_id=one.teacher_id,
        booking_id=one.booking_id,
        course_run_id=run.course_run_id,
        activity_code=run.course_code,
        mode=run.mode,
        hours=NONE if one.hours is None else one.hours,
        # A run marked early was not held on its planned last day.
        completed_on=min(run.ends_on, clock.today()),
    )


async def _audit_correction(
    session: AsyncSession, caller: Principal, before: EntryRow, after: Decision, reason: str | None
) -> None:
    if before.outcome == "pending":
        return
    details: dict[str, audit.JSON] = {
        "before": _told(before.outcome, before.hours, before.minutes_attended),
        "after": _told(after.outcome, after.hours, after.minutes_attended),
        "reason": reason,
    }
    await audit.record(session, caller, "register.corrected", f"booking:{after.booking_id}", details)


def _told(outcome: str, hours: Decimal | None, minutes: int | None) -> str:
    parts = [
        outcome,
        *([f"{hours} h"] if hours is not None else []),
        *([f"{minutes} min"] if minutes is not None else []),
    ]
    return ", ".join(parts)


async def _keep_rule(session: AsyncSession, run_id: UUID, changed: Sequence[Decision]) -> None:
    rule_id = next((one.rule_id for one in changed if one.rule_id is not None), None)
    if rule_id is not None:
        row = insert(RunRegister).values(course_run_id=run_id, rule_id=rule_id)
        kept = {"rule_id": func.coalesce(RunRegister.rule_id, row.excluded.rule_id)}
        await session.execute(row.on_conflict_do_update(index_elements=[RunRegister.course_run_id], set_=kept))


async def withdraw_all(session: AsyncSession, caller: Principal, held: CourseRun, reason: str) -> int:
    """Nothing of a run that is called off counts any more; of how many bookings something was taken back."""
    run = await queries.run_kept_by(session, caller, held.id)
    explanation = "The run was called off after it was marked; nothing of it counts."
    taken_back = [
        stated(entry, "absent", None, explanation)
        for entry in await queries.entries(session, held.id)
        if entry.outcome == "attended"
    ]
    return len(await settle(session, caller, held, run, taken_back, reason))
