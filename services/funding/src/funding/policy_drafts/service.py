"""From a draft to a version: written, tested with its cases, approved by a second person, published for good."""

from datetime import timedelta
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from funding.base import Queryable
from funding.budgets.service import budget_exists
from funding.canonical import canonical
from funding.impacts.service import open_policy_impact
from funding.policies.models import PolicyVersion
from funding.policies.rules import Policy
from funding.policies.service import publish_approved
from funding.policy_drafts.cases import Case, complaints
from funding.policy_drafts.errors import (
    BudgetUnknown,
    OwnPolicyDraft,
    PolicyDraftNotFound,
    PolicyDraftNotReady,
    PolicyDraftOfAnother,
    PolicyTooLate,
)
from funding.policy_drafts.models import DraftStatus, PolicyDraft
from funding.policy_drafts.preview import preview
from funding.policy_drafts.schemas import CaseResult, DraftContent, DraftDecision, DraftPreview, TrialReport

CASES: TypeAdapter[tuple[Case, ...]] = TypeAdapter(tuple[Case, ...])
OPEN = (DraftStatus.DRAFT, DraftStatus.TESTED)


async def propose(session: AsyncSession, author: Principal, content: DraftContent) -> UUID:
    """Begin a draft; BudgetUnknown."""
    assert author.id is not None
    draft = PolicyDraft(
        id=new_id(), revision=1, status=DraftStatus.DRAFT, author_id=author.id, created_at=clock.now(), checksum=""
    )
    await _write(session, draft, content)
    session.add(draft)
    await session.flush()
    await _note(session, author, "proposed", draft)
    return draft.id


async def rewrite(session: AsyncSession, author: Principal, draft_id: UUID, content: DraftContent, seen: int) -> None:
    """Replace what a draft says. It has to be tested again; one that was decided on changes no more."""
    draft = await _lock(session, draft_id)
    if draft.author_id != author.id:
        raise PolicyDraftOfAnother("Only its author changes a draft. Make one of your own from its content.")
    require_version(draft.revision, seen)
    if draft.status not in OPEN:
        raise PolicyDraftNotReady(f"This draft is {draft.status}; it changes no more. Begin another.")
    await _write(session, draft, content)
    draft.status, draft.tested_checksum = DraftStatus.DRAFT, None
    await _step(session, author, "rewritten", draft)


async def try_out(session: AsyncSession, caller: Principal, draft_id: UUID) -> TrialReport:
    """Run the draft's cases. It is tested when all pass and each row has one."""
    draft = await _lock(session, draft_id)
    if draft.status not in OPEN:
        raise PolicyDraftNotReady(f"This draft is {draft.status}; it has been tested.")
    report = _tried(draft)
    is_good = not report.complaints and all(one.is_passed for one in report.cases)
    draft.status = DraftStatus.TESTED if is_good else DraftStatus.DRAFT
    draft.tested_checksum = draft.checksum if is_good else None
    report.status = DraftStatus(draft.status)
    await _step(session, caller, "tested" if is_good else "test_failed", draft)
    return report


async def decide(session: AsyncSession, caller: Principal, draft_id: UUID, body: DraftDecision) -> None:
    """Approve or decline a tested draft; never one's own. What is approved is its text, by checksum."""
    draft = await _lock(session, draft_id)
    if draft.author_id == caller.id:
        raise OwnPolicyDraft("You wrote this draft. Somebody else has to decide on it.")
    if draft.status != DraftStatus.TESTED:
        raise PolicyDraftNotReady(f"This draft is {draft.status}; a decision needs one that is tested.")
    draft.status = DraftStatus(body.outcome)
    draft.decided_by, draft.decided_at, draft.reason = caller.id, clock.now(), body.reason
    draft.approved_checksum = draft.checksum if body.outcome == "approved" else None
    await _step(session, caller, body.outcome, draft)


async def publish(session: AsyncSession, caller: Principal, draft_id: UUID) -> None:
    """Make an approved draft a version, and list whom it concerns. What was decided keeps its own version."""
    draft = await _lock(session, draft_id)
    if draft.status != DraftStatus.APPROVED:
        raise PolicyDraftNotReady(f"This draft is {draft.status}; only an approved one is published.")
    policy = Policy.model_validate_json(draft.document)
    await _refuse_days_gone_by(session, policy)
    failed = [one.name for one in _tried(draft).cases if not one.is_passed]
    if failed:
        raise PolicyDraftNotReady(f"Its test fails now: {', '.join(failed)}.")
    assert draft.decided_by is not None
    await publish_approved(session, policy, draft.budget, draft.id, draft.author_id, draft.decided_by)
    draft.status, draft.published_at, draft.published_version = DraftStatus.PUBLISHED, clock.now(), policy.version
    await _step(session, caller, "published", draft)
    await open_policy_impact(session, policy)


async def previewed(db: Queryable, draft_id: UUID) -> DraftPreview:
    """Who gains and who loses by it; PolicyDraftNotFound."""
    document = (await db.execute(select(PolicyDraft.document).where(PolicyDraft.id == draft_id))).scalar_one_or_none()
    if document is None:
        raise PolicyDraftNotFound(draft_id)
    policy = Policy.model_validate_json(document)
    return await preview(db, policy, policy.effective_from)


def _tried(draft: PolicyDraft) -> TrialReport:
    policy, cases = Policy.model_validate_json(draft.document), CASES.validate_json(draft.cases)
    results = [(case.name, case.run(policy)) for case in cases]
    return TrialReport(
        status=DraftStatus.DRAFT,
        complaints=complaints(policy, cases),
        cases=[CaseResult(name=name, is_passed=not told, differences=told) for name, told in results],
    )


async def _refuse_days_gone_by(session: AsyncSession, policy: Policy) -> None:
    """The next number, from a day to come, after every version before it."""
    held = select(func.max(PolicyVersion.version), func.max(PolicyVersion.effective_from)).where(
        PolicyVersion.policy == policy.policy
    )
    version, begun = (await session.execute(held)).one()
    earliest = clock.today() if begun is None else max(clock.today(), begun + timedelta(days=1))
    if policy.effective_from < earliest:
        raise PolicyTooLate(earliest)
    if policy.version != (version or 0) + 1:
        raise PolicyDraftNotReady(f"The next version of {policy.policy} is {(version or 0) + 1}.")


async def _write(session: AsyncSession, draft: PolicyDraft, content: DraftContent) -> None:
    if not await budget_exists(session, content.budget):
        raise BudgetUnknown(f"There is no budget {content.budget}.")
    draft.policy, draft.budget = content.policy.policy, content.budget
    draft.document = canonical(content.policy)
    draft.cases = CASES.dump_json(content.cases).decode()


async def _step(session: AsyncSession, caller: Principal, what: str, draft: PolicyDraft) -> None:
    draft.revision += 1
    await session.flush()
    await _note(session, caller, what, draft)


async def _note(session: AsyncSession, caller: Principal, what: str, draft: PolicyDraft) -> None:
    details: dict[str, audit.JSON] = {"policy": draft.policy, "revision": draft.revision}
    await audit.record(session, caller, f"policy_draft.{what}", f"policy-draft:{draft.id}", details)


async def _lock(session: AsyncSession, draft_id: UUID) -> PolicyDraft:
    found = await session.get(PolicyDraft, draft_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise PolicyDraftNotFound(draft_id)
    return found
