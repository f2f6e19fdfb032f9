"""`/v1/completions`: what partners report, and what counts for a teacher."""

from typing import Annotated

from fastapi import Query

from chassis.access import SIGNED_IN, allow, scope
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.completions import batches, queries
from hubs.completions.errors import CompletionNotFound, PartnerUnknown
from hubs.completions.schemas import BatchIn, BatchOut, OwnCompletionOut, PartnersNumber, ReportFilter, ReportOut
from hubs.teachers.errors import TeachersOnly
from hubs.teachers.service import teacher_of
from hubs.tenancy import TenantReader, TenantSession

router = ServiceRouter(prefix="/v1/completions", tags=["completions"])
Partner = Annotated[Principal, allow(scope("completions:write"))]


@router.post(":batch", status_code=200, dependencies=[IDEMPOTENT], responses=errors(PartnerUnknown))
async def record_completions(session: TenantSession, caller: Partner, body: BatchIn) -> BatchOut:
    """Report up to 10,000 completions: new, changed or withdrawn, in any order.

    Each row is judged alone and answered for; rows that are rejected leave no trace. A row under a number that was sent
    before replaces it when its `revision` (or `updated_at`) is higher, and is a duplicate when it says the same.
    """
    return await batches.record_batch(session, caller, body)


@router.get("", response_model=Page[ReportOut], responses=errors(PartnerUnknown))
async def list_completions(
    reader: TenantReader, caller: Partner, wanted: Annotated[ReportFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """The partner's own reports by their last change: going on from the last cursor tells what changed since."""
    rows = await queries.list_reports(reader, batches.organisation_of(caller), wanted, page)
    return Page.of(rows, page, key=lambda row: (row.changed_at.isoformat(), str(row.id)))


@router.get("/own", response_model=Page[OwnCompletionOut], responses=errors(TeachersOnly))
async def list_own_completions(
    reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)], page: PageRequest
) -> dict[str, object]:
    """What the calling teacher completed, by registers and by partners, as it stands."""
    rows = await queries.list_own(reader, teacher_of(caller).id, page)
    return Page.of(rows, page, key=lambda row: (row.recorded_at.isoformat(), str(row.id)))


@router.get("/{external_id}", response_model=ReportOut, responses=errors(CompletionNotFound, PartnerUnknown))
async def get_completion(reader: TenantReader, caller: Partner, external_id: PartnersNumber) -> AnyRow:
    """What the partner reported under one of its numbers."""
    return await queries.find_report(reader, batches.organisation_of(caller), external_id)
