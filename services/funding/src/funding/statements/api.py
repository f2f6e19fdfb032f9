"""`/v1/statements`."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from chassis.access import allow, role, scope
from chassis.db import Reader, Session
from chassis.errors import Responses, errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.roles import HUB_STAFF, PARTNER_ADMIN, PAYMENT_OFFICER, READERS, SCHOOL_LEAD
from funding.statements import documents, queries, service
from funding.statements.errors import ClosedByYou, MonthNotOver, PartyNotYours, StatementNotFound, StatementSettled
from funding.statements.models import PartyKind
from funding.statements.schemas import (
    ClosingOut,
    ClosingRequest,
    Document,
    Month,
    OpenStatement,
    Party,
    Settlement,
    StatementOut,
)

router = ServiceRouter(prefix="/v1/statements", tags=["statements"])

OwnParty = Annotated[Principal, allow(role(*READERS, SCHOOL_LEAD, *HUB_STAFF, PARTNER_ADMIN), scope("statements:read"))]
PaymentOfficer = Annotated[Principal, allow(role(PAYMENT_OFFICER))]
PartyKindQuery = Annotated[PartyKind | None, Query(description="Whose")]
PartyQuery = Annotated[Party | None, Query()]
CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
PDF: Responses = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
PRIVATE = {"Cache-Control": "private, no-store"}


@router.post("/closings", status_code=201, dependencies=[IDEMPOTENT], responses=errors(MonthNotOver))
async def close_month(body: ClosingRequest, session: Session, caller: PaymentOfficer) -> ClosingOut:
    """Close a month: whatever stands on no statement yet becomes lines that nobody can change any more.

    What is found out later comes onto a later statement; a line that was wrong is taken back there, to the penny.
    """
    return await service.close(session, caller, body)


@router.get("", response_model=Page[StatementOut])
async def list_statements(
    reader: Reader,
    caller: OwnParty,
    page: PageRequest,
    month: Annotated[Month | None, Query()] = None,
    party_kind: PartyKindQuery = None,
    party: PartyQuery = None,
) -> dict[str, object]:
    """Closed statements of the parties you speak for; for finance staff and auditors, of all. The latest first."""
    day = None if month is None else service.first_day(month)
    rows = await queries.list_statements(reader, caller, page, day, party_kind, party)
    return Page.of(rows, page, key=lambda row: (row.month.isoformat(), str(row.id)))


@router.get("/open", responses=errors(PartyNotYours))
async def get_open_statement(
    reader: Reader, caller: OwnParty, party_kind: PartyKindQuery = None, party: PartyQuery = None
) -> OpenStatement:
    """What stands on no statement of a party yet, as it is now."""
    return await queries.still_open(reader, caller, party_kind, party)


@router.get("/{statement_id}", responses=errors(StatementNotFound))
async def get_statement(statement_id: UUID, reader: Reader, caller: OwnParty) -> StatementOut:
    """One statement: what it comes to, and the digest of its document."""
    return StatementOut.model_validate(await queries.find(reader, caller, statement_id))


@router.get("/{statement_id}/document", response_model=Document, responses=errors(StatementNotFound))
async def get_statement_document(statement_id: UUID, reader: Reader, caller: OwnParty) -> Response:
    """The frozen document with every line, byte for byte what the digest is of."""
    found = await queries.find(reader, caller, statement_id)
    return Response(found.document, media_type="application/json", headers=PRIVATE)


@router.get("/{statement_id}/document.csv", response_class=Response, responses={**CSV, **errors(StatementNotFound)})
async def get_statement_csv(statement_id: UUID, reader: Reader, caller: OwnParty) -> Response:
    """The lines for a spreadsheet."""
    found = await queries.find(reader, caller, statement_id)
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="statement-{statement_id}.csv"'}
    return Response(documents.as_csv(found.document), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{statement_id}/document.pdf", response_class=Response, responses={**PDF, **errors(StatementNotFound)})
async def get_statement_pdf(statement_id: UUID, reader: Reader, caller: OwnParty) -> Response:
    """The statement to print: a tagged PDF, the same file every time."""
    found = await queries.find(reader, caller, statement_id)
    drawn = await asyncio.to_thread(documents.as_pdf, found.document, found.document_sha256)
    return Response(drawn, media_type="application/pdf", headers=PRIVATE)


@router.post(
    "/{statement_id}/settlement",
    dependencies=[IDEMPOTENT],
    responses=errors(StatementNotFound, StatementSettled, ClosedByYou),
)
async def settle_statement(
    statement_id: UUID, body: Settlement, session: Session, caller: PaymentOfficer
) -> StatementOut:
    """Record how a statement was settled, as somebody other than the person who closed it."""
    await service.settle(session, caller, statement_id, body)
    return StatementOut.model_validate(await queries.find(session, caller, statement_id))
