"""`/v1/schools/imports`: who imported the register when, and what it changed."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.area_lists.errors import SecondPersonNeeded
from hubs.base import AnyRow
from hubs.school_imports import approval, queries
from hubs.school_imports.errors import ImportNotHeld, SchoolImportNotFound
from hubs.school_imports.models import SchoolImport
from hubs.school_imports.schemas import ImportDecisionIn, RemarkOut, SchoolImportOut

router = ServiceRouter(prefix="/v1/schools/imports", tags=["schools"])
MAY_READ = allow(role("administrator", "auditor"))


@router.get("", response_model=Page[SchoolImportOut])
async def list_imports(reader: Reader, caller: Annotated[Principal, MAY_READ], page: PageRequest) -> dict[str, object]:
    """Imports of the register of schools, the newest first."""
    found = await queries.list_imports(reader, page)
    return Page.of(found, page, key=lambda run: (run.started_at.isoformat(), str(run.id)))


@router.get("/{import_id}", response_model=SchoolImportOut, responses=errors(SchoolImportNotFound))
async def get_import(reader: Reader, caller: Annotated[Principal, MAY_READ], import_id: UUID) -> AnyRow:
    """One import."""
    return await queries.find_import(reader, import_id)


@router.get("/{import_id}/remarks", response_model=Page[RemarkOut], responses=errors(SchoolImportNotFound))
async def list_remarks(
    reader: Reader, caller: Annotated[Principal, MAY_READ], import_id: UUID, page: PageRequest
) -> dict[str, object]:
    """The lines that an import refused, each with every reason, and those it took with a remark."""
    found = await queries.list_remarks(reader, import_id, page)
    return Page.of(found, page, key=lambda remark: (remark.file_name, str(remark.line), remark.severity))


@router.post(
    "/{import_id}/approval",
    response_model=SchoolImportOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SchoolImportNotFound, ImportNotHeld, SecondPersonNeeded),
)
async def decide_import(
    session: Session,
    caller: Annotated[Principal, allow(role("administrator"))],
    import_id: UUID,
    body: ImportDecisionIn,
) -> SchoolImport:
    """Approve an import that was held, which is then applied within seconds, or refuse it."""
    return await approval.decide(session, caller, import_id, body)
