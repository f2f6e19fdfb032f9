"""Bank returns. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.bank_returns import (
    BankReturnOut,
    BankReturnSummary,
    LineStatus,
    Resolution,
    ResolutionDecision,
    ReturnLineOut,
)
from ncce_sdk.transport import Area, answer, segment


class BankReturnsArea(Area):
    """What the bank says did not arrive."""

    def decide_bank_return_line(
        self, return_line_id: UUID, body: ResolutionDecision, *, idempotency_key: str | None = None
    ) -> ReturnLineOut:
        """Confirm what a line is, as somebody else than said it, or put it back into the queue."""
        return answer(
            ReturnLineOut,
            self._transport.send(
                "POST",
                f"/v1/bank-returns/lines/{segment(return_line_id)}/resolution/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_bank_return(self, import_id: UUID) -> BankReturnOut:
        """One file with every line."""
        return answer(BankReturnOut, self._transport.send("GET", f"/v1/bank-returns/{segment(import_id)}"))

    def import_bank_returns(self, content: bytes, *, idempotency_key: str | None = None) -> BankReturnOut:
        """Import what the bank sent back, as CSV with a header, amounts in pounds."""
        return answer(
            BankReturnOut,
            self._transport.send(
                "POST",
                "/v1/bank-returns",
                headers={"Idempotency-Key": idempotency_key},
                content=content,
                needs_key=True,
            ),
        )

    def list_bank_return_lines(
        self, *, status: LineStatus | None = None, limit: int | None = None
    ) -> Iterator[ReturnLineOut]:
        """The queue: lines that were nobody's by themselves and wait for a person or for the second one."""
        return self._transport.each(
            ReturnLineOut, "GET", "/v1/bank-returns/lines", query={"status": status, "limit": limit}
        )

    def list_bank_returns(self, *, limit: int | None = None) -> Iterator[BankReturnSummary]:
        """Imported files, the latest first."""
        return self._transport.each(BankReturnSummary, "GET", "/v1/bank-returns", query={"limit": limit})

    def resolve_bank_return_line(
        self, return_line_id: UUID, body: Resolution, *, idempotency_key: str | None = None
    ) -> ReturnLineOut:
        """Say which payment came back by a line, or that it is not ours. Another person confirms."""
        return answer(
            ReturnLineOut,
            self._transport.send(
                "POST",
                f"/v1/bank-returns/lines/{segment(return_line_id)}/resolution",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
