"""Claims. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.claims import ClaimOut, ClaimStatus, ClaimSubmission
from ncce_sdk.models.shared import ApprovalDecision
from ncce_sdk.transport import Area, answer, segment


class ClaimsArea(Area):
    """Claims on approved bursaries."""

    def decide_claim(self, claim_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None) -> ClaimOut:
        """Approve or decline, as a person other than the claimant and the bursary's approver. What the register
        does not.
        """
        return answer(
            ClaimOut,
            self._transport.send(
                "POST",
                f"/v1/claims/{segment(claim_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_claim(self, claim_id: UUID) -> ClaimOut:
        """One claim."""
        return answer(ClaimOut, self._transport.send("GET", f"/v1/claims/{segment(claim_id)}"))

    def list_claims(self, *, status: ClaimStatus | None = None, limit: int | None = None) -> Iterator[ClaimOut]:
        """One's own claims; for funding staff and auditors, everybody's. The latest first."""
        return self._transport.each(ClaimOut, "GET", "/v1/claims", query={"status": status, "limit": limit})

    def submit_claim(self, body: ClaimSubmission, *, idempotency_key: str | None = None) -> ClaimOut:
        """Claim one's own earned bursary; the school is paid."""
        return answer(
            ClaimOut,
            self._transport.send(
                "POST", "/v1/claims", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
