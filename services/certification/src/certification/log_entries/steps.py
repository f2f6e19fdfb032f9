"""Keeping what happened to an entry: steps without words, and what was put in with what was decided on it."""

from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.log_entries.models import LogEntry, LogEntryEvent, LogEntrySubmission
from chassis import clock

Actor = Literal["teacher", "moderator", "platform"]


async def step(session: AsyncSession, entry: LogEntry, kind: str, actor: Actor, actor_id: UUID | None = None) -> None:
    """Add a step to the life of an entry that the caller holds."""
    numbers = select(func.coalesce(func.max(LogEntryEvent.number), 0)).where(LogEntryEvent.entry_id == entry.id)
    last = (await session.execute(numbers)).scalar_one()
    happened = LogEntryEvent(
        entry_id=entry.id,
        number=last + 1,
        kind=kind,
        actor=actor,
        actor_id=actor_id,
        submission=entry.submission,
        reason_code=entry.reason_code if actor != "teacher" else None,
        happened_at=clock.now(),
    )
    session.add(happened)
    await session.flush()


async def keep_submission(session: AsyncSession, entry: LogEntry) -> None:
    """Keep what stands in the entry as it is put in, or as an earlier release left it; with the decision on it."""
    was_decided = entry.status != "submitted"
    decision = {
        "outcome": (entry.set_aside or entry.status) if was_decided else None,
        "decided_at": entry.decided_at,
        "reason_code": entry.reason_code,
        "reason": entry.reason,
    }
    names = ("activity", "occurred_on", "hours", "description", "submitted_at")
    told = {name: getattr(entry, name) for name in names}
    row = insert(LogEntrySubmission).values(entry_id=entry.id, number=entry.submission, **told, **decision)
    key = [LogEntrySubmission.entry_id, LogEntrySubmission.number]
    await session.execute(row.on_conflict_do_update(index_elements=key, set_=decision))
