"""`/v1/ledger`: read only; nothing is posted here."""

from typing import Annotated, Any

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.ledger import queries
from funding.ledger.schemas import LedgerEntry, TrialBalance
from funding.roles import READERS

router = ServiceRouter(prefix="/v1/ledger", tags=["ledger"])

FinanceStaff = Annotated[Principal, allow(role(*READERS))]


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
) -> dict[str, Any]:
    """Postings in the order they were made."""
    found = await queries.entries(reader, page, budget, source)
    return Page.of(found, page, key=lambda entry: (str(entry.id),))
