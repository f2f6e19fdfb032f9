"""`/v1/fees`: what is due for bookings."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.fees import queries
from funding.fees.models import FeeStatus
from funding.fees.schemas import FeeOut

router = ServiceRouter(prefix="/v1/fees", tags=["prices"])


@router.get("", response_model=Page[FeeOut])
async def list_fees(
    reader: Reader,
    caller: Annotated[Principal, allow(SIGNED_IN)],
    page: PageRequest,
    booking_id: Annotated[UUID | None, Query(description="Only that of this booking")] = None,
    status: Annotated[FeeStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """One's own fees; for funding staff and auditors, everybody's. A booking made a moment ago appears in seconds."""
    found = await queries.list_fees(reader, caller, page, booking_id, status)
    return Page.of(found, page, key=lambda one: (one.placed_at.isoformat(), str(one.booking_id)))
