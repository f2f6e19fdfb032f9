"""What moderators do with an entry: take it in hand, let it go, decide, look a second time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.log_entries.crediting import earn, take_back
from certification.log_entries.errors import (
    AlreadyLookedAt,
    EntryAlreadyDecided,
    EntryClaimed,
    LogEntryNotFound,
    OwnLogEntry,
)
from certification.log_entries.models import LogEntry
from certification.log_entries.news import tell_outcome
from certification.log_entries.queries import status_of
from certification.log_entries.service import draw_audit
from certification.log_entries.steps import keep_submission, step
from certification.moderation.errors import NotClaimed, NothingToAudit
from certification.moderation.policies import policy_in_force
from certification.moderation.rules import ReasonCode
from certification.moderation.schemas import AuditDecision, Decision
from certification.moderation.scope import scope_of
from chassis import audit, clock
from chassis.principal import Principal


async def _locked_in_scope(session: AsyncSession, moderator: Principal, entry_id: UUID) -> LogEntry:
    """An entry within the moderator's scope, held. LogEntryNotFound, also for another organisation's; OwnLogEntry."""
    scope = await scope_of(session, moderator)
    assert scope is not None
    query = select(LogEntry).where(LogEntry.id == entry_id, scope.condition()).with_for_update(of=LogEntry)
    entry = (await session.scalars(query)).one_or_none()
    if entry is not None:
        return entry
    own = select(LogEntry.id).where(LogEntry.id == entry_id, LogEntry.teacher_id == moderator.id)
    raise OwnLogEntry if await session.scalar(own) else LogEntryNotFound


def _refuse_if_claimed(entry: LogEntry, moderator: Principal) -> None:
    if entry.claimed_until is not None and entry.claimed_until > clock.now() and entry.claimed_by != moderator.id:
        raise EntryClaimed


def _require_undecided(entry: LogEntry) -> None:
    if entry.status != "submitted":
        raise EntryAlreadyDecided(status_of(entry))


async def claim(session: AsyncSession, moderator: Principal, entry_id: UUID) -> LogEntry:
    """Take an entry in hand, or keep it longer. EntryClaimed, EntryAlreadyDecided, AlreadyLookedAt."""
    entry = await _locked_in_scope(session, moderator, entry_id)
    if entry.audit_status == "waiting" and entry.status == "accepted":
        if entry.decided_by == moderator.id:
            raise AlreadyLookedAt
    else:
        _require_undecided(entry)
    _refuse_if_claimed(entry, moderator)
    policy = await policy_in_force(session)
    is_new = entry.claimed_by != moderator.id
    entry.claimed_by, entry.claimed_until = moderator.id, clock.now() + timedelta(minutes=policy.rules.claim_minutes)
    if is_new:
        await step(session, entry, "claimed", "moderator", moderator.id)
        await audit.record(session, moderator, "log_entry.claimed", f"log-entry:{entry.id}")
    return entry


async def release(session: AsyncSession, moderator: Principal, entry_id: UUID) -> LogEntry:
    """Let an entry go. NotClaimed."""
    entry = await _locked_in_scope(session, moderator, entry_id)
    if entry.claimed_by != moderator.id:
        raise NotClaimed
    _let_go(entry)
    await step(session, entry, "released", "moderator", moderator.id)
    return entry


def _let_go(entry: LogEntry) -> None:
    entry.claimed_by = entry.claimed_until = None


async def decide(session: AsyncSession, moderator: Principal, entry_id: UUID, decision: Decision) -> LogEntry:
    """Accept an entry, which earns the catalogue's credits, or return it with a reason."""
    entry = await _locked_in_scope(session, moderator, entry_id)
    _require_undecided(entry)
    _refuse_if_claimed(entry, moderator)
    otherwise = ReasonCode.WELL_DESCRIBED if decision.outcome == "accepted" else ReasonCode.OTHER
    entry.status, entry.decided_at, entry.decided_by = decision.outcome, clock.now(), moderator.id
    entry.reason, entry.reason_code = decision.reason, decision.reason_code or otherwise
    entry.version += 1
    _let_go(entry)
    if entry.status == "accepted":
        await draw_audit(session, entry)
    await keep_submission(session, entry)
    await step(session, entry, decision.outcome, "moderator", moderator.id)
    details: dict[str, audit.JSON] = {"reason_code": str(entry.reason_code), "submission": entry.submission}
    await audit.record(session, moderator, f"log_entry.{decision.outcome}", f"log-entry:{entry.id}", details)
    if entry.status == "accepted":
        await earn(session, entry)
    await tell_outcome(session, entry)
    return entry


async def look_again(session: AsyncSession, moderator: Principal, entry_id: UUID, found: AuditDecision) -> LogEntry:
    """Confirm an accepted entry, or reverse it with what it earned. NothingToAudit, AlreadyLookedAt, EntryClaimed."""
    entry = await _locked_in_scope(session, moderator, entry_id)
    if entry.status != "accepted" or entry.audit_status in ("confirmed", "rejected"):
        raise NothingToAudit(status_of(entry))
    if entry.decided_by == moderator.id:
        raise AlreadyLookedAt
    _refuse_if_claimed(entry, moderator)
    entry.audit_status, entry.audited_by, entry.audited_at = found.outcome, moderator.id, clock.now()
    entry.version += 1
    _let_go(entry)
    if found.outcome == "rejected":
        await _reverse(session, entry, found)
    await step(session, entry, f"audit_{found.outcome}", "moderator", moderator.id)
    await audit.record(session, moderator, f"log_entry.audit_{found.outcome}", f"log-entry:{entry.id}")
    return entry


async def _reverse(session: AsyncSession, entry: LogEntry, found: AuditDecision) -> None:
    entry.status, entry.set_aside, entry.decided_at = "returned", "reversed", clock.now()
    entry.reason, entry.reason_code = found.reason, found.reason_code
    await keep_submission(session, entry)
    await take_back(session, entry)
    await tell_outcome(session, entry)
