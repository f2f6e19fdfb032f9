"""Drafts of bursary policies: how they are written, tried and published, and whom they would concern."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from funding.base import Queryable
from funding.budgets.service import budget_exists
from funding.canonical import canonical
from funding.impacts.service import open_policy_impact
from funding.policies.models import PolicyVersion
from funding.policies.rules import Policy
from funding.policies.service import publish_approved
from funding.policy_drafts.cases import CASES, complaints
from funding.policy_drafts.errors import BudgetUnknown, PolicyDraftNotFound
from funding.policy_drafts.models import PolicyDraft
from funding.policy_drafts.preview import preview
from funding.policy_drafts.queries import LISTED_AT
from funding.policy_drafts.schemas import DraftContent, DraftPreview, TrialReport
from funding.policy_drafts.steps import Steps, refuse_out_of_turn


class BursaryDrafts(Steps[PolicyDraft, DraftContent]):
    """Versions of the bursary policies; each is paid from a budget."""

    table, name, listed_at = PolicyDraft, "policy_draft", LISTED_AT

    def about(self, draft: PolicyDraft) -> str:
        """The policy's name."""
        return draft.policy

    async def write(self, session: AsyncSession, draft: PolicyDraft, content: DraftContent) -> None:
        """Take over what is proposed; BudgetUnknown."""
        if not await budget_exists(session, content.budget):
            raise BudgetUnknown(f"There is no budget {content.budget}.")
        draft.policy, draft.budget = content.policy.policy, content.budget
        draft.document = canonical(content.policy)
        draft.cases = CASES.dump_json(content.cases).decode()

    def tried(self, draft: PolicyDraft) -> TrialReport:
        """How the cases come out."""
        policy, cases = Policy.model_validate_json(draft.document), CASES.validate_json(draft.cases)
        return TrialReport.of(complaints(policy, cases), ((case.name, case.run(policy)) for case in cases))

    async def store(self, session: AsyncSession, draft: PolicyDraft, approved_by: UUID) -> int:
        """Hold the version; PolicyTooLate for days gone by."""
        policy = Policy.model_validate_json(draft.document)
        held = select(func.max(PolicyVersion.version), func.max(PolicyVersion.effective_from)).where(
            PolicyVersion.policy == policy.policy
        )
        version, begun = (await session.execute(held)).one()
        refuse_out_of_turn(policy.effective_from, policy.version, (version, begun), clock.today())
        await publish_approved(session, policy, draft.budget, draft.id, draft.author_id, approved_by)
        return policy.version

    async def follow(self, session: AsyncSession, draft: PolicyDraft) -> None:
        """List whom it concerns."""
        await open_policy_impact(session, Policy.model_validate_json(draft.document))


BURSARIES = BursaryDrafts()


async def previewed(db: Queryable, draft_id: UUID) -> DraftPreview:
    """Who gains and who loses by it; PolicyDraftNotFound."""
    document = (await db.execute(select(PolicyDraft.document).where(PolicyDraft.id == draft_id))).scalar_one_or_none()
    if document is None:
        raise PolicyDraftNotFound(draft_id, LISTED_AT)
    policy = Policy.model_validate_json(document)
    return await preview(db, policy, policy.effective_from)
