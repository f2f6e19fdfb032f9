"""Telling of decisions, in the transaction that makes them: ids and values; the words stay here."""

from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.log_entries.models import LogEntry
from chassis.outbox import publish
from contracts.certification import LogEntryDecided


async def tell_outcome(session: AsyncSession, entry: LogEntry) -> None:
    """Ask for the teacher to be told what became of an entry: accepted, returned, or reversed."""
    activity = await session.get_one(Activity, entry.activity)
    assert entry.decided_at is not None
    news = LogEntryDecided(
        entry_id=entry.id,
        teacher_id=entry.teacher_id,
        activity=entry.activity,
        title=activity.title,
        submission=entry.submission,
        outcome="reversed" if entry.set_aside else "accepted" if entry.status == "accepted" else "returned",
        decided_at=entry.decided_at,
    )
    await publish(session, news)
