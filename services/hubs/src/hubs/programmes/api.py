"""`/v1/programmes`: programmes with events for pupils, who takes part, and what may be reported."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.programmes import queries, reports, service
from hubs.programmes.errors import (
    EnrolmentHasBookings,
    EnrolmentNotFound,
    ProgrammeNotFound,
    ProgrammeNotRunning,
    ProgrammeSlugTaken,
    ProgrammeYearsWrong,
    SchoolEnrolledAlready,
    SchoolNotEligible,
)
from hubs.programmes.models import ProgrammeEnrolment, PupilProgramme
from hubs.programmes.schemas import (
    EnrolmentFilter,
    EnrolmentIn,
    EnrolmentOut,
    ProgrammeEdit,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammesOut,
    ReportFilter,
    ReportOut,
    WithdrawalIn,
)
from hubs.schools.access import SCHOOL_LEAD
from hubs.schools.errors import SchoolNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/programmes", tags=["programmes for pupils"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Administrator = Annotated[Principal, allow(role(*ADMINISTRATORS))]
SchoolLead = Annotated[Principal, allow(role(SCHOOL_LEAD))]
Accountable = Annotated[Principal, allow(role(*queries.SEE_ALL_SCHOOLS))]


@router.get("", response_model=ProgrammesOut)
async def list_programmes(reader: Reader, caller: Anybody) -> dict[str, object]:
    """All programmes."""
    return {"data": await queries.list_programmes(reader)}


@router.post(
    "",
    status_code=201,
    response_model=ProgrammeOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ProgrammeSlugTaken, ProgrammeYearsWrong),
)
async def create_programme(session: Session, caller: Administrator, body: ProgrammeIn) -> PupilProgramme:
    """Keep a new programme."""
    return await service.create(session, caller, body)


@router.get("/{programme_slug}", response_model=ProgrammeOut, responses=errors(ProgrammeNotFound))
async def get_programme(reader: Reader, caller: Anybody, programme_slug: str, response: Response) -> AnyRow:
    """One programme. Its ETag is what an edit needs."""
    programme = await queries.find_programme(reader, programme_slug)
    response.headers["ETag"] = etag(programme.version)
    return programme


@router.patch(
    "/{programme_slug}",
    response_model=ProgrammeOut,
    responses=errors(ProgrammeNotFound, ProgrammeYearsWrong, IfMatchMissing, StaleVersion),
)
async def edit_programme(
    session: Session, caller: Administrator, programme_slug: str, seen: IfMatch, body: ProgrammeEdit, response: Response
) -> PupilProgramme:
    """Change a programme, from the version that was read."""
    programme = await service.edit(session, caller, programme_slug, seen, body)
    response.headers["ETag"] = etag(programme.version)
    return programme


@router.get("/{programme_slug}/enrolments", response_model=Page[EnrolmentOut], responses=errors(ProgrammeNotFound))
async def list_programme_enrolments(
    reader: Reader,
    caller: Annotated[Principal, allow(role(SCHOOL_LEAD, *queries.SEE_ALL_SCHOOLS))],
    programme_slug: str,
    wanted: Annotated[EnrolmentFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Schools that take part; a school's lead sees their own."""
    await queries.find_programme(reader, programme_slug)
    rows = await queries.list_enrolments(reader, caller, programme_slug, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/{programme_slug}/enrolments",
    status_code=201,
    response_model=EnrolmentOut,
    dependencies=[IDEMPOTENT],
    responses=errors(
        ProgrammeNotFound, ProgrammeNotRunning, SchoolNotFound, SchoolNotEligible, SchoolEnrolledAlready, TeachersOnly
    ),
)
async def enrol_school(
    session: Session, caller: SchoolLead, programme_slug: str, body: EnrolmentIn
) -> ProgrammeEnrolment:
    """Let the caller's school take part in an academic year."""
    return await service.enrol(session, caller, programme_slug, body.academic_year)


@router.post(
    "/{programme_slug}/enrolments/{enrolment_id}/withdrawal",
    response_model=EnrolmentOut,
    dependencies=[IDEMPOTENT],
    responses=errors(EnrolmentNotFound, EnrolmentHasBookings, TeachersOnly),
)
async def withdraw_school(
    session: Session, caller: SchoolLead, programme_slug: str, enrolment_id: UUID, body: WithdrawalIn
) -> ProgrammeEnrolment:
    """End the part of the caller's school; it may enrol again."""
    return await service.withdraw(session, caller, programme_slug, enrolment_id, body.because)


@router.get("/{programme_slug}/report", response_model=ReportOut, responses=errors(ProgrammeNotFound))
async def get_programme_report(
    reader: Reader, caller: Accountable, programme_slug: str, wanted: Annotated[ReportFilter, Query()]
) -> dict[str, object]:
    """Figures by year, and by region, organiser or approach. A group of fewer than five pupils cannot be read off."""
    return await reports.report(reader, caller, programme_slug, wanted)


@router.get("/{programme_slug}/report.csv", response_class=Response, responses=errors(ProgrammeNotFound))
async def get_programme_report_csv(
    reader: Reader, caller: Accountable, programme_slug: str, wanted: Annotated[ReportFilter, Query()]
) -> Response:
    """The same as CSV."""
    told = await reports.report(reader, caller, programme_slug, wanted)
    headers = {"Cache-Control": "private, no-store"}
    return Response(reports.as_csv(told), 200, headers, "text/csv; charset=utf-8")
