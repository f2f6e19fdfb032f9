"""Bodies and answers of bank returns. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

LineStatus = str


Unmatched = str


FundingBankReturnsModelsOutcome = str


class ReturnLineOut(Model):
    """One line of the bank's."""

    account_ending: str
    amount_pence: int
    bank_return_id: UUID
    code: str
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    description: str
    id: UUID
    line: int
    outcome: FundingBankReturnsModelsOutcome | None
    payment_id: UUID | None
    proposed_at: dt.datetime | None
    proposed_by: UUID | None
    proposed_payment_id: UUID | None
    queued_because: Unmatched | None
    reason: str | None
    reference: str
    returned_on: dt.date
    sort_code_ending: str
    status: LineStatus


class BankReturnOut(Model):
    """An imported file with every line."""

    amount_pence: int
    content_sha256: str
    id: UUID
    imported_at: dt.datetime
    imported_by: UUID
    items: list[ReturnLineOut]
    lines: int
    matched: int
    waiting: int


class BankReturnSummary(Model):
    """An imported file."""

    amount_pence: int
    content_sha256: str
    id: UUID
    imported_at: dt.datetime
    imported_by: UUID
    lines: int
    matched: int
    waiting: int


class PageBankReturnSummary(Model):
    """PageBankReturnSummary."""

    data: list[BankReturnSummary]
    page: PageInfo


class PageReturnLineOut(Model):
    """PageReturnLineOut."""

    data: list[ReturnLineOut]
    page: PageInfo


class Resolution(Model):
    """What a line is that was nobody's by itself."""

    outcome: FundingBankReturnsModelsOutcome
    payment_id: UUID | None = None
    reason: str


class ResolutionDecision(Model):
    """What another person says of it. Declining puts the line back into the queue."""

    outcome: Literal["approved", "declined"]
    reason: str
