"""`/v1/courses` and `/v1/course-runs`: the catalogue."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.base import AnyRow
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.courses import queries, service
from hubs.courses.errors import (
    CapacityTaken,
    CourseNotFound,
    CourseRunNotFound,
    HubNotYours,
    RunClosed,
    RunHasAttendance,
    StatusNotReachable,
    WithdrawalByLeadOnly,
)
from hubs.courses.schemas import (
    CourseFilter,
    CourseOut,
    CourseRunDetail,
    NewRun,
    RunCancellation,
    RunEdit,
)
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1", tags=["courses"])
Staff = Annotated[Principal, allow(role(*HUB_STAFF))]
POSTCODE = (PostcodeMalformed, PostcodeUnknown, OutsideEngland)


@router.get("/courses", response_model=Page[CourseOut], dependencies=[PUBLIC_FOR_MINUTES])
async def list_courses(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[CourseFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Courses by code."""
    return Page.of(await queries.list_courses(reader, wanted, page), page, key=lambda course: (course.code,))


@router.get(
    "/courses/{code}", response_model=CourseOut, responses=errors(CourseNotFound), dependencies=[PUBLIC_FOR_MINUTES]
)
async def get_course(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], code: str) -> AnyRow:
    """One course."""
    return await queries.find_course(reader, code)


def _tagged(response: Response, run: dict[str, Any]) -> dict[str, object]:
    response.headers["ETag"] = etag(run["version"])
    return run


@router.get("/course-runs/{run_id}", response_model=CourseRunDetail, responses=errors(CourseRunNotFound))
async def get_course_run(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], run_id: UUID, response: Response
) -> dict[str, object]:
    """One run, with the places left now; how to join it for those with a place and for its hub's staff."""
    return _tagged(response, await queries.find_run(reader, caller, run_id))


@router.post(
    "/course-runs",
    status_code=201,
    response_model=CourseRunDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotYours, CourseNotFound, *POSTCODE),
)
async def create_course_run(session: Session, caller: Staff, body: NewRun, response: Response) -> dict[str, object]:
    """Plan a run at the caller's own hub."""
    run_id = await service.create_run(session, caller, body)
    return _tagged(response, await queries.find_run(session, caller, run_id))


@router.patch(
    "/course-runs/{run_id}",
    response_model=CourseRunDetail,
    responses=errors(
        CourseRunNotFound,
        IfMatchMissing,
        StaleVersion,
        RunClosed,
        StatusNotReachable,
        CapacityTaken,
        RunHasAttendance,
        *POSTCODE,
    ),
)
async def edit_course_run(
    session: Session, caller: Staff, run_id: UUID, version: IfMatch, body: RunEdit, response: Response
) -> dict[str, object]:
    """Change a run of the caller's own hub. Places that become free are offered down the waiting list at once."""
    await service.edit_run(session, caller, run_id, version, body)
    return _tagged(response, await queries.find_run(session, caller, run_id))


@router.post(
    "/course-runs/{run_id}/cancellation",
    response_model=CourseRunDetail,
    responses=errors(CourseRunNotFound, RunHasAttendance, WithdrawalByLeadOnly),
)
async def cancel_course_run(
    session: Session, caller: Staff, run_id: UUID, body: RunCancellation, response: Response
) -> dict[str, object]:
    """Call a run off for good; every booking of it is cancelled, and what was counted of it taken back if so asked."""
    await service.cancel_run(session, caller, run_id, body)
    return _tagged(response, await queries.find_run(session, caller, run_id))
