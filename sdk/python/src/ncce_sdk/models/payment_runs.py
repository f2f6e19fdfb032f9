"""Bodies and answers of payment runs. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, PaymentStatus
from ncce_sdk.transport import Model


class BankConfirmation(Model):
    """That the bank debited the sum of the run."""

    bank_reference: str


class Cancellation(Model):
    """Why a run is given up; what was in it waits for another."""

    reason: str


FileFormat = str


class FileOut(Model):
    """A permission to download a file once, and whether it was used. A further one takes two people."""

    approved_at: dt.datetime | None
    approved_by: UUID | None
    downloaded_at: dt.datetime | None
    downloaded_by: UUID | None
    format: FileFormat
    ordinal: int
    reason: str | None
    requested_at: dt.datetime | None
    requested_by: UUID | None
    sha256: str


class FileList(Model):
    """The files of a run: their totals, and every download."""

    amount_pence: int
    data: list[FileOut]
    payments: int


RunStatus = str


class PaymentRunSummary(Model):
    """A payment run."""

    amount_pence: int
    approved_at: dt.datetime | None
    approved_by: UUID | None
    bank_reference: str | None
    budget: str
    checked_at: dt.datetime | None
    checked_by: UUID | None
    confirmed_at: dt.datetime | None
    confirmed_by: UUID | None
    id: UUID
    needs_fourth_person: bool
    payments: int
    prepared_at: dt.datetime
    prepared_by: UUID
    processing_on: dt.date | None
    released_at: dt.datetime | None
    released_by: UUID | None
    status: RunStatus


class PagePaymentRunSummary(Model):
    """PagePaymentRunSummary."""

    data: list[PaymentRunSummary]
    page: PageInfo


class PaymentOut(Model):
    """One payment of a run."""

    amount_pence: int
    attempt: int
    award_id: UUID
    award_kind: str
    bursary_id: UUID | None
    claim_id: UUID | None
    flags: list[str]
    id: UUID
    narrative: str | None
    payee_id: UUID | None
    payee_urn: str | None
    reference: str | None
    return_code: str | None
    returned_at: dt.datetime | None
    status: PaymentStatus


class PaymentRunOut(Model):
    """A payment run with its payments."""

    amount_pence: int
    approved_at: dt.datetime | None
    approved_by: UUID | None
    arrives_on: dt.date | None
    bank_reference: str | None
    budget: str
    checked_at: dt.datetime | None
    checked_by: UUID | None
    confirmed_at: dt.datetime | None
    confirmed_by: UUID | None
    content_sha256: str
    id: UUID
    items: list[PaymentOut]
    needs_fourth_person: bool
    payments: int
    prepared_at: dt.datetime
    prepared_by: UUID
    processing_on: dt.date | None
    released_at: dt.datetime | None
    released_by: UUID | None
    returned_payments: int
    returned_pence: int
    status: RunStatus


class PaymentRunRequest(Model):
    """Which budget's approved claims to collect."""

    budget: str
    processing_on: dt.date | None = None


class ProcessingDay(Model):
    """Another day for the banks to process the run on."""

    processing_on: dt.date


class ReissueDecision(Model):
    """What a second person says of another download."""

    outcome: Literal["approved", "declined"]
    reason: str


class ReissueRequest(Model):
    """Why the file is needed again."""

    reason: str


class Removal(Model):
    """A payment to take out of a run; it waits for a later one."""

    payment_id: UUID
    reason: str


class RunApproval(Model):
    """What the approver says of the content that was checked. Declining makes it a draft again."""

    content_sha256: str
    outcome: Literal["approved", "declined"]
    reason: str


class RunCheck(Model):
    """The content that was checked."""

    content_sha256: str


class Waiting(Model):
    """Something that is owed, and whether it can be paid now."""

    amount_pence: int
    award_id: UUID
    award_kind: str
    held_because: str | None
    is_payable: bool
    narrative: str
    payable_from_at: dt.datetime | None
    payee_key: str


class WaitingList(Model):
    """Everything of a budget that is owed and in no run."""

    data: list[Waiting]
