"""Asking for everything, and fetching it."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from sqlalchemy import select

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import Responses, errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.people.errors import PersonNotFound
from identity.person_exports import service
from identity.person_exports.errors import ExportExpired, ExportNotFound
from identity.person_exports.models import PersonExport
from identity.person_exports.schemas import PersonExportOut

router = ServiceRouter(prefix="/v1/privacy/exports", tags=["privacy"])

Person = Annotated[Principal, allow(SIGNED_IN)]
PLAN = "application/vnd.ncce.archive-plan+json"
ARCHIVE: Responses = {
    200: {
        "description": "`index.html` to read, `index.json` for programs, a JSON file of each service, and your files",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("", status_code=202, response_model=PersonExportOut, responses=errors(PersonNotFound))
async def ask_for_export(session: Session, caller: Person) -> PersonExportOut:
    """Ask for everything that the platform holds about you, in all its parts. A mail tells when it is there."""
    export = await service.ask(session, caller)
    return await service.own_export(session, caller, export.id)


@router.get("", response_model=Page[PersonExportOut])
async def list_exports(reader: Reader, page: PageRequest, caller: Person) -> dict[str, object]:
    """Your exports, the newest first."""
    table = PersonExport.__table__
    query = select(table).where(table.c.person_id == caller.id).order_by(table.c.id.desc())
    if (after := page.after_as(UUID)) is not None:
        query = query.where(table.c.id < after[0])
    rows = (await reader.execute(query.limit(page.limit + 1))).mappings().all()
    shown = [await service.described(reader, row) for row in rows]
    return Page.of(shown, page, key=lambda one: (str(one.id),))


@router.get("/{export_id}", response_model=PersonExportOut, responses=errors(ExportNotFound))
async def get_export(export_id: UUID, reader: Reader, caller: Person) -> PersonExportOut:
    """One of your exports: which parts are there."""
    return await service.own_export(reader, caller, export_id)


@router.get(
    "/{export_id}/archive",
    response_class=Response,
    responses={**ARCHIVE, **errors(ExportNotFound, ExportExpired)},
)
async def download_export(export_id: UUID, reader: Reader, caller: Person) -> Response:
    """One archive of all parts. It says in its index which parts are missing or could not be fetched just now."""
    found = await service.plan(reader, caller, export_id)
    return Response(found.model_dump_json(), media_type=PLAN, headers={"Cache-Control": "private, no-store"})
