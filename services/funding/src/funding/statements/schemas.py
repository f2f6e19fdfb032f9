"""Statements on the wire, and the document that is frozen."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from funding.statements.models import LineKind, PartyKind, StatementStatus

Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="A month, as `2026-10`")]
Party = Annotated[str, Field(min_length=1, max_length=60, description="A school's URN, or the id of a hub or partner")]


class Line(BaseModel):
    """One line. What the party gets is positive, what it owes negative, in pence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line_id: UUID
    position: int
    kind: LineKind
    source: str = Field(
        description="The fact behind it; a payment's explanation is at `/v1/payments/{id}/explanation`",
        examples=["payment:01920000-0000-7000-8000-000000000000"],
    )
    amount_pence: int
    occurred_at: datetime
    narrative: str
    reverses_id: UUID | None = Field(description="The line of this or an earlier statement that this one takes back")


class Document(BaseModel):
    """A statement as it is frozen: its canonical text is what the digest is of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement_id: UUID
    party_kind: PartyKind
    party: str
    party_name: str | None
    month: str
    closed_at: datetime
    total_pence: int
    totals_pence: dict[LineKind, int]
    lines: tuple[Line, ...]


class StatementOut(BaseModel):
    """A closed statement without its lines; they are in its document."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    party_kind: PartyKind
    party: str
    month: str = Field(examples=["2026-10"])
    status: StatementStatus
    lines: int
    total_pence: int = Field(description="What the party got less what it owed")
    document_sha256: str = Field(description="Of the JSON document, byte for byte")
    closed_at: datetime
    settled_at: datetime | None
    settlement_reference: str | None

    @field_validator("month", mode="before")
    @classmethod
    def _of_first_day(cls, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


class OpenStatement(BaseModel):
    """What stands on no statement yet. It changes until the month is closed."""

    party_kind: PartyKind
    party: str
    total_pence: int
    totals_pence: dict[LineKind, int]
    lines: list[Line]


class ClosingRequest(BaseModel):
    """Close a month: of all parties, or of one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"month": "2026-10"}]})

    month: Month
    party_kind: PartyKind | None = None
    party: Party | None = None


class ClosingOut(BaseModel):
    """What was closed. Closing again closes nothing twice."""

    month: str
    statements: int
    lines: int
    total_pence: int


class Settlement(BaseModel):
    """How what a statement came to was settled."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reference": "Bank statement of 3 November, line 14"}]}
    )

    reference: str = Field(min_length=1, max_length=100)
