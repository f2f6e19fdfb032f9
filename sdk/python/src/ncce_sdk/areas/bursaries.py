"""Bursaries. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.bursaries import (
    ApprovalDecisions,
    BursaryApplication,
    BursaryOut,
    BursaryPreview,
    BursaryStatus,
    DecidedList,
    DecisionList,
    FundingBursariesSchemasWithdrawal,
    FundingHistory,
    FundingReplay,
)
from ncce_sdk.models.shared import ApprovalDecision
from ncce_sdk.transport import Area, answer, segment


class BursariesArea(Area):
    """Bursaries applied for, decided, and their state."""

    def apply_for_bursary(self, body: BursaryApplication, *, idempotency_key: str | None = None) -> BursaryOut:
        """Apply for the bursary of one's own booking. The policy version in force today decides, with every
        criterion.
        """
        return answer(
            BursaryOut,
            self._transport.send(
                "POST", "/v1/bursaries", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_bursaries(self, body: ApprovalDecisions, *, idempotency_key: str | None = None) -> DecidedList:
        """Approve or decline up to a hundred at once, all or none. A refusal names the bursary that it is about."""
        return answer(
            DecidedList,
            self._transport.send(
                "POST",
                "/v1/bursaries/approvals",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_bursary(
        self, bursary_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> BursaryOut:
        """Approve or decline, as a person other than the teacher. Above the policy's threshold a second approver
        is needed;.
        """
        return answer(
            BursaryOut,
            self._transport.send(
                "POST",
                f"/v1/bursaries/{segment(bursary_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_bursary(self, bursary_id: UUID) -> BursaryOut:
        """One bursary with the whole of its decision."""
        return answer(BursaryOut, self._transport.send("GET", f"/v1/bursaries/{segment(bursary_id)}"))

    def get_history(self, bursary_id: UUID) -> FundingHistory:
        """Every step in the bursary's life: who, why, and by which fact."""
        return answer(FundingHistory, self._transport.send("GET", f"/v1/bursaries/{segment(bursary_id)}/history"))

    def list_bursaries(self, *, status: BursaryStatus | None = None, limit: int | None = None) -> Iterator[BursaryOut]:
        """One's own bursaries; for funding staff and auditors, everybody's. The latest first."""
        return self._transport.each(BursaryOut, "GET", "/v1/bursaries", query={"status": status, "limit": limit})

    def list_decisions(self, bursary_id: UUID) -> DecisionList:
        """Every decision of the rule, with the policy version, all inputs and all criteria."""
        return answer(DecisionList, self._transport.send("GET", f"/v1/bursaries/{segment(bursary_id)}/decisions"))

    def preview_bursary(self, *, booking_id: UUID) -> BursaryPreview:
        """What applying for the bursary of one's own booking would give, and why."""
        return answer(
            BursaryPreview, self._transport.send("GET", "/v1/bursaries/preview", query={"booking_id": booking_id})
        )

    def replay_decision(self, bursary_id: UUID, ordinal: int) -> FundingReplay:
        """Make a recorded decision again from its inputs, and compare the bytes."""
        return answer(
            FundingReplay,
            self._transport.send("GET", f"/v1/bursaries/{segment(bursary_id)}/decisions/{segment(ordinal)}/replay"),
        )

    def withdraw_bursary(
        self, bursary_id: UUID, body: FundingBursariesSchemasWithdrawal, *, idempotency_key: str | None = None
    ) -> BursaryOut:
        """Give up one's own bursary, or as a funding officer anybody's. Unpaid parts lapse; the policy says what."""
        return answer(
            BursaryOut,
            self._transport.send(
                "POST",
                f"/v1/bursaries/{segment(bursary_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
