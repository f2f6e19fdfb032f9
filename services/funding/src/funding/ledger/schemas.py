"""The ledger as it is shown."""

from datetime import datetime
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
