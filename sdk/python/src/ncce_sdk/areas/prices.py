"""Prices. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.prices import FeeOut, FeePolicyList, FeeStatus, QuoteOut, QuoteRequest
from ncce_sdk.transport import Area, answer, segment


class PricesArea(Area):
    """What a place costs, for whom, and quotes for it."""

    def get_quote(self, quote_id: UUID) -> QuoteOut:
        """One quote as it was told."""
        return answer(QuoteOut, self._transport.send("GET", f"/v1/quotes/{segment(quote_id)}"))

    def list_fee_policies(self, *, on: dt.date | None = None) -> FeePolicyList:
        """Every version of the fee policy with the days it was in force."""
        return answer(FeePolicyList, self._transport.send("GET", "/v1/fee-policies", query={"on": on}))

    def list_fees(
        self, *, booking_id: UUID | None = None, status: FeeStatus | None = None, limit: int | None = None
    ) -> Iterator[FeeOut]:
        """One's own fees; for funding staff and auditors, everybody's. A booking made a moment ago appears in
        seconds.
        """
        return self._transport.each(
            FeeOut, "GET", "/v1/fees", query={"booking_id": booking_id, "status": status, "limit": limit}
        )

    def list_quotes(self, *, course_run_id: UUID | None = None, limit: int | None = None) -> Iterator[QuoteOut]:
        """One's own quotes; for funding staff and auditors, everybody's. The latest first."""
        return self._transport.each(
            QuoteOut, "GET", "/v1/quotes", query={"course_run_id": course_run_id, "limit": limit}
        )

    def make_quote(self, body: QuoteRequest, *, idempotency_key: str | None = None) -> QuoteOut:
        """Price a run for oneself: the rule, the hub's own charge, every criterion, and until when the price
        holds.
        """
        return answer(
            QuoteOut,
            self._transport.send(
                "POST", "/v1/quotes", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
