"""`/v1/bank-returns`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bank_returns import queries, service
from funding.bank_returns.errors import (
    BankReturnLineNotFound,
    BankReturnLineSettled,
    BankReturnNotFound,
    BankReturnUnreadable,
    NotThisPayment,
)
from funding.bank_returns.models import LineStatus
from funding.bank_returns.rules import COLUMNS
from funding.bank_returns.schemas import (
    BankReturnOut,
    BankReturnSummary,
    Resolution,
    ResolutionDecision,
    ReturnLineOut,
)
from funding.claims.errors import SamePerson
from funding.roles import PAYMENT_OFFICER, READERS

router = ServiceRouter(prefix="/v1/bank-returns", tags=["bank returns"])

PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]
FinanceStaff = Annotated[Principal, allow(role(*READERS))]
EXAMPLE = "NCCE0000009999,370.00,****99,****4958,2026-11-20,B,Account closed"
FILE_CONTENT = {"text/csv": {"schema": {"type": "string"}, "example": f"{','.join(COLUMNS)}\r\n{EXAMPLE}\r\n"}}
FILE = {"requestBody": {"required": True, "content": FILE_CONTENT}}


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(BankReturnUnreadable),
    openapi_extra=FILE,
)
async def import_bank_returns(request: Request, session: Session, caller: PaymentOfficer) -> BankReturnOut:
    """Import what the bank sent back, as CSV with a header, amounts in pounds.

    A line whose reference, amount and end of the account are those of one payment brings it back: the ledger takes the
    exact opposite entry today, and what was owed is owed again, held until the payee has other bank details. Every
    other line waits in the queue. The same file again does nothing and is answered as before; a file with a line that
    cannot be read is refused whole.
    """
    import_id = await service.take_in(session, caller, await request.body())
    return await queries.find_import(session, import_id)


@router.get("", response_model=Page[BankReturnSummary])
async def list_bank_returns(reader: Reader, caller: FinanceStaff, page: PageRequest) -> dict[str, object]:
    """Imported files, the latest first."""
    rows = await queries.list_imports(reader, page)
    return Page.of(rows, page, key=lambda row: (row.imported_at.isoformat(), str(row.id)))


@router.get("/lines", response_model=Page[ReturnLineOut])
async def list_bank_return_lines(
    reader: Reader,
    caller: FinanceStaff,
    page: PageRequest,
    status: Annotated[LineStatus | None, Query(description="Those to be settled when left out")] = None,
) -> dict[str, object]:
    """The queue: lines that were nobody's by themselves and wait for a person or for the second one."""
    rows = await queries.list_lines(reader, page, status)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/{import_id}", responses=errors(BankReturnNotFound))
async def get_bank_return(import_id: UUID, reader: Reader, caller: FinanceStaff) -> BankReturnOut:
    """One file with every line."""
    return await queries.find_import(reader, import_id)


@router.post(
    "/lines/{return_line_id}/resolution",
    dependencies=[IDEMPOTENT],
    responses=errors(BankReturnLineNotFound, BankReturnLineSettled, NotThisPayment),
)
async def resolve_bank_return_line(
    return_line_id: UUID, body: Resolution, session: Session, caller: PaymentOfficer
) -> ReturnLineOut:
    """Say which payment came back by a line, or that it is not ours. Another person confirms."""
    await service.propose(session, caller, return_line_id, body)
    return await queries.find_line(session, return_line_id)


@router.post(
    "/lines/{return_line_id}/resolution/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(BankReturnLineNotFound, BankReturnLineSettled, NotThisPayment, SamePerson),
)
async def decide_bank_return_line(
    return_line_id: UUID, body: ResolutionDecision, session: Session, caller: PaymentOfficer
) -> ReturnLineOut:
    """Confirm what a line is, as somebody else than said it, or put it back into the queue."""
    await service.decide(session, caller, return_line_id, body)
    return await queries.find_line(session, return_line_id)
