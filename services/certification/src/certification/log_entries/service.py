"""A teacher's side of the log: recording, changing, putting in, withdrawing."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.log_entries import queries
from certification.log_entries.crediting import earn, scheme_asking_for_hours
from certification.log_entries.errors import EntryNotOpen, HoursMissing, NotSelfCertifiable, OccursInFuture
from certification.log_entries.models import LogEntry
from certification.log_entries.news import tell_outcome
from certification.log_entries.queries import status_of
from certification.log_entries.schemas import LogEntryChange, LogEntryDraft, Status
from certification.log_entries.steps import keep_submission, step
from certification.moderation.policies import Policy, policy_in_force
from certification.moderation.rules import draw, working_days_after
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal

CHANGEABLE = frozenset({Status.DRAFT, Status.RETURNED})
WITHDRAWABLE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.IN_REVIEW, Status.RETURNED})
ALWAYS = Decimal(1)


async def record(session: AsyncSession, caller: Principal, draft: LogEntryDraft) -> LogEntry:
    """Keep an activity as a draft, or put it in at once."""
    assert caller.id is not None
    await _check(session, caller.id, draft)
    now = clock.now()
    entry = LogEntry(
        id=new_id(),
        teacher_id=caller.id,
        **draft.model_dump(exclude={"as_draft"}),
        status="returned",
        set_aside="draft",
        submission=0,
        submitted_at=now,
        decided_at=now,
        due_at=None,
    )
    session.add(entry)
    await session.flush()
    await step(session, entry, "begun", "teacher", caller.id)
    if not draft.as_draft:
        await _put_in(session, caller, entry)
    return entry


async def _check(session: AsyncSession, teacher_id: UUID, change: LogEntryChange | LogEntry) -> None:
    """Refuse what the log does not hold: OccursInFuture, NotSelfCertifiable, HoursMissing. Holds the teacher's log."""
    if change.occurred_on > clock.today():
        raise OccursInFuture
    activity = await session.get(Activity, change.activity)
    if activity is None or not activity.self_certifiable:
        raise NotSelfCertifiable(change.activity)
    await lock_log(session, teacher_id)
    if change.hours is None and (scheme := await scheme_asking_for_hours(session, teacher_id, activity)):
        raise HoursMissing(scheme)


async def change(
    session: AsyncSession, caller: Principal, entry_id: UUID, told: LogEntryChange, version: int
) -> LogEntry:
    """Tell an activity otherwise, before it is put in or after it came back. EntryNotOpen, StaleVersion."""
    entry = await queries.own_locked(session, caller, entry_id)
    _require(entry, CHANGEABLE, "only a draft, or what was returned, can be changed")
    require_version(entry.version, version)
    await _check(session, entry.teacher_id, told)
    if entry.set_aside is None:
        await keep_submission(session, entry)
    for name, value in told.model_dump().items():
        setattr(entry, name, value)
    entry.version += 1
    await step(session, entry, "changed", "teacher", caller.id)
    return entry


async def put_in(session: AsyncSession, caller: Principal, entry_id: UUID) -> LogEntry:
    """Put a draft in, or again what was returned. EntryNotOpen, and whatever the log refuses by now."""
    entry = await queries.own_locked(session, caller, entry_id)
    _require(entry, CHANGEABLE, "only a draft, or what was returned, can be put in")
    await _check(session, entry.teacher_id, entry)
    if entry.set_aside is None:
        await keep_submission(session, entry)
    await _put_in(session, caller, entry)
    return entry


async def _put_in(session: AsyncSession, caller: Principal, entry: LogEntry) -> None:
    policy, now = await policy_in_force(session), clock.now()
    await _draw(session, entry, policy)
    entry.status, entry.set_aside, entry.submission = "submitted", None, entry.submission + 1
    entry.submitted_at, entry.due_at = now, working_days_after(now, policy.rules.service_level_working_days)
    entry.decided_at = entry.decided_by = entry.reason = entry.reason_code = None
    entry.school_urn = caller.attributes.get("school_urn")
    entry.version += 1
    await step(session, entry, "submitted" if entry.submission == 1 else "resubmitted", "teacher", caller.id)
    if entry.is_sampled:
        await keep_submission(session, entry)
    else:
        await _accept_unseen(session, entry)


