"""Bodies and answers of recoveries. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, PartyKind
from ncce_sdk.transport import Model

FundingBecause = str


Method = str


class FundingReceiptOut(Model):
    """A part that came back or was written off."""

    amount_pence: int
    id: UUID
    kind: Method
    recorded_at: dt.datetime
    recorded_by: UUID
    reference: str


class Opening(Model):
    """A payment, or a part of it, that has to come back."""

    amount_pence: int
    because: Literal["overpayment", "underspend"]
    payment_id: UUID
    reason: str


RecoveryStatus = str


class RecoverySummary(Model):
    """A recovery case."""

    amount_pence: int
    because: FundingBecause
    budget: str
    id: UUID
    method: Method | None
    opened_at: dt.datetime
    party: str
    party_kind: PartyKind
    payment_id: UUID | None
    recovered_pence: int
    status: RecoveryStatus
    written_off_pence: int


class PageRecoverySummary(Model):
    """PageRecoverySummary."""

    data: list[RecoverySummary]
    page: PageInfo


class Proposal(Model):
    """How to get it back, or that it will not come back."""

    method: Method
    reason: str


class Step(Model):
    """One step of a case."""

    from_status: RecoveryStatus | None
    method: Method | None
    reason: str
    taken_at: dt.datetime
    taken_by: UUID | None
    to_status: RecoveryStatus


class RecoveryOut(Model):
    """A recovery case with its history."""

    amount_pence: int
    because: FundingBecause
    budget: str
    id: UUID
    method: Method | None
    opened_at: dt.datetime
    party: str
    party_kind: PartyKind
    payment_id: UUID | None
    receipts: list[FundingReceiptOut]
    recovered_pence: int
    status: RecoveryStatus
    steps: list[Step]
    written_off_pence: int


class FundingRecoveriesSchemasAgreement(Model):
    """What the second person says of the proposal."""

    outcome: Literal["approved", "declined"]
    reason: str


class FundingRecoveriesSchemasReceipt(Model):
    """Money that came back: an invoice that was paid, or what was taken off a later payment."""

    amount_pence: int
    reference: str
