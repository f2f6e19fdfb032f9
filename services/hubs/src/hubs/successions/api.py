"""`/v1/schools/successions`: splits and mergers of schools that a person decides."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.successions import service
from hubs.successions.errors import NotACandidate, SuccessionNotFound, SuccessionSettled
from hubs.successions.models import SchoolSuccession
from hubs.successions.schemas import SuccessionDecisionIn, SuccessionFilter, SuccessionOut

router = ServiceRouter(prefix="/v1/schools/successions", tags=["schools"])


@router.get("", response_model=Page[SuccessionOut])
async def list_successions(
    reader: Reader,
    caller: Annotated[Principal, allow(role("administrator", "auditor"))],
    wanted: Annotated[SuccessionFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Splits and mergers that wait for a decision, or are decided, or no longer need one."""
    found = await service.list_successions(reader, wanted, page)
    return Page.of(found, page, key=lambda row: (str(row.id),))


@router.post(
    "/{succession_id}/decision",
    response_model=SuccessionOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SuccessionNotFound, SuccessionSettled, NotACandidate),
)
async def decide_succession(
    session: Session,
    caller: Annotated[Principal, allow(role("administrator"))],
    succession_id: UUID,
    body: SuccessionDecisionIn,
) -> SchoolSuccession:
    """Say which of the candidates carry on (of a split), or are carried on (of a merger)."""
    return await service.decide(session, caller, succession_id, body)
