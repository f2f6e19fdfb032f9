"""Bodies and answers of payees. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, PayeeKind
from ncce_sdk.transport import Model

ConfirmationMethod = str


class FundingConfirmation(Model):
    """How the second person made sure, by another way than the details came."""

    method: ConfirmationMethod
    note: str
    on: dt.date


class DetailsDecision(Model):
    """What the second person says of bank details. Approving needs the confirmation."""

    confirmation: FundingConfirmation | None = None
    outcome: Literal["approved", "declined"]
    reason: str


ModulusCheck = str


class DetailsOut(Model):
    """A version of a payee's bank details, as much of it as anybody is shown."""

    account_ending: str
    account_name: str
    collects_for: list[str]
    confirmation_method: ConfirmationMethod | None
    confirmation_note: str | None
    confirmed_on: dt.date | None
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    modulus_check: ModulusCheck
    outcome: str | None
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    sort_code_ending: str
    usable_from_at: dt.datetime | None
    version: int


class DetailsProposal(Model):
    """Bank details as somebody received them. Another person confirms and approves them."""

    account_name: str
    account_number: str
    collects_for: list[str] | None = None
    reason: str
    sort_code: str


class NewPayee(Model):
    """A payee with its first bank details."""

    details: DetailsProposal
    kind: PayeeKind
    name: str
    reference: str


class PayeeSummary(Model):
    """A payee."""

    created_at: dt.datetime
    created_by: UUID
    id: UUID
    kind: PayeeKind
    name: str
    reference: str


class PagePayeeSummary(Model):
    """PagePayeeSummary."""

    data: list[PayeeSummary]
    page: PageInfo


class PayeeOut(Model):
    """A payee with every version of its bank details, the latest first."""

    created_at: dt.datetime
    created_by: UUID
    details: list[DetailsOut]
    id: UUID
    kind: PayeeKind
    name: str
    reference: str
