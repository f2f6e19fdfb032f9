"""Which hubs take part, and what is known of and agreed with each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.errors import HubNotFound
from hubs.directory.models import Hub
from hubs.networks.access import keeps
from hubs.networks.document import NetworkDocument
from hubs.networks.errors import NetworkDaysWrong, NetworkFactUnknown, NetworkNotFound, NetworkTargetWrong
from hubs.networks.models import HubFactValue, NetworkHub, RecruitmentTarget
from hubs.networks.queries import Source, facts_of, find_year, targets_of
from hubs.networks.schemas import NetworkHubIn
from hubs.projects.models import Project

Key = dict[str, Any]


async def detail_of(reader: Source, network: str, year: str, hub: AnyRow) -> dict[str, Any]:
    """A hub of the network with its facts and targets."""
    facts = await facts_of(reader, network, year, hub.hub_id)
    targets = await targets_of(reader, network, year, hub.hub_id)
    return {**hub._mapping, "facts": facts, "targets": targets}


async def set_hub(
    session: AsyncSession, caller: Principal, network: str, year: str, hub_id: UUID, seen: int, wanted: NetworkHubIn
) -> NetworkHub:
    """Set a hub's part in a network's year, from the version that was read (0: it has none).

    Raises StaleVersion, HubNotFound, NetworkDaysWrong, NetworkFactUnknown and NetworkTargetWrong.
    """
    found = await find_year(session, network, year)
    if not keeps(caller, found.national_team_id):
        raise NetworkNotFound(f"There is no network {network} in {year}.")
    if wanted.left_on and wanted.left_on < wanted.joined_on:
        raise NetworkDaysWrong("A hub does not leave before it joins.")
    if await session.get(Hub, hub_id, with_for_update=True) is None:
        raise HubNotFound("No hub has this id.")
    facts = facts_told(NetworkDocument.model_validate(found.document), wanted.facts)
    await _refuse_foreign_targets(session, network, year, wanted)
    key: Key = {"network_slug": network, "project_year": year, "hub_id": hub_id}
    hub = await session.get(NetworkHub, (network, year, hub_id))
    require_version(hub.version if hub else 0, seen)
    if hub is None:
        hub = NetworkHub(**key, version=0)
        session.add(hub)
    hub.joined_on, hub.left_on, hub.version = wanted.joined_on, wanted.left_on, hub.version + 1
    await session.flush()
    await set_facts(session, caller, key, facts)
    await _set_targets(session, caller, key, wanted)
    details: dict[str, audit.JSON] = {"network": network, "year": year, "left": wanted.left_on is not None}
    await audit.record(session, caller, "network.hub-set", f"hub:{hub_id}", details)
    return hub


def facts_told(document: NetworkDocument, told: Mapping[str, int]) -> Mapping[str, int]:
    """The same, if the network asks for each of them so; NetworkFactUnknown."""
    for slug, value in told.items():
        fact = document.fact(slug)
        if fact is None:
            raise NetworkFactUnknown(f"{document.slug} asks no hub for {slug}.")
        if value < 0 or (fact.kind == "yes_no" and value > 1):
            raise NetworkFactUnknown(f"{slug} is {'1 for yes or 0 for no' if fact.kind == 'yes_no' else 'a count'}.")
    return told


async def set_facts(session: AsyncSession, caller: Principal, key: Key, facts: Mapping[str, int]) -> None:
    """Replace what is known of a hub."""
    await session.execute(delete(HubFactValue).where(*(getattr(HubFactValue, name) == key[name] for name in key)))
    told = {"told_by": caller.id, "told_at": clock.now()}
    if facts:
        rows = [{**key, **told, "fact": fact, "value": value} for fact, value in facts.items()]
        await session.execute(insert(HubFactValue), rows)


async def _set_targets(session: AsyncSession, caller: Principal, key: Key, wanted: NetworkHubIn) -> None:
    of_hub = (getattr(RecruitmentTarget, name) == key[name] for name in key)
    await session.execute(delete(RecruitmentTarget).where(*of_hub))
    by = {"set_by": caller.id, "set_at": clock.now()}
    if wanted.targets:
        rows = [{**key, **by, **one.model_dump()} for one in wanted.targets]
        await session.execute(insert(RecruitmentTarget), rows)


async def _refuse_foreign_targets(session: AsyncSession, network: str, year: str, wanted: NetworkHubIn) -> None:
    pairs = [(one.code, one.measure) for one in wanted.targets]
    if len(set(pairs)) < len(pairs):
        raise NetworkTargetWrong("A project has one target of each measure.")
    query = select(Project.code).where(Project.network_slug == network, Project.project_year == year)
    if missing := sorted({code for code, _ in pairs} - set(await session.scalars(query))):
        raise NetworkTargetWrong(f"{missing[0]} is no project of {network} in {year}.")
