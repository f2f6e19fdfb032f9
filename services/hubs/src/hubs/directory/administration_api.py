"""`/v1/hubs` for those who keep the directory: hub staff their own hub, administrators all."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.directory import administration, queries
from hubs.directory.administration_schemas import (
    ApplicationIn,
    HubFacts,
    LifeCycleOut,
    StepIn,
)
from hubs.directory.errors import (
    AdministratorsDecide,
    AnotherPersonNeeded,
    FutureStep,
    HubNotFound,
    HubSlugTaken,
    ManagerWrong,
    RegionUnknown,
    StepNotPossible,
)
from hubs.directory.life_cycle import ADMINISTRATORS, steps_from
from hubs.directory.models import Hub
from hubs.directory.schemas import HubOut
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])
Administrator = Annotated[Principal, allow(role(*ADMINISTRATORS))]
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]


@router.post(
    "",
    status_code=201,
    response_model=HubOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubSlugTaken, RegionUnknown, ManagerWrong, PostcodeMalformed, PostcodeUnknown, OutsideEngland),
)
async def apply_for_hub(session: Session, caller: Administrator, body: ApplicationIn) -> Hub:
    """Keep an application. Only administrators see it until the hub is designated."""
    return await administration.apply(session, caller, body)


@router.patch(
    "/{hub_id}",
    response_model=HubOut,
    responses=errors(HubNotFound, AdministratorsDecide, RegionUnknown, ManagerWrong, IfMatchMissing, StaleVersion),
)
async def edit_hub(
    session: Session, caller: Keeper, hub_id: UUID, seen: IfMatch, body: HubFacts, response: Response
) -> Hub:
    """Change facts, from the version that was read; fields left out keep their value."""
    hub = await administration.edit(session, caller, hub_id, seen, body)
    response.headers["ETag"] = etag(hub.version)
    return hub


@router.get("/{hub_id}/life-cycle", response_model=LifeCycleOut, responses=errors(HubNotFound))
async def get_life_cycle(reader: Reader, caller: Keeper, hub_id: UUID) -> dict[str, object]:
    """Where a hub stands and how it came there."""
    hub = await queries.find_kept_hub(reader, caller, hub_id)
    steps = await administration.steps_of(reader, hub_id)
    return {"hub_id": hub_id, "stage": hub.stage, "steps": steps, "may_follow": steps_from(hub.stage)}


@router.post(
    "/{hub_id}/life-cycle",
    status_code=201,
    response_model=LifeCycleOut,
    responses=errors(HubNotFound, StepNotPossible, FutureStep, AnotherPersonNeeded),
)
async def take_step(session: Session, caller: Administrator, hub_id: UUID, body: StepIn) -> dict[str, object]:
    """Take the next step. Who assessed a hub does not designate it."""
    hub = await administration.step(session, caller, hub_id, body)
    steps = await administration.steps_of(await session.connection(), hub_id)
    return {"hub_id": hub_id, "stage": hub.stage, "steps": steps, "may_follow": steps_from(hub.stage)}
