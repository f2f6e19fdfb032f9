"""`/v1/payment-runs`."""

from typing import Annotated, Any
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.claims.errors import SamePerson
from funding.ledger.errors import BudgetNotFound
from funding.payment_runs import queries, service
from funding.payment_runs.errors import AlreadyReleased, NothingToPay, PaymentRunNotFound
from funding.payment_runs.schemas import PaymentRunOut, PaymentRunRequest, PaymentRunSummary
from funding.roles import PAYMENT_OFFICER, READERS

router = ServiceRouter(prefix="/v1/payment-runs", tags=["payment runs"])

PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]
FinanceStaff = Annotated[Principal, allow(role(*READERS))]


@router.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(BudgetNotFound, NothingToPay))
async def prepare_payment_run(body: PaymentRunRequest, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Collect every approved claim of a budget that is in no run yet."""
    return await queries.find_run(session, await service.prepare(session, caller, body.budget))


@router.get("", response_model=Page[PaymentRunSummary])
async def list_payment_runs(reader: Reader, caller: FinanceStaff, page: PageRequest) -> dict[str, Any]:
    """Payment runs, the latest first."""
    rows = await queries.list_runs(reader, page)
    return Page.of(rows, page, key=lambda row: (row.prepared_at.isoformat(), str(row.id)))


@router.get("/{run_id}", responses=errors(PaymentRunNotFound))
async def get_payment_run(run_id: UUID, reader: Reader, caller: FinanceStaff) -> PaymentRunOut:
    """One payment run with its payments."""
    return await queries.find_run(reader, run_id)


@router.post(
    "/{run_id}/release",
    dependencies=[IDEMPOTENT],
    responses=errors(PaymentRunNotFound, AlreadyReleased, SamePerson),
)
async def release_payment_run(run_id: UUID, session: Session, caller: PaymentOfficer) -> PaymentRunOut:
    """Pay a run, as somebody who neither claimed nor approved anything in it."""
    await service.release(session, caller, run_id)
    return await queries.find_run(session, run_id)
