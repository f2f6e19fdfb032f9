"""Reads of registers, limited in the SQL to runs whose register the caller keeps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.bookings.models import ON_REGISTER, Booking
from hubs.completion_rules.queries import find_rule, rule_in_force
from hubs.courses.models import Course, CourseRun, CourseSession
from hubs.registers.access import hubs_staffed_by, kept_by
from hubs.registers.errors import RegisterNotFound
from hubs.registers.models import RegisterDecision, RegisterEntry, RunRegister, SessionAttendance
from hubs.registers.rules import Mark, Session, Standard
from hubs.registers.schemas import RegisterFilter
from hubs.sets import any_of

RunRow = AnyRow
EntryRow = AnyRow
Anything = AsyncConnection | AsyncSession
RegisterStatus = Literal["open", "due", "overdue", "closed"]
OVERDUE_AFTER = timedelta(days=7)
"""How long after its last session a run may wait to be closed; ours, the sources set no term."""
NEVER_HELD = ("draft", "postponed", "cancelled")


@dataclass(frozen=True)
class Attendances:
    """The sessions of a run, who was at them, and what the run is judged by."""

    sessions: list[Session]
    marks: dict[UUID, dict[UUID, Mark]]
    """By booking, then by session."""
    rule: AnyRow | None
    standard: Standard | None

    def of(self, booking_id: UUID) -> Mapping[UUID, Mark]:
        """The marks of one booking by session."""
        return self.marks.get(booking_id, {})

    def has_only_word_of(self, entry: EntryRow) -> bool:
        """Whether an outcome was stated before the run had sessions, and stands until somebody marks these."""
        return entry.basis == "stated" and not self.of(entry.booking_id)


async def run_kept_by(connection: Anything, caller: Principal, run_id: UUID) -> RunRow:
    """The run, if the caller staffs its hub or facilitates it; RegisterNotFound."""
    query = (
        select(
            CourseRun.id.label("course_run_id"),
            CourseRun.course_code,
            CourseRun.hub_id,
            CourseRun.facilitator_ids,
            CourseRun.status.label("run_status"),
            CourseRun.starts_on,
            CourseRun.ends_on,
            CourseRun.ends_at,
            Course.title,
            Course.mode,
            Course.programme,
            Course.hours,
            RunRegister.rule_id,
            RunRegister.closed_at,
            RunRegister.closed_by,
        )
        .join(Course, Course.code == CourseRun.course_code)
        .outerjoin(RunRegister, RunRegister.course_run_id == CourseRun.id)
        .where(CourseRun.id == run_id, kept_by(caller))
    )
    row = (await connection.execute(query)).first()
    if row is None:
        raise RegisterNotFound("No run whose register you keep has this id.")
    return row


async def entries(connection: Anything, run_id: UUID) -> Sequence[EntryRow]:
    """The run's live bookings with their outcomes, in the order of booking."""
    query = (
        select(
            Booking.id.label("booking_id"),
            Booking.teacher_id,
            Booking.school_urn,
            Booking.status.label("booking_status"),
            func.coalesce(cast(RegisterEntry.outcome, String), "pending").label("outcome"),
            RegisterEntry.hours,
            RegisterEntry.basis,
            RegisterEntry.minutes_planned,
            RegisterEntry.minutes_attended,
            RegisterEntry.explanation,
        )
        .outerjoin(RegisterEntry, RegisterEntry.booking_id == Booking.id)
        .where(Booking.course_run_id == run_id, Booking.status.in_(ON_REGISTER))
        .order_by(Booking.id)
    )
    return (await connection.execute(query)).all()


async def sessions_of(connection: Anything, run_id: UUID) -> list[Session]:
    """The run's sessions in their order; none for a run that is only known by its days."""
    columns = (CourseSession.id, CourseSession.ordinal, CourseSession.starts_at, CourseSession.ends_at)
    query = select(*columns, CourseSession.minutes).where(CourseSession.course_run_id == run_id)
    rows = await connection.execute(query.order_by(CourseSession.ordinal))
    return [Session(row.id, row.ordinal, row.starts_at, row.ends_at, row.minutes) for row in rows]


async def attendances(connection: Anything, run: RunRow) -> Attendances:
    """Sessions, marks and rule of a run."""
    sessions = await sessions_of(connection, run.course_run_id)
    if not sessions:
        return Attendances([], {}, None, None)
    rule = await _rule_of(connection, run)
    standard = None if rule is None else Standard(rule.minimum_percent, rule.credit, run.hours)
    marks: dict[UUID, dict[UUID, Mark]] = defaultdict(dict)
    for row in await mark_rows(connection, [one.id for one in sessions]):
        marks[row.booking_id][row.session_id] = Mark(row.presence, row.minutes, row.arrived_at, row.left_at)
    return Attendances(sessions, dict(marks), rule, standard)


