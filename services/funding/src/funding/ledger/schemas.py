"""The ledger as it is shown."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.ledger.models import AccountKind, EntryKind


class AccountBalance(BaseModel):
    """One account: its kept balance, and the sum of its postings, which must be the same."""

    account: str = Field(examples=["cpd-bursaries/available"])
    budget: str
    kind: AccountKind
    balance_pence: int
    posted_pence: int


class TrialBalance(BaseModel):
    """All accounts. `is_balanced` is false if they do not sum to zero or one differs from its postings."""

    accounts: list[AccountBalance]
    total_pence: int = Field(description="The sum of all balances: nought in a sound ledger")
    transactions: int
    is_balanced: bool


class LedgerEntry(BaseModel):
    """One posting with the movement it belongs to."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    transaction_id: UUID
    kind: EntryKind
    source: str = Field(
        description="The fact that moved the money", examples=["bursary:01920000-0000-7000-8000-000000000000"]
    )
    narrative: str
    account: str
    amount_pence: int
    posted_at: datetime
    reverses_id: UUID | None = Field(description="The transaction of which this is the exact opposite")


Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="A month in England, such as `2026-10`")]


class PeriodStatus(StrEnum):
    """Where a month stands."""

    OPEN = "open"
    CLOSING = "closing"
    """One person proposes to close it; another checks."""
    CLOSED = "closed"
    """Nothing is posted into it any more, and it cannot be opened again."""


class Period(BaseModel):
    """A month of the ledger. `journal_sha256` is of all its postings, as they were when closing was proposed."""

    month: str = Field(examples=["2026-10"])
    status: PeriodStatus
    transactions: int
    journal_sha256: str | None = None
    proposed_by: UUID | None = None
    proposed_at: datetime | None = None
    closed_by: UUID | None = None
    closed_at: datetime | None = None


class PeriodList(BaseModel):
    """All months, the latest first."""

    data: list[Period]


class ClosureDecision(BaseModel):
    """What the second person says of the closing of a month."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "Agrees with the bank statement."}]},
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000)
