"""`/v1/payables`: what is owed beside claims of bursaries."""

from typing import Annotated

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.payables import queries
from funding.payables.models import PayableStatus
from funding.payables.schemas import PayableOut
from funding.roles import READERS

router = ServiceRouter(prefix="/v1/payables", tags=["payments"])


@router.get("", response_model=Page[PayableOut])
async def list_payables(
    reader: Reader,
    caller: Annotated[Principal, allow(role(*READERS))],
    page: PageRequest,
    budget: Annotated[str | None, Query(max_length=60, description="Only of this budget")] = None,
    status: Annotated[PayableStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """Approved debts to organisations, the latest first."""
    found = await queries.list_payables(reader, page, budget, status)
    return Page.of(found, page, key=lambda one: (one.ready_at.isoformat(), str(one.id)))