async def mark_rows(connection: Anything, session_ids: Sequence[UUID]) -> Sequence[AnyRow]:
    """Everything marked of some sessions."""
    query = select(SessionAttendance.__table__).where(any_of(SessionAttendance.session_id, session_ids))
    return (await connection.execute(query)).all()


async def _rule_of(connection: Anything, run: RunRow) -> AnyRow | None:
    if run.rule_id is not None:
        return await find_rule(connection, run.rule_id)
    return await rule_in_force(connection, run.course_code, run.programme, run.starts_on)


async def decisions(
    reader: AsyncConnection, caller: Principal, run_id: UUID, booking_id: UUID | None, page: PageOf
) -> Sequence[AnyRow]:
    """How the outcomes of a run were decided, oldest first, one row more than the page holds."""
    await run_kept_by(reader, caller, run_id)
    query = (
        select(RegisterDecision.__table__)
        .join(Booking, Booking.id == RegisterDecision.booking_id)
        .where(Booking.course_run_id == run_id)
        .order_by(RegisterDecision.id)
    )
    if booking_id is not None:
        query = query.where(RegisterDecision.booking_id == booking_id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(RegisterDecision.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def list_registers(
    reader: AsyncConnection, caller: Principal, wanted: RegisterFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Registers of begun runs with somebody on them, the longest over first, one row more than the page holds."""
    now = clock.now()
    status = _status_at(now)
    booked = (Booking.course_run_id == CourseRun.id, Booking.status.in_(ON_REGISTER))
    people = select(func.count()).where(*booked).scalar_subquery()
    settled = select(func.count()).where(*booked, RegisterEntry.booking_id == Booking.id).scalar_subquery()
    query = (
        select(
            CourseRun.id.label("course_run_id"),
            CourseRun.course_code,
            CourseRun.hub_id,
            CourseRun.starts_on,
            CourseRun.ends_on,
            CourseRun.ends_at,
            Course.title,
            RunRegister.closed_at,
            status.label("status"),
            people.label("people"),
            settled.label("settled"),
        )
        .join(Course, Course.code == CourseRun.course_code)
        .outerjoin(RunRegister, RunRegister.course_run_id == CourseRun.id)
        .where(kept_by(caller), CourseRun.status.not_in(NEVER_HELD), CourseRun.starts_at <= now, people > 0)
        .order_by(CourseRun.ends_at, CourseRun.id)
    )
    if wanted.hub_id is not None:
        query = query.where(CourseRun.hub_id == wanted.hub_id)
    if wanted.status is not None:
        query = query.where(status == wanted.status)
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(CourseRun.ends_at, CourseRun.id) > after)
    return (await reader.execute(query.limit(page.limit + 1))).all()


def _status_at(now: datetime) -> ColumnElement[str]:
    said: ColumnElement[str] = case(
        (RunRegister.closed_at.is_not(None), literal("closed")),
        (CourseRun.ends_at > now, literal("open")),
        (CourseRun.ends_at > now - OVERDUE_AFTER, literal("due")),
        else_=literal("overdue"),
    )
    return said


async def has_attendance(session: AsyncSession, run_id: UUID) -> bool:
    """Whether anything was marked of anybody who is still on the run's register."""
    marked = select(literal(1)).where(
        Booking.course_run_id == run_id,
        Booking.status.in_(ON_REGISTER),
        or_(
            select(RegisterEntry.booking_id).where(RegisterEntry.booking_id == Booking.id).exists(),
            select(SessionAttendance.booking_id).where(SessionAttendance.booking_id == Booking.id).exists(),
        ),
    )
    return (await session.execute(marked.limit(1))).first() is not None


async def is_closed(session: AsyncSession, run_id: UUID) -> bool:
    """Whether the run's register was closed."""
    closed = and_(RunRegister.course_run_id == run_id, RunRegister.closed_at.is_not(None))
    return (await session.execute(select(literal(1)).where(closed))).first() is not None


def is_staff(caller: Principal, run: RunRow) -> bool:
    """Whether the caller is on the staff of a run's hub, and not only somebody who facilitates it."""
    return run.hub_id in hubs_staffed_by(caller)


def hours_credited(rows: Sequence[EntryRow]) -> Decimal:
    """Hours that the register counts for, all together."""
    return sum((row.hours for row in rows if row.hours is not None), Decimal(0))
