"""Payments. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.payments import Explanation, GrantExplanation, PayableOut, PaymentSummary, Remittance
from ncce_sdk.models.shared import PayableStatus
from ncce_sdk.transport import Area, answer, segment


class PaymentsArea(Area):
    """What was paid, and what came back."""

    def explain_payable(self, payable_id: UUID) -> GrantExplanation:
        """Explain a pound of a grant: from its payment back to drawdown or claim, award, calculation, card and
        people.
        """
        return answer(GrantExplanation, self._transport.send("GET", f"/v1/payables/{segment(payable_id)}/explanation"))

    def explain_payable_in_words(self, payable_id: UUID) -> bytes:
        """The same in plain English, a sentence a line."""
        return self._transport.send("GET", f"/v1/payables/{segment(payable_id)}/explanation.txt").content

    def explain_payment(self, payment_id: UUID) -> Explanation:
        """Explain a pound: from a payment back to its claim, decision, rule version, facts, evidence, people and
        postings.
        """
        return answer(Explanation, self._transport.send("GET", f"/v1/payments/{segment(payment_id)}/explanation"))

    def explain_payment_in_words(self, payment_id: UUID) -> bytes:
        """The same in plain English, a sentence a line."""
        return self._transport.send("GET", f"/v1/payments/{segment(payment_id)}/explanation.txt").content

    def get_remittance(self, payment_id: UUID) -> Remittance:
        """The remittance advice of a payment: what it was for, when it arrives, and whether the bank sent it back."""
        return answer(Remittance, self._transport.send("GET", f"/v1/payments/{segment(payment_id)}/remittance"))

    def get_remittance_csv(self, payment_id: UUID) -> bytes:
        """The same for a spreadsheet, a line for each part of the amount."""
        return self._transport.send("GET", f"/v1/payments/{segment(payment_id)}/remittance.csv").content

    def get_remittance_pdf(self, payment_id: UUID) -> bytes:
        """The same to print: a tagged PDF."""
        return self._transport.send("GET", f"/v1/payments/{segment(payment_id)}/remittance.pdf").content

    def list_payables(
        self, *, budget: str | None = None, status: PayableStatus | None = None, limit: int | None = None
    ) -> Iterator[PayableOut]:
        """Approved debts to organisations, the latest first."""
        return self._transport.each(
            PayableOut, "GET", "/v1/payables", query={"budget": budget, "status": status, "limit": limit}
        )

    def list_payments(
        self, *, status: Literal["sent", "returned"] | None = None, limit: int | None = None
    ) -> Iterator[PaymentSummary]:
        """Payments that left, the latest first: of the payees you speak for; for finance staff and auditors, all."""
        return self._transport.each(PaymentSummary, "GET", "/v1/payments", query={"status": status, "limit": limit})
