"""`/v1/groups/…/delegates`."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.group_delegates import service
from hubs.group_delegates.errors import DelegatesNotAsked, DelegateUnknown
from hubs.group_delegates.schemas import DelegatesIn, GroupDelegatesOut
from hubs.groups.errors import GroupFull, GroupNotFound, GroupStepWrong

router = ServiceRouter(prefix="/v1/groups", tags=["groups"])
Caller = Annotated[Principal, allow(SIGNED_IN)]


@router.get("/{group_id}/delegates", responses=errors(GroupNotFound))
async def list_group_delegates(reader: Reader, caller: Caller, group_id: UUID) -> GroupDelegatesOut:
    """What a group sends delegates to and whom, for its leads, its hub and the national team."""
    return await service.delegates_of(reader, caller, group_id)


@router.put(
    "/{group_id}/delegates",
    responses=errors(GroupNotFound, GroupStepWrong, DelegatesNotAsked, DelegateUnknown, GroupFull),
)
async def set_group_delegates(session: Session, caller: Caller, group_id: UUID, body: DelegatesIn) -> GroupDelegatesOut:
    """Say who is sent to one occasion, and afterwards who was there."""
    await service.name(session, caller, group_id, body)
    return await service.delegates_of(session, caller, group_id)
