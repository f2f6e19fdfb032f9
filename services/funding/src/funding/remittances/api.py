"""`/v1/payments`: payments that left, and what each was for."""

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from chassis.access import allow, role, scope
from chassis.db import Reader
from chassis.errors import Responses, errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.payment_runs.models import PaymentStatus
from funding.recoveries.errors import PaymentNotFound
from funding.remittances import documents, queries
from funding.remittances.schemas import PaymentSummary, Remittance
from funding.roles import HUB_STAFF, PARTNER_ADMIN, READERS, SCHOOL_LEAD
from funding.settings import OwnSettings

router = ServiceRouter(prefix="/v1/payments", tags=["payments"])

Payees = Annotated[Principal, allow(role(*READERS, SCHOOL_LEAD, *HUB_STAFF, PARTNER_ADMIN), scope("statements:read"))]
CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
PDF: Responses = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
PRIVATE = {"Cache-Control": "private, no-store"}
Left = Literal[PaymentStatus.SENT, PaymentStatus.RETURNED]


@router.get("", response_model=Page[PaymentSummary])
async def list_payments(
    reader: Reader,
    caller: Payees,
    page: PageRequest,
    status: Annotated[Left | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """Payments that left, the latest first: of the payees you speak for; for finance staff and auditors, all."""
    rows = await queries.list_payments(reader, caller, page, status)
    return Page.of(rows, page, key=lambda row: (row.released_at.isoformat(), str(row.payment_id)))


@router.get("/{payment_id}/remittance", responses=errors(PaymentNotFound))
async def get_remittance(payment_id: UUID, reader: Reader, caller: Payees, settings: OwnSettings) -> Remittance:
    """The remittance advice of a payment: what it was for, when it arrives, and whether the bank sent it back."""
    return await queries.find_remittance(reader, caller, payment_id, settings.bacs_account_name)


@router.get("/{payment_id}/remittance.csv", response_class=Response, responses={**CSV, **errors(PaymentNotFound)})
async def get_remittance_csv(payment_id: UUID, reader: Reader, caller: Payees, settings: OwnSettings) -> Response:
    """The same for a spreadsheet, a line for each part of the amount."""
    told = await queries.find_remittance(reader, caller, payment_id, settings.bacs_account_name)
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="remittance-{told.reference}.csv"'}
    return Response(documents.as_csv(told), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{payment_id}/remittance.pdf", response_class=Response, responses={**PDF, **errors(PaymentNotFound)})
async def get_remittance_pdf(payment_id: UUID, reader: Reader, caller: Payees, settings: OwnSettings) -> Response:
    """The same to print: a tagged PDF."""
    told = await queries.find_remittance(reader, caller, payment_id, settings.bacs_account_name)
    drawn = await asyncio.to_thread(documents.as_pdf, told)
    headers = PRIVATE | {"Content-Disposition": f'inline; filename="remittance-{told.reference}.pdf"'}
    return Response(drawn, media_type="application/pdf", headers=headers)
