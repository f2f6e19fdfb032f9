"""Reading log entries. Whose they are is part of every query."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, String, and_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from certification.activities.models import Activity
from certification.evidence.models import Evidence
from certification.log_entries.errors import LogEntryNotFound
from certification.log_entries.models import LogEntry, LogEntryEvent, LogEntrySubmission
from certification.log_entries.schemas import Status
from certification.moderation.scope import Scope, scope_of
from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal

JSON = dict[str, Any]
UNDECIDED = ("draft", "withdrawn")


def shown_status() -> ColumnElement[str]:
    """The entry's status at this moment, in the words of the API."""
    in_hand = and_(LogEntry.status == "submitted", LogEntry.claimed_until > clock.now())
    return case(
        (LogEntry.set_aside.is_not(None), LogEntry.set_aside),
        (in_hand, literal("in_review")),
        else_=cast(LogEntry.status, String),
    ).label("shown_status")


def status_of(entry: LogEntry) -> Status:
    """The same of an entry that was read."""
    if entry.set_aside is not None:
        return Status(entry.set_aside)
    in_hand = entry.claimed_until is not None and entry.claimed_until > clock.now()
    return Status.IN_REVIEW if entry.status == "submitted" and in_hand else Status(entry.status)


def entry_columns() -> tuple[ColumnElement[object], ...]:
    """An entry with what is shown of it besides its columns."""
    counted = select(func.count()).where(Evidence.entry_id == LogEntry.id, Evidence.purged_at.is_(None))
    return (*LogEntry.__table__.columns, shown_status(), counted.scalar_subquery().label("evidence_count"))


def _in_sight(caller: Principal, scope: Scope | None) -> ColumnElement[bool]:
    """The caller's own; to moderators whatever is in their scope and was put in; to auditors all of that."""
    own = LogEntry.teacher_id == caller.id
    put_in = or_(LogEntry.set_aside.is_(None), LogEntry.set_aside.not_in(UNDECIDED))
    if caller.has_role("auditor"):
        return or_(own, put_in)
    return own if scope is None else or_(own, and_(put_in, scope.condition()))


async def visible(connection: AsyncConnection, caller: Principal, status: Status | None, page: PageOf) -> list[JSON]:
    """The caller's entries; to a moderator who asks for submitted ones, the queue of everybody else's. Oldest first."""
    scope = await scope_of(connection, caller) if status is Status.SUBMITTED else None
    query = select(*entry_columns()).where(scope.condition() if scope else LogEntry.teacher_id == caller.id)
    if status:
        query = query.where(shown_status() == status.value)
    after = page.after_as(UUID)
    if after:
        query = query.where(LogEntry.id > after[0])
    rows = (await connection.execute(query.order_by(LogEntry.id).limit(page.limit + 1))).mappings().all()
    return await with_hints(connection, rows, caller)


async def one_visible(connection: AsyncConnection, caller: Principal, entry_id: UUID) -> JSON:
    """An entry of the caller's, or of somebody in the scope of a moderator who asks; else LogEntryNotFound."""
    scope = await scope_of(connection, caller)
    query = select(*entry_columns()).where(LogEntry.id == entry_id, _in_sight(caller, scope))
    found = (await connection.execute(query)).mappings().one_or_none()
    if found is None:
        raise LogEntryNotFound
    return (await with_hints(connection, [found], caller))[0]


async def shown(session: AsyncSession, caller: Principal, entry: LogEntry) -> JSON:
    """An entry that has just been changed, as its reader is shown it."""
    await session.flush()
    query = select(*entry_columns()).where(LogEntry.id == entry.id)
    rows = (await session.execute(query)).mappings().all()
    return (await with_hints(await session.connection(), rows, caller))[0]


async def with_hints(connection: AsyncConnection, rows: Sequence[RowMapping], caller: Principal) -> list[JSON]:
    """The rows as the API tells them, with what may be the same activity told twice."""
    hints = await _duplicates(connection, [row["id"] for row in rows], caller)
    return [_told(row, hints.get(row["id"], [])) for row in rows]


