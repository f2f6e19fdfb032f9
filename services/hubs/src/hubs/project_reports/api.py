"""`/v1/project-reports`: what the evaluation of a network's projects asks for, hands in and finds out."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.networks.access import EVALUATOR, TEAM, WATCHERS
from hubs.project_reports import national, queries, service
from hubs.project_reports import overview as overviews
from hubs.project_reports.errors import (
    ReportAnswersWrong,
    ReportClosed,
    ReportIncomplete,
    ReportNotFound,
    ReportOwn,
)
from hubs.project_reports.schemas import (
    Answers,
    DecisionIn,
    OverviewOut,
    ReportDetail,
    ReportFilter,
    ReportOut,
    YearFilter,
)

router = ServiceRouter(prefix="/v1/project-reports", tags=["project reports"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Decider = Annotated[Principal, allow(role(EVALUATOR, TEAM))]
Overseer = Annotated[Principal, allow(role(*WATCHERS))]


@router.get("", response_model=Page[ReportOut])
async def list_project_reports(
    reader: Reader, caller: Caller, wanted: Annotated[ReportFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Reports that the caller writes, and those of their groups, hub or network, newest first."""
    rows = await queries.list_reports(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/overview", response_model=OverviewOut)
async def get_project_report_overview(
    reader: Reader, caller: Overseer, wanted: Annotated[YearFilter, Query()]
) -> OverviewOut:
    """The lead evaluator's view: by project what is owed, late, handed in and accepted, and how outcomes stand."""
    return await overviews.overview(reader, caller, wanted)


@router.get(
    "/evaluation.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_evaluation_csv(session: Session, caller: Overseer, wanted: Annotated[YearFilter, Query()]) -> Response:
    """What was handed in, for national evaluation: a line per outcome, under pseudonyms and without texts."""
    name = f"evaluation-{wanted.network}-{wanted.project_year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = await national.export(session, caller, wanted)
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/{project_report_id}", response_model=ReportDetail, responses=errors(ReportNotFound))
async def get_project_report(
    reader: Reader, caller: Caller, project_report_id: UUID, response: Response
) -> dict[str, object]:
    """One report: what it asks for, lacks and says, and what the registers say. Its ETag is what saving needs."""
    found = await queries.detail(reader, caller, project_report_id)
    response.headers["ETag"] = etag(int(str(found["version"])))
    return found


@router.put(
    "/{project_report_id}",
    response_model=ReportDetail,
    responses=errors(ReportNotFound, ReportClosed, ReportAnswersWrong, IfMatchMissing, StaleVersion),
)
async def save_project_report(
    session: Session, caller: Caller, project_report_id: UUID, seen: IfMatch, body: Answers, response: Response
) -> dict[str, object]:
    """Keep a draft, from the version that was read. What is missing is told; nothing of a draft is refused for it."""
    report = await service.save(session, caller, project_report_id, seen, body)
    response.headers["ETag"] = etag(report.version)
    return await queries.detail(session, caller, project_report_id)


@router.post(
    "/{project_report_id}/submission",
    response_model=ReportDetail,
    responses=errors(ReportNotFound, ReportClosed, ReportIncomplete),
)
async def submit_project_report(session: Session, caller: Caller, project_report_id: UUID) -> dict[str, object]:
    """Hand a report in. A repeat changes nothing."""
    await service.submit(session, caller, project_report_id)
    return await queries.detail(session, caller, project_report_id)


@router.post(
    "/{project_report_id}/decision",
    response_model=ReportDetail,
    responses=errors(ReportNotFound, ReportClosed, ReportOwn),
)
async def decide_project_report(
    session: Session, caller: Decider, project_report_id: UUID, body: DecisionIn
) -> dict[str, object]:
    """Accept a report, or return it with a reason; who handed it in is told. A repeat changes nothing."""
    await service.decide(session, caller, project_report_id, body)
    return await queries.detail(session, caller, project_report_id)
