"""`/v1/course-runs`: finding runs, and counting them by what else could be chosen."""

from typing import Annotated

from fastapi import Query

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.courses.errors import DistanceNeedsPlace
from hubs.courses.schemas import CourseRunOut
from hubs.run_search import queries
from hubs.run_search.schemas import CourseRunFilter, RunCounts

router = ServiceRouter(prefix="/v1/course-runs", tags=["courses"])
REFUSALS = errors(DistanceNeedsPlace, PostcodeMalformed, PostcodeUnknown, OutsideEngland)
Wanted = Annotated[CourseRunFilter, Query()]
Anybody = Annotated[Principal, allow(PUBLIC)]


@router.get("", response_model=Page[CourseRunOut], responses=REFUSALS)
async def list_course_runs(reader: Reader, caller: Anybody, wanted: Wanted, page: PageRequest) -> dict[str, object]:
    """Runs to come, soonest first; with `near`, nearest first. Places left are those of this moment."""
    rows = await queries.list_runs(reader, wanted, page)
    return Page.of(rows, page, key=lambda run: queries.key_of_run(run, wanted.near is not None))


@router.get("/facets", response_model=RunCounts, responses=REFUSALS)
async def count_course_runs(reader: Reader, caller: Anybody, wanted: Wanted) -> RunCounts:
    """How many runs the same search finds, and how many it would find with another value of each filter."""
    return await queries.count_runs(reader, wanted)
