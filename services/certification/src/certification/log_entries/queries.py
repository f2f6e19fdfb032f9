"""Reading log entries. Whose they are is part of every query."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.log_entries.errors import LogEntryNotFound
from certification.log_entries.models import LogEntry
from certification.log_entries.schemas import Status
from chassis.paging import PageOf
from chassis.principal import Principal

ENTRIES = select(LogEntry.__table__)


async def visible(
    connection: AsyncConnection, caller: Principal, status: Status | None, page: PageOf
) -> list[RowMapping]:
    """The caller's entries; to a moderator who asks for submitted ones, the queue of everybody else's. Oldest first."""
    moderates = caller.has_role("moderator") and status is Status.SUBMITTED
    query = ENTRIES.where(LogEntry.teacher_id != caller.id if moderates else LogEntry.teacher_id == caller.id)
    if status:
        query = query.where(LogEntry.status == status)
    after = page.after_as(UUID)
    if after:
        query = query.where(LogEntry.id > after[0])
    return list((await connection.execute(query.order_by(LogEntry.id).limit(page.limit + 1))).mappings())


async def one_visible(connection: AsyncConnection, caller: Principal, entry_id: UUID) -> RowMapping:
    """An entry of the caller's, or anybody's when a moderator asks; else LogEntryNotFound."""
    query = ENTRIES.where(LogEntry.id == entry_id)
    if not caller.has_role("moderator"):
        query = query.where(LogEntry.teacher_id == caller.id)
    found = (await connection.execute(query)).mappings().one_or_none()
    if found is None:
        raise LogEntryNotFound
    return found


async def locked(session: AsyncSession, entry_id: UUID) -> LogEntry:
    """An entry, held until the transaction ends, or LogEntryNotFound."""
    entry = await session.get(LogEntry, entry_id, with_for_update=True)
    if entry is None:
        raise LogEntryNotFound
    return entry
