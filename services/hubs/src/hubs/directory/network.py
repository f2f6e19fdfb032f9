"""The schools that belong to a hub, and whom it works with."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import HubMembership, SchoolMembershipChanged
from hubs.directory.administration import hub_of_keeper
from hubs.directory.administration_schemas import LinkIn, SchoolMembershipIn
from hubs.directory.errors import LinkNotFound, MembershipNotFound, MembershipOverlaps
from hubs.directory.models import HubLink, HubSchool
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School


async def network_of(db: AsyncConnection | AsyncSession, hub_id: UUID, on: date | None = None) -> dict[str, Any]:
    """The hub's schools by number and day, and its links by kind and name; on a day, or all there ever were."""
    schools = select(HubSchool.__table__).where(HubSchool.hub_id == hub_id)
    links = select(HubLink.__table__).where(HubLink.hub_id == hub_id)
    if on is not None:
        schools = schools.where(HubSchool.joined_on <= on, HubSchool.left_on.is_(None) | (HubSchool.left_on >= on))
        links = links.where(HubLink.since_on <= on, HubLink.until_on.is_(None) | (HubLink.until_on >= on))
    schools, links = schools.order_by(HubSchool.urn, HubSchool.joined_on), links.order_by(HubLink.kind, HubLink.name)
    return {"hub_id": hub_id, "schools": (await db.execute(schools)).all(), "links": (await db.execute(links)).all()}


async def keep_school(
    session: AsyncSession, caller: Principal, hub_id: UUID, urn: str, wanted: SchoolMembershipIn
) -> dict[str, Any]:
    """Say from when to when a school belongs to the hub: a further period, or one known by its first day corrected.

    Raises HubNotFound, SchoolNotFound, MembershipNotFound for a correction of nothing, and MembershipOverlaps.
    """
    await hub_of_keeper(session, caller, hub_id)
    await _hold_school(session, urn)
    periods = await _periods(session, hub_id, urn)
    corrected = wanted.instead_of or wanted.joined_on
    period = next((one for one in periods if one.joined_on == corrected), None)
    if period is None and wanted.instead_of is not None:
        raise MembershipNotFound(f"No period of {urn} at this hub begins on {wanted.instead_of}.")
    days = (wanted.joined_on, wanted.left_on)
    if other := next((one for one in periods if one is not period and _overlap(one, *days)), None):
        until = f" until {other.left_on}" if other.left_on else ""
        raise MembershipOverlaps(f"{urn} belongs to this hub from {other.joined_on}{until} already.")
    before = f"{period.joined_on}/{period.left_on or ''}" if period else ""
    if period is None:
        session.add(period := HubSchool(id=new_id(), hub_id=hub_id, urn=urn))
    period.joined_on, period.left_on = days
    details: dict[str, audit.JSON] = {"joined_on": str(days[0]), "left_on": str(days[1] or ""), "before": before}
    await audit.record(session, caller, "hub.school-kept", f"hub:{hub_id}", details | {"urn": urn})
    await _tell(session, urn)
    return await network_of(session, hub_id)


async def drop_school(session: AsyncSession, caller: Principal, hub_id: UUID, urn: str, joined_on: date) -> None:
    """Remove a period that was entered by mistake. Raises MembershipNotFound."""
    await hub_of_keeper(session, caller, hub_id)
    await _hold_school(session, urn)
    period = next((one for one in await _periods(session, hub_id, urn) if one.joined_on == joined_on), None)
    if period is None:
        raise MembershipNotFound(f"No period of {urn} at this hub begins on {joined_on}.")
    await session.delete(period)
    details: dict[str, audit.JSON] = {"joined_on": str(joined_on), "left_on": str(period.left_on or "")}
    await audit.record(session, caller, "hub.school-dropped", f"hub:{hub_id}", details | {"urn": urn})
    await _tell(session, urn)


