"""`/v1/groups/…/organisations`."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.group_organisations import service
from hubs.group_organisations.errors import OrganisationsNotAsked
from hubs.group_organisations.schemas import GroupOrganisationsOut, OrganisationJoins
from hubs.groups.errors import (
    AlreadyInProject,
    GroupDatesWrong,
    GroupNotFound,
    GroupPartNotFound,
    GroupStepWrong,
    GroupStillNeeds,
)
from hubs.groups.schemas import GroupDeparture
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/groups", tags=["groups"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Keeper = Annotated[Principal, allow(role(*HUB_STAFF))]


@router.get("/{group_id}/organisations", response_model=GroupOrganisationsOut, responses=errors(GroupNotFound))
async def list_group_organisations(reader: Reader, caller: Caller, group_id: UUID) -> dict[str, object]:
    """Organisations that are and were in a group."""
    return {"data": await service.organisations_of(reader, caller, group_id)}


@router.post(
    "/{group_id}/organisations",
    status_code=201,
    response_model=GroupOrganisationsOut,
    dependencies=[IDEMPOTENT],
    responses=errors(GroupNotFound, GroupStepWrong, OrganisationsNotAsked, AlreadyInProject),
)
async def add_group_organisation(
    session: Session, caller: Keeper, group_id: UUID, body: OrganisationJoins
) -> dict[str, object]:
    """Take an organisation into a group of a project whose unit it is."""
    await service.join(session, caller, group_id, body)
    return {"data": await service.organisations_of(session, caller, group_id)}


@router.post(
    "/{group_id}/organisations/{group_organisation_id}/departure",
    response_model=GroupOrganisationsOut,
    responses=errors(GroupNotFound, GroupPartNotFound, GroupStepWrong, GroupDatesWrong, GroupStillNeeds),
)
async def end_group_organisation(
    session: Session, caller: Keeper, group_id: UUID, group_organisation_id: UUID, body: GroupDeparture
) -> dict[str, object]:
    """Let an organisation leave, its people having left. A repeat changes nothing."""
    await service.leave(session, caller, group_id, group_organisation_id, body)
    return {"data": await service.organisations_of(session, caller, group_id)}
