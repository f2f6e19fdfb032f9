"""Recoveries. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.recoveries import (
    FundingRecoveriesSchemasAgreement,
    FundingRecoveriesSchemasReceipt,
    Opening,
    Proposal,
    RecoveryOut,
    RecoveryStatus,
    RecoverySummary,
)
from ncce_sdk.transport import Area, answer, segment


class RecoveriesArea(Area):
    """Money to be paid back."""

    def decide_recovery(
        self, case_id: UUID, body: FundingRecoveriesSchemasAgreement, *, idempotency_key: str | None = None
    ) -> RecoveryOut:
        """Agree to the proposal as a second person, or send it back."""
        return answer(
            RecoveryOut,
            self._transport.send(
                "POST",
                f"/v1/recoveries/{segment(case_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_recovery(self, case_id: UUID) -> RecoveryOut:
        """One case with every step and receipt."""
        return answer(RecoveryOut, self._transport.send("GET", f"/v1/recoveries/{segment(case_id)}"))

    def list_recoveries(
        self, *, status: RecoveryStatus | None = None, limit: int | None = None
    ) -> Iterator[RecoverySummary]:
        """Recovery cases, the latest first; for a school's lead those of the school."""
        return self._transport.each(RecoverySummary, "GET", "/v1/recoveries", query={"status": status, "limit": limit})

    def open_recovery(self, body: Opening, *, idempotency_key: str | None = None) -> RecoveryOut:
        """Open a case for a payment that was too much. For a completion that was withdrawn the platform opens it
        itself.
        """
        return answer(
            RecoveryOut,
            self._transport.send(
                "POST", "/v1/recoveries", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_recovery(self, case_id: UUID, body: Proposal, *, idempotency_key: str | None = None) -> RecoveryOut:
        """Propose how the money comes back: off the next payments, by invoice, or not at all."""
        return answer(
            RecoveryOut,
            self._transport.send(
                "POST",
                f"/v1/recoveries/{segment(case_id)}/proposal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def record_receipt(
        self, case_id: UUID, body: FundingRecoveriesSchemasReceipt, *, idempotency_key: str | None = None
    ) -> RecoveryOut:
        """Record money that came back; it is available again in the budget it was paid from."""
        return answer(
            RecoveryOut,
            self._transport.send(
                "POST",
                f"/v1/recoveries/{segment(case_id)}/receipts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
