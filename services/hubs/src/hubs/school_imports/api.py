"""`/v1/schools/imports`: who imported the register when, and what it changed."""

from typing import Annotated, Any
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.base import AnyRow
from hubs.school_imports import queries
from hubs.school_imports.errors import SchoolImportNotFound
from hubs.school_imports.schemas import RemarkOut, SchoolImportOut

router = ServiceRouter(prefix="/v1/schools/imports", tags=["schools"])
MAY_READ = allow(role("administrator", "auditor"))


@router.get("", response_model=Page[SchoolImportOut])
async def list_imports(reader: Reader, caller: Annotated[Principal, MAY_READ], page: PageRequest) -> dict[str, Any]:
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
) -> dict[str, Any]:
    """The lines that an import refused, each with every reason, and those it took with a remark."""
    found = await queries.list_remarks(reader, import_id, page)
    return Page.of(found, page, key=lambda remark: (remark.file_name, str(remark.line), remark.severity))
