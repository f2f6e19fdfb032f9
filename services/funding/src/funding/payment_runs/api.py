"""`/v1/payment-runs`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bank_files.errors import BankNotSetUp, NotPayableByBacs
from funding.claims.errors import SamePerson
from funding.ledger.errors import BudgetNotFound
from funding.payment_runs import queries, service
from funding.payment_runs.errors import (
    AlreadyReleased,
    ContentDiffers,
    NothingToPay,
    PayeeNotReady,
    PaymentNotFound,
    PaymentRunNotFound,
    ProcessingDayWrong,
    WrongStep,
)
from funding.payment_runs.schemas import (
    BankConfirmation,
    Cancellation,
    PaymentRunOut,
    PaymentRunRequest,
    PaymentRunSummary,
    ProcessingDay,
    Removal,
    RunApproval,
    RunCheck,
    WaitingList,
)
from funding.roles import PAYMENT_OFFICER, READERS
from funding.step_up import RECENTLY_PROVEN, RecentProofRequired

router = ServiceRouter(prefix="/v1/payment-runs", tags=["payment runs"])

PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]
FinanceStaff = Annotated[Principal, allow(role(*READERS))]
EDIT = errors(PaymentRunNotFound, AlreadyReleased, WrongStep)


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(BudgetNotFound, NothingToPay, ProcessingDayWrong),
)
async def prepare_payment_run(body: PaymentRunRequest, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Collect everything of a budget that is owed, is in no run yet, and whose payee can be paid now."""
    run_id = await service.prepare(session, caller, body.budget, body.processing_on)
    return await queries.find_run(session, run_id)


@router.get("", response_model=Page[PaymentRunSummary])
async def list_payment_runs(reader: Reader, caller: FinanceStaff, page: PageRequest) -> dict[str, object]:
    """Payment runs, the latest first."""
    rows = await queries.list_runs(reader, page)
    return Page.of(rows, page, key=lambda row: (row.prepared_at.isoformat(), str(row.id)))


@router.get("/waiting", responses=errors(BudgetNotFound))
async def list_waiting_payments(
    session: Session, caller: FinanceStaff, budget: Annotated[str, Query(max_length=60)]
) -> WaitingList:
    """Everything of a budget that is owed and in no run, and what holds up what cannot be paid now."""
    return await service.waiting(session, budget)


@router.get("/{run_id}", responses=errors(PaymentRunNotFound))
async def get_payment_run(run_id: UUID, reader: Reader, caller: FinanceStaff) -> PaymentRunOut:
    """One payment run with its payments."""
    return await queries.find_run(reader, run_id)


@router.post(
    "/{run_id}/removals",
    dependencies=[IDEMPOTENT],
    responses=errors(PaymentRunNotFound, PaymentNotFound, AlreadyReleased, WrongStep),
)
async def remove_payment(run_id: UUID, body: Removal, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Take a payment out. Check and approval are void: the run is a draft again."""
    await service.remove(session, caller, run_id, body.payment_id, body.reason)
    return await queries.find_run(session, run_id)


@router.post(
    "/{run_id}/processing-day",
    dependencies=[IDEMPOTENT],
    responses=errors(PaymentRunNotFound, AlreadyReleased, WrongStep, ProcessingDayWrong),
)
async def move_payment_run(
    run_id: UUID, body: ProcessingDay, session: Session, caller: PaymentOfficer
) -> PaymentRunOut:
    """Have the banks process it on another day. Check and approval are void."""
    await service.move(session, caller, run_id, body.processing_on)
    return await queries.find_run(session, run_id)


@router.post("/{run_id}/cancellation", dependencies=[IDEMPOTENT], responses=EDIT)
async def cancel_payment_run(
    run_id: UUID, body: Cancellation, session: Session, caller: PaymentOfficer
) -> PaymentRunOut:
    """Give a run up that is not released. What was in it waits for another."""
    await service.cancel(session, caller, run_id, body.reason)
    return await queries.find_run(session, run_id)


@router.post(
    "/{run_id}/check",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PaymentRunNotFound, WrongStep, SamePerson, ContentDiffers, PayeeNotReady),
)
async def check_payment_run(run_id: UUID, body: RunCheck, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Vouch for every line, as somebody else than prepared the run."""
    await service.check(session, caller, run_id, body.content_sha256)
    return await queries.find_run(session, run_id)


@router.post(
    "/{run_id}/approval",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PaymentRunNotFound, WrongStep, SamePerson, ContentDiffers),
)
async def decide_payment_run(
    run_id: UUID, body: RunApproval, session: Session, caller: PaymentOfficer
) -> PaymentRunOut:
    """Approve what was checked, or send it back. Not by the preparer; of a flagged run not by the checker either."""
    await service.decide(session, caller, run_id, body)
    return await queries.find_run(session, run_id)


@router.post(
    "/{run_id}/release",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(
        RecentProofRequired,
        PaymentRunNotFound,
        AlreadyReleased,
        WrongStep,
        SamePerson,
        PayeeNotReady,
        ProcessingDayWrong,
        BankNotSetUp,
        NotPayableByBacs,
    ),
)
async def release_payment_run(run_id: UUID, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Pay an approved run, as somebody who had no part in it or in anything that it pays."""
    await service.release(session, caller, run_id)
    return await queries.find_run(session, run_id)


@router.post(
    "/{run_id}/confirmation",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PaymentRunNotFound, WrongStep),
)
async def confirm_payment_run(
    run_id: UUID, body: BankConfirmation, session: Session, caller: PaymentOfficer
) -> PaymentRunOut:
    """Note that the bank debited the sum of the run. What came back before stays returned; the rest has arrived."""
    await service.confirm(session, caller, run_id, body.bank_reference)
    return await queries.find_run(session, run_id)
