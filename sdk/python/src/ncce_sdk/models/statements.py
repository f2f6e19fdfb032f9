"""Bodies and answers of statements. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, PartyKind
from ncce_sdk.transport import Model


class ClosingOut(Model):
    """What was closed. Closing again closes nothing twice."""

    lines: int
    month: str
    statements: int
    total_pence: int


class ClosingRequest(Model):
    """Close a month: of all parties, or of one."""

    month: str
    party: str | None = None
    party_kind: PartyKind | None = None


LineKind = str


class FundingStatementsSchemasLine(Model):
    """One line. What the party gets is positive, what it owes negative, in pence."""

    amount_pence: int
    kind: LineKind
    line_id: UUID
    narrative: str
    occurred_at: dt.datetime
    position: int
    reverses_id: UUID | None
    source: str


class Document(Model):
    """A statement as it is frozen: its canonical text is what the digest is of."""

    closed_at: dt.datetime
    lines: list[FundingStatementsSchemasLine]
    month: str
    party: str
    party_kind: PartyKind
    party_name: str | None
    statement_id: UUID
    total_pence: int
    totals_pence: dict[str, int]


StatementStatus = str


class FundingStatementOut(Model):
    """A closed statement without its lines; they are in its document."""

    closed_at: dt.datetime
    document_sha256: str
    id: UUID
    lines: int
    month: str
    party: str
    party_kind: PartyKind
    settled_at: dt.datetime | None
    settlement_reference: str | None
    status: StatementStatus
    total_pence: int


class OpenStatement(Model):
    """What stands on no statement yet. It changes until the month is closed."""

    lines: list[FundingStatementsSchemasLine]
    party: str
    party_kind: PartyKind
    total_pence: int
    totals_pence: dict[str, int]


class PageStatementOut(Model):
    """PageStatementOut."""

    data: list[FundingStatementOut]
    page: PageInfo


class Settlement(Model):
    """How what a statement came to was settled."""

    reference: str
