"""Ledger. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator

from ncce_sdk.models.ledger import ClosureDecision, LedgerEntry, Period, PeriodList, TrialBalance
from ncce_sdk.transport import Area, answer, segment


class LedgerArea(Area):
    """Double entries behind every amount."""

    def decide_closure(self, month: str, body: ClosureDecision, *, idempotency_key: str | None = None) -> Period:
        """Close the month for good, as somebody else than proposed it, or send the proposal back."""
        return answer(
            Period,
            self._transport.send(
                "POST",
                f"/v1/ledger/periods/{segment(month)}/closure/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_trial_balance(self) -> TrialBalance:
        """Every account, checked against its postings."""
        return answer(TrialBalance, self._transport.send("GET", "/v1/ledger/trial-balance"))

    def list_ledger_entries(
        self, *, budget: str | None = None, source: str | None = None, limit: int | None = None
    ) -> Iterator[LedgerEntry]:
        """Postings in the order they were made."""
        return self._transport.each(
            LedgerEntry, "GET", "/v1/ledger/entries", query={"budget": budget, "source": source, "limit": limit}
        )

    def list_ledger_periods(self) -> PeriodList:
        """Every month with postings, and whether it is closed."""
        return answer(PeriodList, self._transport.send("GET", "/v1/ledger/periods"))

    def propose_closure(self, month: str, *, idempotency_key: str | None = None) -> Period:
        """Propose to close a month that is over. Another person has to check it."""
        return answer(
            Period,
            self._transport.send(
                "POST",
                f"/v1/ledger/periods/{segment(month)}/closure",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )
