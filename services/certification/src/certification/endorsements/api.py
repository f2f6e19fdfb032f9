"""Routes of endorsements."""

from typing import Annotated
from uuid import UUID

from certification.endorsements import queries, service
from certification.endorsements.errors import (
    AlreadyEndorsed,
    EndorsementNotFound,
    EndorsementRequestNotFound,
    NothingToEndorse,
)
from certification.endorsements.schemas import (
    EndorsementIn,
    EndorsementOut,
    EndorsementRequestIn,
    EndorsementRequestOut,
    EndorsementWithdrawal,
    SchemeEndorsementIn,
)
from chassis.access import SIGNED_IN, allow, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["endorsements"])

Person = Annotated[Principal, allow(SIGNED_IN)]
Partner = Annotated[Principal, allow(scope("endorsements:write"))]
Either = Annotated[Principal, allow(SIGNED_IN, scope("endorsements:write"))]


@router.post(
    "/endorsement-requests",
    status_code=201,
    response_model=EndorsementRequestOut,
    dependencies=[IDEMPOTENT],
    responses=errors(NothingToEndorse),
)
async def ask_for_endorsement(body: EndorsementRequestIn, session: Session, caller: Person) -> dict[str, object]:
    """Ask an organisation to endorse an application, a certificate or an activity of yours."""
    return await service.ask(session, caller, body)


@router.get("/endorsement-requests", response_model=Page[EndorsementRequestOut])
async def list_endorsement_requests(reader: Reader, page: PageRequest, caller: Either) -> dict[str, object]:
    """Your requests; for a partner, those to its organisation. Oldest first."""
    rows = [queries.told_of(row) for row in await queries.requests(reader, caller, page)]
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/endorsement-requests/{request_id}/endorsement",
    status_code=201,
    response_model=EndorsementOut,
    dependencies=[IDEMPOTENT],
    responses=errors(EndorsementRequestNotFound, AlreadyEndorsed),
)
async def endorse(request_id: UUID, body: EndorsementIn, session: Session, caller: Partner) -> dict[str, object]:
    """Endorse what a teacher asked your organisation for."""
    return await service.endorse(session, caller, request_id, body.statement)


@router.post(
    "/endorsements",
    status_code=201,
    response_model=EndorsementOut,
    dependencies=[IDEMPOTENT],
    responses=errors(NothingToEndorse, AlreadyEndorsed),
)
async def endorse_scheme(body: SchemeEndorsementIn, session: Session, caller: Partner) -> dict[str, object]:
    """Endorse a certificate scheme in your organisation's name; verification of its certificates says so."""
    return await service.endorse_scheme(session, caller, body)


@router.get("/endorsements", response_model=Page[EndorsementOut])
async def list_endorsements(reader: Reader, page: PageRequest, caller: Either) -> dict[str, object]:
    """Endorsements of you; for a partner, those that its organisation gave. Oldest first, withdrawn ones too."""
    rows = [queries.told_of(row) for row in await queries.endorsements(reader, caller, page)]
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/endorsements/{endorsement_id}/withdrawal",
    response_model=EndorsementOut,
    dependencies=[IDEMPOTENT],
    responses=errors(EndorsementNotFound),
)
async def withdraw_endorsement(
    endorsement_id: UUID, body: EndorsementWithdrawal, session: Session, caller: Partner
) -> dict[str, object]:
    """Withdraw an endorsement of your organisation's. It stays on record, and counts for nothing from now on."""
    return await service.withdraw(session, caller, endorsement_id, body.reason)
