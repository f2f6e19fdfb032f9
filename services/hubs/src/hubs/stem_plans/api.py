"""`/v1/stem-plans`: what a national network of STEM skills hubs and centres comes to, figure by figure."""

from typing import Annotated

from fastapi import Path, Query, Response

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.stem_plans import service
from hubs.stem_plans.document import plan_versions
from hubs.stem_plans.errors import StemPlanNotFound
from hubs.stem_plans.schemas import StemPlanOut, StemPlanVersionsOut, WhatIf

router = ServiceRouter(prefix="/v1/stem-plans", tags=["alliances"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Version = Annotated[str, Path(pattern="^[0-9]{4}-[0-9]{2}$", description="Of the assumptions", examples=["2018-05"])]


@router.get("", response_model=StemPlanVersionsOut)
async def list_stem_plans(caller: Anybody) -> dict[str, object]:
    """The versions of the plan's assumptions."""
    return {"data": [one.model_dump(exclude={"assumptions"}) for one in plan_versions()]}


@router.get("/{plan_version}", response_model=StemPlanOut, responses=errors(StemPlanNotFound))
async def get_stem_plan(
    reader: Reader, caller: Anybody, plan_version: Version, asked: Annotated[WhatIf, Query()]
) -> dict[str, object]:
    """A version worked out, by year and region, with other figures where they are asked for."""
    return await service.work_out(reader, plan_version, asked)


@router.get(
    "/{plan_version}/figures.csv",
    response_class=Response,
    responses=errors(StemPlanNotFound) | {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_stem_plan_csv(
    reader: Reader, caller: Anybody, plan_version: Version, asked: Annotated[WhatIf, Query()]
) -> Response:
    """The same as a spreadsheet reads it, a line a figure."""
    headers = {"Content-Disposition": f'attachment; filename="stem-plan-{plan_version}.csv"'}
    content = await service.as_csv(reader, plan_version, asked)
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
