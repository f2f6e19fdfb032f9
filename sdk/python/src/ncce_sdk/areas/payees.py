"""Payees. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.payees import DetailsDecision, DetailsProposal, NewPayee, PayeeOut, PayeeSummary
from ncce_sdk.models.shared import PayeeKind
from ncce_sdk.transport import Area, answer, segment


class PayeesArea(Area):
    """Who is paid, and into which account."""

    def create_payee(self, body: NewPayee, *, idempotency_key: str | None = None) -> PayeeOut:
        """Enter a school, trust, authority or hub to be paid. Another person confirms the bank details."""
        return answer(
            PayeeOut,
            self._transport.send(
                "POST", "/v1/payees", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_payee_details(
        self, payee_id: UUID, details_version: int, body: DetailsDecision, *, idempotency_key: str | None = None
    ) -> PayeeOut:
        """Approve bank details, having confirmed them by another way, or decline them. Payments use them after a
        pause.
        """
        return answer(
            PayeeOut,
            self._transport.send(
                "POST",
                f"/v1/payees/{segment(payee_id)}/details/{segment(details_version)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_payee(self, payee_id: UUID) -> PayeeOut:
        """A payee with every version of its bank details, of which the last digits are shown."""
        return answer(PayeeOut, self._transport.send("GET", f"/v1/payees/{segment(payee_id)}"))

    def list_payees(
        self, *, kind: PayeeKind | None = None, reference: str | None = None, limit: int | None = None
    ) -> Iterator[PayeeSummary]:
        """Payees, the latest first."""
        return self._transport.each(
            PayeeSummary, "GET", "/v1/payees", query={"kind": kind, "reference": reference, "limit": limit}
        )

    def propose_payee_details(
        self, payee_id: UUID, body: DetailsProposal, *, idempotency_key: str | None = None
    ) -> PayeeOut:
        """Propose other bank details. Payments go by the old ones until these are approved."""
        return answer(
            PayeeOut,
            self._transport.send(
                "POST",
                f"/v1/payees/{segment(payee_id)}/details",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
