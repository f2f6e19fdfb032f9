"""`/v1/hubs/…/coverage`: which districts a hub covers on which days."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis import clock
from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.coverage import queries, service
from hubs.coverage.errors import (
    CoverageBegun,
    CoverageDayWrong,
    CoverageNotFound,
    CoverageOverlaps,
    CoversNothing,
    DistrictUnknown,
)
from hubs.coverage.schemas import (
    CoverageIn,
    CoverageListOut,
    CoverageOut,
    DayFilter,
    EndIn,
    HandOverIn,
    UncoveredOut,
)
from hubs.directory.errors import HubNotFound
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.directory.queries import find_hub

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])
Administrator = Annotated[Principal, allow(role(*ADMINISTRATORS))]


@router.get("/uncovered-districts", response_model=UncoveredOut)
async def list_uncovered_districts(
    reader: Reader, caller: Administrator, day: Annotated[DayFilter, Query()]
) -> dict[str, object]:
    """Districts that no hub covers on a day, today when left out."""
    on = day.on or clock.today()
    return {"on": on, "districts": await queries.uncovered(reader, on)}


@router.get("/{hub_id}/coverage", response_model=CoverageListOut, responses=errors(HubNotFound))
async def get_coverage(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], hub_id: UUID, day: Annotated[DayFilter, Query()]
) -> dict[str, object]:
    """The districts a hub covers on a day; without one, all it ever covered and will."""
    await find_hub(reader, caller, hub_id)
    return {"hub_id": hub_id, "on": day.on, "coverage": await queries.coverage_of(reader, hub_id, day.on)}


@router.post(
    "/{hub_id}/coverage",
    status_code=201,
    response_model=CoverageOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, DistrictUnknown, CoversNothing, CoverageOverlaps),
)
async def cover_district(session: Session, caller: Administrator, hub_id: UUID, body: CoverageIn) -> AnyRow:
    """Let a hub cover a district that nobody covers on these days."""
    return await service.cover(session, caller, hub_id, body)


@router.post(
    "/{hub_id}/coverage/{coverage_id}/end",
    response_model=CoverageOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CoverageNotFound, CoverageDayWrong, CoverageOverlaps),
)
async def end_coverage(session: Session, caller: Administrator, hub_id: UUID, coverage_id: UUID, body: EndIn) -> AnyRow:
    """Set the last day of a coverage."""
    return await service.end(session, caller, hub_id, coverage_id, body)


@router.post(
    "/{hub_id}/coverage/{coverage_id}/hand-over",
    status_code=201,
    response_model=CoverageOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, CoverageNotFound, CoversNothing, CoverageDayWrong),
)
async def hand_over_district(
    session: Session, caller: Administrator, hub_id: UUID, coverage_id: UUID, body: HandOverIn
) -> AnyRow:
    """Hand a district over to another hub on a day, in one step; the answer is the new coverage."""
    return await service.hand_over(session, caller, hub_id, coverage_id, body)


@router.delete("/{hub_id}/coverage/{coverage_id}", status_code=204, responses=errors(CoverageNotFound, CoverageBegun))
async def take_back_coverage(session: Session, caller: Administrator, hub_id: UUID, coverage_id: UUID) -> None:
    """Take back coverage that has not begun."""
    await service.take_back(session, caller, hub_id, coverage_id)
