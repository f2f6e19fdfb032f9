"""Bodies and answers of claims. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

ClaimStatus = str


class ClaimOut(Model):
    """A claim. The money goes to the school, never to the teacher."""

    amount_pence: int
    budget: str
    bursary_id: UUID
    claimant_id: UUID
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    payee_urn: str
    payment_run_id: UUID | None
    reason: str | None
    status: ClaimStatus
    submitted_at: dt.datetime


class ClaimSubmission(Model):
    """A teacher claims their own bursary for the school."""

    bursary_id: UUID


class PageClaimOut(Model):
    """PageClaimOut."""

    data: list[ClaimOut]
    page: PageInfo
