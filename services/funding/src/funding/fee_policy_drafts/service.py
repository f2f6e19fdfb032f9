"""Drafts of fee policies: how they are written, tried and published."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from funding.canonical import canonical
from funding.fee_policies.models import FeePolicyVersion
from funding.fee_policies.rules import FeePolicy
from funding.fee_policies.service import publish_approved
from funding.fee_policy_drafts.cases import CASES, complaints
from funding.fee_policy_drafts.models import FeePolicyDraft
from funding.fee_policy_drafts.queries import LISTED_AT
from funding.fee_policy_drafts.schemas import FeeDraftContent
from funding.policy_drafts.schemas import TrialReport
from funding.policy_drafts.steps import Steps, refuse_out_of_turn


class FeeDrafts(Steps[FeePolicyDraft, FeeDraftContent]):
    """Versions of the fee policy. What was quoted or is due keeps the version of its day."""

    table, name, listed_at = FeePolicyDraft, "fee_policy_draft", LISTED_AT

    def about(self, draft: FeePolicyDraft) -> str:
        """There is one fee policy."""
        return "fees"

    async def write(self, session: AsyncSession, draft: FeePolicyDraft, content: FeeDraftContent) -> None:
        """Take over what is proposed."""
        draft.document = canonical(content.policy)
        draft.cases = CASES.dump_json(content.cases).decode()

    def tried(self, draft: FeePolicyDraft) -> TrialReport:
        """How the cases come out."""
        policy, cases = FeePolicy.model_validate_json(draft.document), CASES.validate_json(draft.cases)
        return TrialReport.of(complaints(policy, cases), ((case.name, case.run(policy)) for case in cases))

    async def store(self, session: AsyncSession, draft: FeePolicyDraft, approved_by: UUID) -> int:
        """Hold the version; PolicyTooLate before tomorrow, since a booking of this morning may be heard of tonight."""
        policy = FeePolicy.model_validate_json(draft.document)
        held = select(func.max(FeePolicyVersion.version), func.max(FeePolicyVersion.effective_from))
        version, begun = (await session.execute(held)).one()
        tomorrow = clock.today() + timedelta(days=1)
        refuse_out_of_turn(policy.effective_from, policy.version, (version, begun), tomorrow)
        await publish_approved(session, policy, draft.id, draft.author_id, approved_by)
        return policy.version


FEES = FeeDrafts()
