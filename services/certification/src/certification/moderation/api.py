"""Routes of moderation."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from certification.log_entries.errors import (
    AlreadyLookedAt,
    EntryAlreadyDecided,
    EntryClaimed,
    LogEntryNotFound,
    OwnLogEntry,
)
from certification.log_entries.queries import shown
from certification.log_entries.schemas import LogEntryOut
from certification.moderation import policies, queries, service
from certification.moderation.errors import (
    NotClaimed,
    NothingToAudit,
    OwnPolicy,
    PolicyAlreadyApproved,
    PolicyBeginsTooEarly,
    PolicyNotFound,
    UnknownActivities,
)
from certification.moderation.models import ModerationPolicy
from certification.moderation.schemas import (
    AuditDecision,
    Decision,
    PolicyList,
    PolicyOut,
    PolicyProposal,
    QueueFilter,
    QueueItem,
    Summary,
)
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["moderation"])

Moderator = Annotated[Principal, allow(role("moderator"))]
Administrator = Annotated[Principal, allow(role("administrator"))]
Watcher = Annotated[Principal, allow(role("moderator", "administrator", "auditor"))]
DECISION_ERRORS = errors(LogEntryNotFound, OwnLogEntry, EntryAlreadyDecided, EntryClaimed)
CLAIM_ERRORS = errors(LogEntryNotFound, OwnLogEntry, EntryAlreadyDecided, EntryClaimed, AlreadyLookedAt)
AUDIT_ERRORS = errors(LogEntryNotFound, OwnLogEntry, NothingToAudit, AlreadyLookedAt, EntryClaimed)
PROPOSAL_ERRORS = errors(PolicyBeginsTooEarly, UnknownActivities)
APPROVAL_ERRORS = errors(PolicyNotFound, PolicyAlreadyApproved, OwnPolicy, PolicyBeginsTooEarly)


@router.get("/moderation/queue", response_model=Page[QueueItem])
async def list_queue(
    reader: Reader, page: PageRequest, caller: Moderator, wanted: Annotated[QueueFilter, Query()]
) -> dict[str, object]:
    """What waits for you, the entry due first at the top: neither your own nor what another moderator has in hand.

    `audits` are accepted entries drawn for a second look. A moderator of one organisation sees entries of that
    organisation's activities.
    """
    rows = await queries.queue(reader, caller, wanted.section, page)
    return Page.of(rows, page, key=lambda row: (row["awaited_at"].isoformat(), str(row["id"])))


@router.get("/moderation/summary", response_model=Summary)
async def get_moderation_summary(reader: Reader, caller: Watcher) -> dict[str, object]:
    """The queue in numbers: by status, overdue, and how much was decided in time."""
    return await queries.summary(reader, caller)


@router.post("/log-entries/{entry_id}/claim", response_model=LogEntryOut, responses=CLAIM_ERRORS)
async def claim_log_entry(entry_id: UUID, session: Session, caller: Moderator) -> dict[str, object]:
    """Take an entry in hand, so that nobody else does; again, keep it longer. The claim lapses by itself."""
    return await shown(session, caller, await service.claim(session, caller, entry_id))


@router.delete(
    "/log-entries/{entry_id}/claim",
    response_model=LogEntryOut,
    responses=errors(LogEntryNotFound, OwnLogEntry, NotClaimed),
)
async def release_log_entry(entry_id: UUID, session: Session, caller: Moderator) -> dict[str, object]:
    """Let an entry go that you had taken."""
    return await shown(session, caller, await service.release(session, caller, entry_id))


@router.post(
    "/log-entries/{entry_id}/decision", response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=DECISION_ERRORS
)
async def decide_log_entry(entry_id: UUID, body: Decision, session: Session, caller: Moderator) -> dict[str, object]:
    """Accept an entry or return it with a reason. Its author may change what was returned and put it in again."""
    return await shown(session, caller, await service.decide(session, caller, entry_id, body))


@router.post(
    "/log-entries/{entry_id}/audit", response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=AUDIT_ERRORS
)
async def audit_log_entry(
    entry_id: UUID, body: AuditDecision, session: Session, caller: Moderator
) -> dict[str, object]:
    """Look at an accepted entry once more. Rejected, what it earned is reversed and the certificate reviewed."""
    return await shown(session, caller, await service.look_again(session, caller, entry_id, body))


@router.get("/moderation/policies", response_model=PolicyList)
async def list_moderation_policies(reader: Reader, caller: Watcher) -> dict[str, object]:
    """Every version of the policy: shares looked at, service level, how long evidence is kept."""
    return {"data": await policies.all_policies(reader)}


@router.post(
    "/moderation/policies",
    status_code=201,
    response_model=PolicyOut,
    dependencies=[IDEMPOTENT],
    responses=PROPOSAL_ERRORS,
)
async def propose_moderation_policy(body: PolicyProposal, session: Session, caller: Administrator) -> ModerationPolicy:
    """Propose a version of the policy. It takes effect when another administrator has approved it."""
    return await policies.propose(session, caller, body.rules, body.effective_from_on, body.source)


@router.post(
    "/moderation/policies/{policy_version}/approval",
    response_model=PolicyOut,
    dependencies=[IDEMPOTENT],
    responses=APPROVAL_ERRORS,
)
async def approve_moderation_policy(
    policy_version: Annotated[int, Path(ge=1, le=10_000)], session: Session, caller: Administrator
) -> ModerationPolicy:
    """Approve a version that another administrator proposed."""
    return await policies.approve(session, caller, policy_version)
