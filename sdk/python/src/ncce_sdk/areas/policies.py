"""Policies. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.policies import (
    DraftPreview,
    FeeDraftContent,
    FeeDraftOut,
    FeeDraftPreview,
    FundingDraftContent,
    FundingDraftOut,
    FundingPolicyList,
    FundingTrialReport,
)
from ncce_sdk.models.shared import DraftDecision, DraftStatus
from ncce_sdk.transport import Area, answer, segment


class PoliciesArea(Area):
    """The rules of funding, in versions with days of effect."""

    def decide_on_fee_policy_draft(
        self, fee_draft_id: UUID, body: DraftDecision, *, idempotency_key: str | None = None
    ) -> FeeDraftOut:
        """Approve or decline a tested draft of somebody else's."""
        return answer(
            FeeDraftOut,
            self._transport.send(
                "POST",
                f"/v1/fee-policy-drafts/{segment(fee_draft_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_on_policy_draft(
        self, draft_id: UUID, body: DraftDecision, *, idempotency_key: str | None = None
    ) -> FundingDraftOut:
        """Approve or decline a tested draft of somebody else's."""
        return answer(
            FundingDraftOut,
            self._transport.send(
                "POST",
                f"/v1/policy-drafts/{segment(draft_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_fee_policy_draft(self, fee_draft_id: UUID) -> FeeDraftOut:
        """One draft of the fee policy."""
        return answer(FeeDraftOut, self._transport.send("GET", f"/v1/fee-policy-drafts/{segment(fee_draft_id)}"))

    def get_policy_draft(self, draft_id: UUID) -> FundingDraftOut:
        """One draft."""
        return answer(FundingDraftOut, self._transport.send("GET", f"/v1/policy-drafts/{segment(draft_id)}"))

    def list_fee_policy_drafts(
        self, *, status: DraftStatus | None = None, limit: int | None = None
    ) -> Iterator[FeeDraftOut]:
        """Drafts of the fee policy, the oldest first."""
        return self._transport.each(
            FeeDraftOut, "GET", "/v1/fee-policy-drafts", query={"status": status, "limit": limit}
        )

    def list_policies(self, *, policy: str | None = None, on: dt.date | None = None) -> FundingPolicyList:
        """All versions of the bursary and fee policies, with the days they were in force."""
        return answer(
            FundingPolicyList, self._transport.send("GET", "/v1/policies", query={"policy": policy, "on": on})
        )

    def list_policy_drafts(
        self, *, policy: str | None = None, status: DraftStatus | None = None, limit: int | None = None
    ) -> Iterator[FundingDraftOut]:
        """Drafts, the oldest first."""
        return self._transport.each(
            FundingDraftOut, "GET", "/v1/policy-drafts", query={"policy": policy, "status": status, "limit": limit}
        )

    def preview_draft(self, draft_id: UUID) -> DraftPreview:
        """Who would gain and who would lose: every school, against the version that would be in force that day."""
        return answer(DraftPreview, self._transport.send("GET", f"/v1/policy-drafts/{segment(draft_id)}/preview"))

    def preview_fee_policy_draft(self, fee_draft_id: UUID) -> FeeDraftPreview:
        """Who would pay more and who less: recent bookings and quotes, against the version in force that day."""
        return answer(
            FeeDraftPreview, self._transport.send("GET", f"/v1/fee-policy-drafts/{segment(fee_draft_id)}/preview")
        )

    def propose_fee_policy(self, body: FeeDraftContent, *, idempotency_key: str | None = None) -> FeeDraftOut:
        """Propose a version of the fee policy with the cases that it has to pass. Nothing changes until it is
        published.
        """
        return answer(
            FeeDraftOut,
            self._transport.send(
                "POST", "/v1/fee-policy-drafts", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_policy(self, body: FundingDraftContent, *, idempotency_key: str | None = None) -> FundingDraftOut:
        """Propose a version of a policy with the cases that it has to pass. Nothing applies until it is published."""
        return answer(
            FundingDraftOut,
            self._transport.send(
                "POST", "/v1/policy-drafts", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def publish_fee_policy_draft(self, fee_draft_id: UUID, *, idempotency_key: str | None = None) -> FeeDraftOut:
        """Make an approved draft a version for good. What was quoted or is due keeps the version of its day."""
        return answer(
            FeeDraftOut,
            self._transport.send(
                "POST",
                f"/v1/fee-policy-drafts/{segment(fee_draft_id)}/publication",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def publish_policy_draft(self, draft_id: UUID, *, idempotency_key: str | None = None) -> FundingDraftOut:
        """Make an approved draft a version for good. Whoever applied before keeps the version of that day."""
        return answer(
            FundingDraftOut,
            self._transport.send(
                "POST",
                f"/v1/policy-drafts/{segment(draft_id)}/publication",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def rewrite_fee_policy_draft(self, fee_draft_id: UUID, body: FeeDraftContent, *, if_match: str) -> FeeDraftOut:
        """Replace what your draft says. It has to be tested again."""
        return answer(
            FeeDraftOut,
            self._transport.send(
                "PUT", f"/v1/fee-policy-drafts/{segment(fee_draft_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def rewrite_policy_draft(self, draft_id: UUID, body: FundingDraftContent, *, if_match: str) -> FundingDraftOut:
        """Replace what your draft says. It has to be tested again."""
        return answer(
            FundingDraftOut,
            self._transport.send(
                "PUT", f"/v1/policy-drafts/{segment(draft_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def test_fee_policy_draft(self, fee_draft_id: UUID, *, idempotency_key: str | None = None) -> FundingTrialReport:
        """Run the cases stored with the draft. It is tested when all pass and each row has one."""
        return answer(
            FundingTrialReport,
            self._transport.send(
                "POST",
                f"/v1/fee-policy-drafts/{segment(fee_draft_id)}/test",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def test_policy_draft(self, draft_id: UUID, *, idempotency_key: str | None = None) -> FundingTrialReport:
        """Run the cases stored with the draft. It is tested when all pass and each row has one."""
        return answer(
            FundingTrialReport,
            self._transport.send(
                "POST",
                f"/v1/policy-drafts/{segment(draft_id)}/test",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )
