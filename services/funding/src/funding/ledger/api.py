"""`/v1/ledger`: nothing is posted here, but months are closed."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.claims.errors import SamePerson
from funding.ledger import periods, queries
from funding.ledger.errors import PeriodAlreadyProposed, PeriodChanged, PeriodNotFound, PeriodNotOver, PeriodNotProposed
from funding.ledger.schemas import ClosureDecision, LedgerEntry, Month, Period, PeriodList, TrialBalance
from funding.roles import OFFICER, PAYMENT_OFFICER, READERS

router = ServiceRouter(prefix="/v1/ledger", tags=["ledger"])

FinanceStaff = Annotated[Principal, allow(role(*READERS))]
Officer = Annotated[Principal, allow(role(OFFICER, PAYMENT_OFFICER))]


@router.get("/trial-balance")
async def get_trial_balance(reader: Reader, caller: FinanceStaff) -> TrialBalance:
    """Every account, checked against its postings."""
    return await queries.trial_balance(reader)


@router.get("/entries", response_model=Page[LedgerEntry])
async def list_ledger_entries(
    reader: Reader,
    caller: FinanceStaff,
    page: PageRequest,
    budget: Annotated[str | None, Query(max_length=60)] = None,
    source: Annotated[str | None, Query(max_length=120, description="As in `source` of an entry")] = None,
) -> dict[str, object]:
    """Postings in the order they were made."""
    found = await queries.entries(reader, page, budget, source)
    return Page.of(found, page, key=lambda entry: (str(entry.id),))


@router.get("/periods")
async def list_ledger_periods(reader: Reader, caller: FinanceStaff) -> PeriodList:
    """Every month with postings, and whether it is closed."""
    return await periods.list_periods(reader)


@router.post(
    "/periods/{month}/closure",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(PeriodNotFound, PeriodNotOver, PeriodAlreadyProposed),
)
async def propose_closure(month: Annotated[Month, Path()], session: Session, caller: Officer) -> Period:
    """Propose to close a month that is over. Another person has to check it."""
    return await periods.propose_closing(session, caller, date.fromisoformat(f"{month}-01"))


@router.post(
    "/periods/{month}/closure/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(PeriodNotFound, PeriodNotProposed, PeriodChanged, SamePerson),
)
async def decide_closure(
    month: Annotated[Month, Path()], body: ClosureDecision, session: Session, caller: Officer
) -> Period:
    """Close the month for good, as somebody else than proposed it, or send the proposal back."""
    return await periods.decide_closing(session, caller, date.fromisoformat(f"{month}-01"), body)
