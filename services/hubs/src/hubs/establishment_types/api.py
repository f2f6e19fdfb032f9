"""`/v1/establishment-types`: which types of establishment are state-funded, from when, and by whose word."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis import clock
from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.area_lists.errors import SecondPersonNeeded
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.establishment_types import service
from hubs.establishment_types.errors import VerdictDecided, VerdictNotFound, VerdictUnchanged
from hubs.establishment_types.models import StateFundedVerdict
from hubs.establishment_types.schemas import (
    TypeFilter,
    TypesOut,
    VerdictDecisionIn,
    VerdictFilter,
    VerdictIn,
    VerdictOut,
)

router = ServiceRouter(prefix="/v1/establishment-types", tags=["schools"])
Administrator = Annotated[Principal, allow(role("administrator"))]


@router.get("", response_model=TypesOut, dependencies=[PUBLIC_FOR_MINUTES])
async def list_types(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], wanted: Annotated[TypeFilter, Query()]
) -> dict[str, object]:
    """The types known on a day and the verdict in force on each, by the register's code."""
    on = wanted.on or clock.today()
    return {"on": on, "types": await service.types_on(reader, on)}


@router.get("/verdicts", response_model=Page[VerdictOut])
async def list_verdicts(
    reader: Reader,
    caller: Annotated[Principal, allow(role("administrator", "auditor"))],
    wanted: Annotated[VerdictFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Verdicts that wait for a second person, or were approved or refused, the oldest first."""
    return Page.of(await service.list_verdicts(reader, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/verdicts",
    status_code=201,
    response_model=VerdictOut,
    dependencies=[IDEMPOTENT],
    responses=errors(VerdictUnchanged),
)
async def propose_verdict(session: Session, caller: Administrator, body: VerdictIn) -> StateFundedVerdict:
    """Propose whether a type is state-funded from a day on. It counts once another administrator has approved it."""
    return await service.propose(session, caller, body)


@router.post(
    "/verdicts/{verdict_id}/decision",
    response_model=VerdictOut,
    dependencies=[IDEMPOTENT],
    responses=errors(VerdictNotFound, VerdictDecided, SecondPersonNeeded),
)
async def decide_verdict(
    session: Session, caller: Administrator, verdict_id: UUID, body: VerdictDecisionIn
) -> StateFundedVerdict:
    """Approve or refuse what somebody else proposed. Schools of the type follow, each told of as `school.changed`."""
    return await service.decide(session, caller, verdict_id, body)