async def let_belong(session: AsyncSession, caller: Principal | None, hub_id: UUID, urn: str, on: date) -> None:
    """Let a school belong to a hub from a day on, without end. One that does already goes on belonging."""
    await _hold_school(session, urn)
    periods = await _periods(session, hub_id, urn)
    last = next((one for one in periods if one.left_on is None or one.left_on >= on), None)
    if last is not None and last.left_on is None:
        return
    if last is None:
        session.add(HubSchool(id=new_id(), hub_id=hub_id, urn=urn, joined_on=on))
    else:
        last.left_on = None
    details: dict[str, audit.JSON] = {"urn": urn, "joined_on": str(on)}
    await audit.record(session, caller, "hub.school-joined", f"hub:{hub_id}", details)
    await _tell(session, urn)


async def let_leave(session: AsyncSession, caller: Principal | None, hub_id: UUID, urn: str, on: date) -> None:
    """Let a school's belonging to a hub end on a day, if it goes on."""
    await _hold_school(session, urn)
    going_on = [one for one in await _periods(session, hub_id, urn) if one.left_on is None and one.joined_on <= on]
    if not going_on:
        return
    for period in going_on:
        period.left_on = on
    details: dict[str, audit.JSON] = {"urn": urn, "left_on": str(on)}
    await audit.record(session, caller, "hub.school-left", f"hub:{hub_id}", details)
    await _tell(session, urn)


async def keep_link(session: AsyncSession, caller: Principal, hub_id: UUID, link: LinkIn) -> dict[str, Any]:
    """Say whom the hub works with; the same name again corrects or ends what is held."""
    await hub_of_keeper(session, caller, hub_id)
    values = link.model_dump()
    kept = insert(HubLink).values(hub_id=hub_id, **values)
    changing = {name: values[name] for name in ("website", "since_on", "until_on")}
    await session.execute(kept.on_conflict_do_update(index_elements=["hub_id", "kind", "name"], set_=changing))
    details: dict[str, audit.JSON] = {"since_on": str(link.since_on), "until_on": str(link.until_on or "")}
    named: dict[str, audit.JSON] = {"kind": link.kind, "name": link.name, "website": link.website}
    await audit.record(session, caller, "hub.link-kept", f"hub:{hub_id}", named | details)
    return await network_of(session, hub_id)


async def drop_link(session: AsyncSession, caller: Principal, hub_id: UUID, link_id: UUID) -> None:
    """Remove a link that was entered by mistake; what it said goes to the audit trail. Raises LinkNotFound."""
    await hub_of_keeper(session, caller, hub_id)
    link = await session.scalar(select(HubLink).where(HubLink.hub_id == hub_id, HubLink.id == link_id))
    if link is None:
        raise LinkNotFound("This hub has no link of this id.")
    details: dict[str, audit.JSON] = {"since_on": str(link.since_on), "until_on": str(link.until_on or "")}
    named: dict[str, audit.JSON] = {"kind": link.kind, "name": link.name, "website": link.website}
    await session.delete(link)
    await audit.record(session, caller, "hub.link-dropped", f"hub:{hub_id}", named | details)


async def _hold_school(session: AsyncSession, urn: str) -> None:
    """One at a time per school, whichever hub: its memberships are told of as a whole."""
    if await session.get(School, urn, with_for_update={"key_share": True}) is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")


async def _periods(session: AsyncSession, hub_id: UUID, urn: str) -> list[HubSchool]:
    query = select(HubSchool).where(HubSchool.hub_id == hub_id, HubSchool.urn == urn)
    return list(await session.scalars(query.order_by(HubSchool.joined_on)))


def _overlap(period: HubSchool, joined_on: date, left_on: date | None) -> bool:
    return period.joined_on <= (left_on or date.max) and joined_on <= (period.left_on or date.max)


async def _tell(session: AsyncSession, urn: str) -> None:
    await session.flush()
    query = select(HubSchool.__table__).where(HubSchool.urn == urn).order_by(HubSchool.joined_on, HubSchool.hub_id)
    found = tuple(HubMembership.model_validate(dict(row._mapping)) for row in await session.execute(query))
    await publish(session, SchoolMembershipChanged(urn=urn, memberships=found))
