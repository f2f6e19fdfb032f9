"""Bodies and answers of ledger. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

AccountKind = str


class AccountBalance(Model):
    """One account: its kept balance, and the sum of its postings, which must be the same."""

    account: str
    balance_pence: int
    budget: str
    kind: AccountKind
    posted_pence: int


class ClosureDecision(Model):
    """What the second person says of the closing of a month."""

    outcome: Literal["approved", "declined"]
    reason: str


EntryKind = str


class LedgerEntry(Model):
    """One posting with the movement it belongs to."""

    account: str
    amount_pence: int
    id: int
    kind: EntryKind
    narrative: str
    posted_at: dt.datetime
    reverses_id: UUID | None
    source: str
    transaction_id: UUID


class PageLedgerEntry(Model):
    """PageLedgerEntry."""

    data: list[LedgerEntry]
    page: PageInfo


PeriodStatus = str


class Period(Model):
    """A month of the ledger. `journal_sha256` is of all its postings, as they were when closing was proposed."""

    closed_at: dt.datetime | None = None
    closed_by: UUID | None = None
    journal_sha256: str | None = None
    month: str
    proposed_at: dt.datetime | None = None
    proposed_by: UUID | None = None
    status: PeriodStatus
    transactions: int


class PeriodList(Model):
    """All months, the latest first."""

    data: list[Period]


class TrialBalance(Model):
    """All accounts. `is_balanced` is false if they do not sum to zero or one differs from its postings."""

    accounts: list[AccountBalance]
    is_balanced: bool
    total_pence: int
    transactions: int
