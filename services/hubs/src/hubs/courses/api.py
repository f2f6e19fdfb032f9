"""`/v1/courses` and `/v1/course-runs`: the catalogue."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.base import AnyRow
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.courses import queries
from hubs.courses.errors import CourseNotFound, CourseRunNotFound, DistanceNeedsPlace
from hubs.courses.schemas import CourseFilter, CourseOut, CourseRunFilter, CourseRunOut

router = ServiceRouter(prefix="/v1", tags=["courses"])


@router.get("/courses", response_model=Page[CourseOut], dependencies=[PUBLIC_FOR_MINUTES])
async def list_courses(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[CourseFilter, Query()],
    page: PageRequest,
) -> dict[str, Any]:
    """Courses by code."""
    return Page.of(await queries.list_courses(reader, wanted, page), page, key=lambda course: (course.code,))


@router.get(
    "/courses/{code}", response_model=CourseOut, responses=errors(CourseNotFound), dependencies=[PUBLIC_FOR_MINUTES]
)
async def get_course(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], code: str) -> AnyRow:
    """One course."""
    return await queries.find_course(reader, code)


@router.get(
    "/course-runs",
    response_model=Page[CourseRunOut],
    responses=errors(DistanceNeedsPlace, PostcodeMalformed, PostcodeUnknown, OutsideEngland),
)
async def list_course_runs(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[CourseRunFilter, Query()],
    page: PageRequest,
) -> dict[str, Any]:
    """Runs to come, soonest first; with `near`, nearest first."""
    rows = await queries.list_runs(reader, wanted, page)
    return Page.of(rows, page, key=lambda run: queries.key_of_run(run, wanted.near is not None))


@router.get("/course-runs/{run_id}", response_model=CourseRunOut, responses=errors(CourseRunNotFound))
async def get_course_run(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], run_id: UUID) -> AnyRow:
    """One run, with the places left now."""
    return await queries.find_run(reader, run_id)
