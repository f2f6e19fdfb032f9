"""`/v1/group-grants`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.grants.errors import GrantNotAsNeeded, SameGrantPerson
from funding.group_grants import queries, recovering
from funding.group_grants.errors import GroupGrantNotFound, NoRecoveryProposed
from funding.group_grants.schemas import GroupGrantDetail, GroupGrantOut, GroupRecoveryDecision
from funding.roles import APPROVER

router = ServiceRouter(prefix="/v1/group-grants", tags=["grants"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
Approver = Annotated[Principal, allow(role(APPROVER))]


@router.get("", response_model=Page[GroupGrantOut])
async def list_group_grants(
    reader: Reader,
    caller: SignedIn,
    page: PageRequest,
    hub_id: Annotated[UUID | None, Query(description="Only groups of this hub")] = None,
    network: Annotated[str | None, Query(max_length=60, description="Only groups of this network")] = None,
) -> dict[str, object]:
    """Money of the groups of one's hubs and networks; for funding staff and auditors, of all. By project."""
    found = await queries.list_group_grants(reader, caller, page, hub_id, network)
    return Page.of(found, page, key=lambda one: (one.project_code, str(one.group_id)))


@router.get("/{group_id}", responses=errors(GroupGrantNotFound))
async def get_group_grant(group_id: UUID, reader: Reader, caller: SignedIn) -> GroupGrantDetail:
    """What one group's hub can expect, has drawn and is owed, line by line."""
    return await queries.find_group_grant(reader, caller, group_id)


@router.post(
    "/{group_id}/recovery-decision",
    dependencies=[IDEMPOTENT],
    responses=errors(GroupGrantNotFound, NoRecoveryProposed, GrantNotAsNeeded, SameGrantPerson),
)
async def decide_group_recovery(
    group_id: UUID, body: GroupRecoveryDecision, session: Session, caller: Approver
) -> GroupGrantDetail:
    """End the grant of a group that was called off after something was drawn, or let it go on."""
    await recovering.decide(session, caller, group_id, body)
    return await queries.find_group_grant(session, caller, group_id)
