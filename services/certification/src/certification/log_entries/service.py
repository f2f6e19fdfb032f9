"""Recording community activity and deciding on it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.credits.service import Report, record_activities
from certification.log_entries import queries
from certification.log_entries.errors import EntryAlreadyDecided, NotSelfCertifiable, OccursInFuture, OwnLogEntry
from certification.log_entries.models import LogEntry
from certification.log_entries.schemas import Decision, LogEntryDraft, Status
from certification.schemes.rules import ActivityKind
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal


async def submit(session: AsyncSession, teacher_id: UUID, draft: LogEntryDraft) -> LogEntry:
    """Put an activity in the moderators' queue."""
    if draft.occurred_on > clock.today():
        raise OccursInFuture
    activity = await session.get(Activity, draft.activity)
    if activity is None or not activity.self_certifiable:
        raise NotSelfCertifiable(draft.activity)
    await lock_log(session, teacher_id)
    entry = LogEntry(id=new_id(), teacher_id=teacher_id, status=Status.SUBMITTED, **draft.model_dump())
    session.add(entry)
    await session.flush()
    return entry


async def decide(session: AsyncSession, moderator: Principal, entry_id: UUID, decision: Decision) -> LogEntry:
    """Accept an entry, which earns the catalogue's credits, or return it with a reason."""
    entry = await queries.locked(session, entry_id)
    if entry.teacher_id == moderator.id:
        raise OwnLogEntry
    if entry.status != Status.SUBMITTED:
        raise EntryAlreadyDecided(entry.status)
    entry.status = decision.outcome
    entry.decided_at = clock.now()
    entry.decided_by = moderator.id
    entry.reason = decision.reason
    await audit.record(session, moderator, f"log_entry.{decision.outcome}", f"log-entry:{entry.id}")
    if decision.outcome == "accepted":
        await _earn(session, entry)
    return entry


async def _earn(session: AsyncSession, entry: LogEntry) -> None:
    activity = await session.get_one(Activity, entry.activity)
    report = Report(
        teacher_id=entry.teacher_id,
        kind=ActivityKind.COMMUNITY,
        activity_key=f"community:{activity.counts_as}",
        activity=activity.code,
        occurred_on=entry.occurred_on,
        source=f"log-entry:{entry.id}",
        published_credits=activity.published_credits,
    )
    await record_activities(session, [report])