def _told(row: RowMapping, duplicates: list[JSON]) -> JSON:
    status = row["shown_status"]
    was_decided = status not in UNDECIDED
    return {
        **row,
        "status": status,
        "decided_at": row["decided_at"] if was_decided else None,
        "due_at": row["due_at"] if row["status"] == "submitted" else None,
        "duplicates": duplicates,
    }


async def _duplicates(
    connection: AsyncConnection, entry_ids: Collection[UUID], caller: Principal
) -> dict[UUID, list[JSON]]:
    """By entry those of the same teacher, activity and day, and those with the same file.

    Another teacher's entry with the same file is a moderator's to know of, and nobody else's.
    """
    if not entry_ids:
        return {}
    other = aliased(LogEntry)
    activity, others = aliased(Activity), aliased(Activity)
    among = LogEntry.id == func.any(list(entry_ids))
    stands = or_(other.set_aside.is_(None), other.set_aside != "withdrawn")
    same_day = (
        select(LogEntry.id, other.id.label("other_id"), literal("same_day").label("because"))
        .join(other, (other.teacher_id == LogEntry.teacher_id) & (other.occurred_on == LogEntry.occurred_on))
        .join(activity, activity.code == LogEntry.activity)
        .join(others, others.code == other.activity)
        .where(among, other.id != LogEntry.id, stands, others.counts_as == activity.counts_as)
    )
    file, same = aliased(Evidence), aliased(Evidence)
    same_file = (
        select(LogEntry.id, other.id.label("other_id"), literal("same_file").label("because"))
        .join(file, (file.entry_id == LogEntry.id) & file.removed_at.is_(None))
        .join(same, (same.sha256 == file.sha256) & (same.entry_id != LogEntry.id) & same.removed_at.is_(None))
        .join(other, other.id == same.entry_id)
        .where(among, stands, or_(other.teacher_id == LogEntry.teacher_id, LogEntry.teacher_id != caller.id))
        .distinct()
    )
    found: defaultdict[UUID, list[JSON]] = defaultdict(list)
    both = union_all(same_day, same_file).subquery()
    for row in await connection.execute(select(both).order_by(both.c.other_id, both.c.because)):
        found[row.id].append({"entry_id": row.other_id, "because": row.because})
    return found


async def has_double(session: AsyncSession, entry: LogEntry) -> bool:
    """Whether something else of the teacher's, or a file of anybody's, may be the same activity."""
    moderator = Principal(kind="service")
    return bool(await _duplicates(await session.connection(), [entry.id], moderator))


async def locked(session: AsyncSession, entry_id: UUID) -> LogEntry:
    """An entry, held until the transaction ends, or LogEntryNotFound."""
    entry = await session.get(LogEntry, entry_id, with_for_update=True)
    if entry is None:
        raise LogEntryNotFound
    return entry


async def own_locked(session: AsyncSession, caller: Principal, entry_id: UUID) -> LogEntry:
    """The caller's own entry, held until the transaction ends, or LogEntryNotFound."""
    query = select(LogEntry).where(LogEntry.id == entry_id, LogEntry.teacher_id == caller.id).with_for_update()
    entry = (await session.scalars(query)).one_or_none()
    if entry is None:
        raise LogEntryNotFound
    return entry


async def history(connection: AsyncConnection, caller: Principal, entry_id: UUID) -> JSON:
    """Everything that happened to an entry that the caller may see, or LogEntryNotFound."""
    await one_visible(connection, caller, entry_id)
    events = select(LogEntryEvent.__table__).where(LogEntryEvent.entry_id == entry_id)
    submissions = select(LogEntrySubmission.__table__).where(LogEntrySubmission.entry_id == entry_id)
    found = (await connection.execute(events.order_by(LogEntryEvent.number))).mappings().all()
    put_in = (await connection.execute(submissions.order_by(LogEntrySubmission.number))).mappings().all()
    return {"entry_id": entry_id, "events": found, "submissions": put_in}