async def _draw(session: AsyncSession, entry: LogEntry, policy: Policy) -> None:
    """Whether somebody looks at it: drawn by the policy; always when it came back, or may have been told twice."""
    activity = await session.get_one(Activity, entry.activity)
    rate = policy.rules.rate_for(entry.activity, is_first=not await _accepted_before(session, entry.teacher_id))
    if await _needs_eyes(session, entry, activity.counts_as):
        rate = ALWAYS
    entry.policy_version, entry.sampling_rate = policy.version, rate
    entry.sampling_draw = _draw_of(policy, "review", entry, activity.counts_as)
    entry.is_sampled = entry.sampling_draw < rate


def _draw_of(policy: Policy, purpose: str, entry: LogEntry, counts_as: str) -> Decimal:
    return draw(policy.seed, purpose, entry.teacher_id, counts_as, entry.occurred_on)


async def _accepted_before(session: AsyncSession, teacher_id: UUID) -> bool:
    accepted = exists().where(
        LogEntry.teacher_id == teacher_id, LogEntry.status == "accepted", LogEntry.decided_by.is_not(None)
    )
    return bool(await session.scalar(select(accepted)))


async def _needs_eyes(session: AsyncSession, entry: LogEntry, counts_as: str) -> bool:
    """Withdrawing and telling it again with another day must not draw again until it goes unseen."""
    failed = or_(LogEntry.status == "returned", LogEntry.set_aside.is_not(None))
    alike = select(Activity.code).where(Activity.counts_as == counts_as)
    same = (LogEntry.teacher_id == entry.teacher_id, LogEntry.activity.in_(alike), LogEntry.id != entry.id)
    came_back = entry.submission > 0 or await session.scalar(select(exists().where(*same, failed)))
    return bool(came_back) or await queries.has_double(session, entry)


async def _accept_unseen(session: AsyncSession, entry: LogEntry) -> None:
    entry.status, entry.decided_at, entry.reason_code = "accepted", clock.now(), None
    await draw_audit(session, entry)
    await keep_submission(session, entry)
    await step(session, entry, "accepted_unseen", "platform")
    await audit.record(session, None, "log_entry.accepted_unseen", f"log-entry:{entry.id}")
    await earn(session, entry)
    await tell_outcome(session, entry)


async def draw_audit(session: AsyncSession, entry: LogEntry) -> None:
    """Whether an accepted entry gets a second look, by the policy of today."""
    policy = await policy_in_force(session)
    activity = await session.get_one(Activity, entry.activity)
    if _draw_of(policy, "audit", entry, activity.counts_as) < policy.rules.audited:
        entry.audit_status = "waiting"


async def withdraw(session: AsyncSession, caller: Principal, entry_id: UUID) -> LogEntry:
    """Take an entry back that was not accepted; again, it changes nothing. EntryNotOpen."""
    entry = await queries.own_locked(session, caller, entry_id)
    if entry.set_aside == "withdrawn":
        return entry
    _require(entry, WITHDRAWABLE, "what counts already cannot be withdrawn")
    if entry.set_aside is None:
        await keep_submission(session, entry)
    entry.status, entry.set_aside = "returned", "withdrawn"
    entry.decided_at, entry.decided_by = clock.now(), None
    entry.claimed_by = entry.claimed_until = entry.due_at = None
    entry.version += 1
    await step(session, entry, "withdrawn", "teacher", caller.id)
    return entry


def _require(entry: LogEntry, statuses: frozenset[Status], possible: str) -> None:
    if status_of(entry) not in statuses:
        raise EntryNotOpen(status_of(entry), possible)
