"""`/v1/reports`."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import Responses
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.wire import Day
from funding.reports import pages, service
from funding.reports.schemas import FunderReport, TargetList
from funding.roles import READERS

router = ServiceRouter(prefix="/v1/reports", tags=["reports"])

FinanceStaff = Annotated[Principal, allow(role(*READERS))]
FromOn = Annotated[Day | None, Query(description="Spent on this day or later, in England")]
ToOn = Annotated[Day | None, Query(description="Spent on this day or earlier")]
CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
PAGE: Responses = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}
SAFE_PAGE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@router.get("/funder")
async def get_funder_report(
    reader: Reader, caller: FinanceStaff, from_on: FromOn = None, to_on: ToOn = None
) -> FunderReport:
    """What was spent by lot, region, phase, category and budget, against targets, and what is expected.

    Every breakdown adds up to what the ledger says, to the penny.
    """
    return await service.report(reader, from_on, to_on)


@router.get("/targets")
async def list_programme_targets(reader: Reader, caller: FinanceStaff) -> TargetList:
    """What was to be reached and what was: teachers through the GCSE programme with their supply cover, and hubs."""
    return TargetList(data=await service.targets(reader))


@router.get("/funder.csv", response_class=Response, responses=CSV)
async def get_funder_report_csv(
    reader: Reader, caller: FinanceStaff, from_on: FromOn = None, to_on: ToOn = None
) -> Response:
    """The breakdowns for a spreadsheet."""
    made = await service.report(reader, from_on, to_on)
    headers = {"Content-Disposition": 'attachment; filename="funder-report.csv"', "Cache-Control": "private, no-store"}
    return Response(service.as_csv(made), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/funder.html", response_class=Response, responses=PAGE)
async def get_funder_report_page(
    reader: Reader, caller: FinanceStaff, from_on: FromOn = None, to_on: ToOn = None
) -> Response:
    """The report as a page with tables and drawings, which needs no script."""
    made = await service.report(reader, from_on, to_on)
    return Response(pages.page_of(made), headers=SAFE_PAGE, media_type="text/html; charset=utf-8")
