"""`/v1/hubs/…/network`: the schools of a hub, and whom it works with."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.wire import Day
from hubs.coverage.schemas import DayFilter
from hubs.directory import network, queries
from hubs.directory.administration_schemas import LinkIn, NetworkOut, SchoolMembershipIn
from hubs.directory.errors import HubNotFound, LinkNotFound, MembershipNotFound, MembershipOverlaps
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import HUB_STAFF
from hubs.schools.errors import SchoolNotFound

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]
Urn = Annotated[str, Path(pattern=r"^[0-9]{6}$")]


@router.get("/{hub_id}/network", response_model=NetworkOut, responses=errors(HubNotFound))
async def get_hub_network(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], hub_id: UUID, day: Annotated[DayFilter, Query()]
) -> dict[str, object]:
    """The schools that belong to a hub, and whom it works with: on a day, or all there ever were."""
    await queries.find_hub(reader, caller, hub_id)
    return await network.network_of(reader, hub_id, day.on)


@router.put(
    "/{hub_id}/schools/{urn}",
    response_model=NetworkOut,
    responses=errors(HubNotFound, SchoolNotFound, MembershipNotFound, MembershipOverlaps),
)
async def keep_school(
    session: Session, caller: Keeper, hub_id: UUID, urn: Urn, body: SchoolMembershipIn
) -> dict[str, object]:
    """Say from when to when a school belongs to the hub.

    The same first day again corrects that period; another first day is another period, or with `instead_of` the period
    moved.
    """
    return await network.keep_school(session, caller, hub_id, urn, body)


@router.delete(
    "/{hub_id}/schools/{urn}/periods/{joined_on}",
    status_code=204,
    responses=errors(HubNotFound, SchoolNotFound, MembershipNotFound),
)
async def drop_school(session: Session, caller: Keeper, hub_id: UUID, urn: Urn, joined_on: Day) -> None:
    """Remove a period that was entered by mistake; a school that leaves gets a last day instead."""
    await network.drop_school(session, caller, hub_id, urn, joined_on)


@router.put("/{hub_id}/links", response_model=NetworkOut, responses=errors(HubNotFound))
async def keep_link(session: Session, caller: Keeper, hub_id: UUID, body: LinkIn) -> dict[str, object]:
    """Say whom the hub works with: a partner, a local enterprise partnership, an ambassador hub, an employer.

    The same kind and name again corrects what is held, or ends it with `until_on`.
    """
    return await network.keep_link(session, caller, hub_id, body)


@router.delete("/{hub_id}/links/{link_id}", status_code=204, responses=errors(HubNotFound, LinkNotFound))
async def drop_link(session: Session, caller: Keeper, hub_id: UUID, link_id: UUID) -> None:
    """Remove a link that was entered by mistake; one that ended gets a last day instead."""
    await network.drop_link(session, caller, hub_id, link_id)
