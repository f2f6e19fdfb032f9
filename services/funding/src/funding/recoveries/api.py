"""`/v1/recoveries`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.recoveries import queries, service
from funding.recoveries.errors import (
    PaymentNotFound,
    ReceiptKnown,
    RecoveryNotFound,
    RecoveryTooLarge,
    RecoveryUnderWay,
    SecondPersonNeeded,
    WrongStep,
)
from funding.recoveries.models import RecoveryStatus
from funding.recoveries.schemas import Agreement, Opening, Proposal, Receipt, RecoveryOut, RecoverySummary
from funding.roles import APPROVER, OFFICER, PAYMENT_OFFICER, READERS, SCHOOL_LEAD

router = ServiceRouter(prefix="/v1/recoveries", tags=["recoveries"])

Involved = Annotated[Principal, allow(role(*READERS, SCHOOL_LEAD))]
Officer = Annotated[Principal, allow(role(OFFICER))]
Approver = Annotated[Principal, allow(role(OFFICER, APPROVER))]
PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(PaymentNotFound, RecoveryTooLarge, RecoveryUnderWay),
)
async def open_recovery(body: Opening, session: Session, caller: Officer) -> RecoveryOut:
    """Open a case for a payment that was too much. For a completion that was withdrawn the platform opens it itself."""
    return await queries.find(session, caller, await service.open_case(session, caller, body))


@router.get("", response_model=Page[RecoverySummary])
async def list_recoveries(
    reader: Reader,
    caller: Involved,
    page: PageRequest,
    status: Annotated[RecoveryStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """Recovery cases, the latest first; for a school's lead those of the school."""
    rows = await queries.list_cases(reader, caller, page, status)
    return Page.of(rows, page, key=lambda row: (row.opened_at.isoformat(), str(row.id)))


@router.get("/{case_id}", responses=errors(RecoveryNotFound))
async def get_recovery(case_id: UUID, reader: Reader, caller: Involved) -> RecoveryOut:
    """One case with every step and receipt."""
    return await queries.find(reader, caller, case_id)


@router.post("/{case_id}/proposal", dependencies=[IDEMPOTENT], responses=errors(RecoveryNotFound, WrongStep))
async def propose_recovery(case_id: UUID, body: Proposal, session: Session, caller: Officer) -> RecoveryOut:
    """Propose how the money comes back: off the next payments, by invoice, or not at all."""
    await service.propose(session, caller, case_id, body)
    return await queries.find(session, caller, case_id)


@router.post(
    "/{case_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(RecoveryNotFound, WrongStep, SecondPersonNeeded),
)
async def decide_recovery(case_id: UUID, body: Agreement, session: Session, caller: Approver) -> RecoveryOut:
    """Agree to the proposal as a second person, or send it back."""
    await service.decide(session, caller, case_id, body)
    return await queries.find(session, caller, case_id)


@router.post(
    "/{case_id}/receipts",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(RecoveryNotFound, WrongStep, RecoveryTooLarge, ReceiptKnown),
)
async def record_receipt(case_id: UUID, body: Receipt, session: Session, caller: PaymentOfficer) -> RecoveryOut:
    """Record money that came back; it is available again in the budget it was paid from."""
    await service.receive(session, caller, case_id, body)
    return await queries.find(session, caller, case_id)
