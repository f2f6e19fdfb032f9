"""The schools that belong to a hub, and whom it works with."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit
from chassis.principal import Principal
from hubs.directory.administration import hub_of_keeper
from hubs.directory.administration_schemas import LinkIn, SchoolMembershipIn
from hubs.directory.models import HubLink, HubSchool
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School


async def network_of(db: AsyncConnection | AsyncSession, hub_id: UUID) -> dict[str, Any]:
    """The hub's schools by number, and its links by kind and name."""
    schools = select(HubSchool.__table__).where(HubSchool.hub_id == hub_id).order_by(HubSchool.urn)
    links = select(HubLink.__table__).where(HubLink.hub_id == hub_id).order_by(HubLink.kind, HubLink.name)
    return {"hub_id": hub_id, "schools": (await db.execute(schools)).all(), "links": (await db.execute(links)).all()}


async def keep_school(
    session: AsyncSession, caller: Principal, hub_id: UUID, urn: str, days: SchoolMembershipIn
) -> dict[str, Any]:
    """Say from when to when a school belongs to the hub. Raises HubNotFound and SchoolNotFound."""
    await hub_of_keeper(session, caller, hub_id)
    if await session.get(School, urn) is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")
    kept = insert(HubSchool).values(hub_id=hub_id, urn=urn, **days.model_dump())
    known = kept.on_conflict_do_update(index_elements=["hub_id", "urn"], set_=days.model_dump())
    await session.execute(known)
    details: dict[str, audit.JSON] = {"joined_on": str(days.joined_on), "left_on": str(days.left_on or "")}
    await audit.record(session, caller, "hub.school-kept", f"hub:{hub_id}", details | {"urn": urn})
    return await network_of(session, hub_id)


async def keep_link(session: AsyncSession, caller: Principal, hub_id: UUID, link: LinkIn) -> dict[str, Any]:
    """Say whom the hub works with; the same name again corrects what is held."""
    await hub_of_keeper(session, caller, hub_id)
    values = link.model_dump()
    kept = insert(HubLink).values(hub_id=hub_id, **values)
    changing = {name: values[name] for name in ("website", "since_on")}
    await session.execute(kept.on_conflict_do_update(index_elements=["hub_id", "kind", "name"], set_=changing))
    await audit.record(session, caller, "hub.link-kept", f"hub:{hub_id}", {"kind": link.kind, "name": link.name})
    return await network_of(session, hub_id)
