"""Statements. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.shared import PartyKind
from ncce_sdk.models.statements import (
    ClosingOut,
    ClosingRequest,
    Document,
    FundingStatementOut,
    OpenStatement,
    Settlement,
)
from ncce_sdk.transport import Area, answer, segment


class StatementsArea(Area):
    """A period's figures, closed and sealed."""

    def close_month(self, body: ClosingRequest, *, idempotency_key: str | None = None) -> ClosingOut:
        """Close a month: whatever stands on no statement yet becomes lines that nobody can change any more."""
        return answer(
            ClosingOut,
            self._transport.send(
                "POST",
                "/v1/statements/closings",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_open_statement(self, *, party_kind: PartyKind | None = None, party: str | None = None) -> OpenStatement:
        """What stands on no statement of a party yet, as it is now."""
        return answer(
            OpenStatement,
            self._transport.send("GET", "/v1/statements/open", query={"party_kind": party_kind, "party": party}),
        )

    def get_statement(self, statement_id: UUID) -> FundingStatementOut:
        """One statement: what it comes to, and the digest of its document."""
        return answer(FundingStatementOut, self._transport.send("GET", f"/v1/statements/{segment(statement_id)}"))

    def get_statement_csv(self, statement_id: UUID) -> bytes:
        """The lines for a spreadsheet."""
        return self._transport.send("GET", f"/v1/statements/{segment(statement_id)}/document.csv").content

    def get_statement_document(self, statement_id: UUID) -> Document:
        """The frozen document with every line, byte for byte what the digest is of."""
        return answer(Document, self._transport.send("GET", f"/v1/statements/{segment(statement_id)}/document"))

    def get_statement_pdf(self, statement_id: UUID) -> bytes:
        """The statement to print: a tagged PDF, the same file every time."""
        return self._transport.send("GET", f"/v1/statements/{segment(statement_id)}/document.pdf").content

    def list_statements(
        self,
        *,
        month: str | None = None,
        party_kind: PartyKind | None = None,
        party: str | None = None,
        limit: int | None = None,
    ) -> Iterator[FundingStatementOut]:
        """Closed statements of the parties you speak for; for finance staff and auditors, of all. The latest
        first.
        """
        return self._transport.each(
            FundingStatementOut,
            "GET",
            "/v1/statements",
            query={"month": month, "party_kind": party_kind, "party": party, "limit": limit},
        )

    def settle_statement(
        self, statement_id: UUID, body: Settlement, *, idempotency_key: str | None = None
    ) -> FundingStatementOut:
        """Record how a statement was settled, as somebody other than the person who closed it."""
        return answer(
            FundingStatementOut,
            self._transport.send(
                "POST",
                f"/v1/statements/{segment(statement_id)}/settlement",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
