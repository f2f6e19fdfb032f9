"""Reading evidence. Who may see it is part of every query."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.evidence.errors import EvidenceNotFound
from certification.evidence.models import Evidence
from certification.log_entries.models import LogEntry
from certification.moderation.scope import scope_of
from chassis import clock
from chassis.files.findings import MEDIA_TYPES
from chassis.known_as import is_theirs
from chassis.principal import Principal

JSON = dict[str, Any]


def told(row: RowMapping) -> JSON:
    """A row as the API tells it."""
    return {**row, "sha256": row["sha256"].hex(), "media_type": MEDIA_TYPES[row["kind"]]}


async def of_entry(connection: AsyncConnection | AsyncSession, entry_id: UUID) -> list[JSON]:
    """The files of an entry that the caller was found to see, oldest first."""
    query = select(Evidence.__table__).where(Evidence.entry_id == entry_id, Evidence.removed_at.is_(None))
    rows = (await connection.execute(query.order_by(Evidence.uploaded_at, Evidence.id))).mappings()
    return [told(row) for row in rows]


async def count(runner: AsyncConnection | AsyncSession, entry_id: UUID) -> int:
    """How many files an entry has."""
    of_it = select(func.count()).where(Evidence.entry_id == entry_id, Evidence.removed_at.is_(None))
    return (await runner.execute(of_it)).scalar_one()


async def one_to_open(session: AsyncSession, caller: Principal, evidence_id: UUID) -> RowMapping:
    """A file whose bytes the caller may have, or EvidenceNotFound.

    Its owner may; so may a moderator who has the entry in hand, within their scope; and auditors, once it was put in.
    """
    may: ColumnElement[bool] = is_theirs(LogEntry.teacher_id, caller.id)
    scope = await scope_of(session, caller)
    if scope is not None:
        in_hand = and_(LogEntry.claimed_by == caller.id, LogEntry.claimed_until > clock.now())
        may = or_(may, and_(scope.condition(), in_hand))
    if caller.has_role("auditor"):
        may = or_(may, LogEntry.set_aside.is_(None), LogEntry.set_aside == "reversed")
    query = (
        select(Evidence.__table__, LogEntry.teacher_id)
        .join(LogEntry, LogEntry.id == Evidence.entry_id)
        .where(Evidence.id == evidence_id, Evidence.removed_at.is_(None), may)
    )
    found = (await session.execute(query)).mappings().one_or_none()
    if found is None:
        raise EvidenceNotFound
    return found
