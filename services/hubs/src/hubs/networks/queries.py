"""Reads of networks, their documents and their hubs."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.models import Hub
from hubs.networks.access import watches
from hubs.networks.document import NetworkDocument, NetworkFile
from hubs.networks.errors import NetworkHubNotFound, NetworkNotFound
from hubs.networks.models import HubFactValue, Network, NetworkHub, NetworkVersion, RecruitmentTarget
from hubs.projects.document import ProjectDocument
from hubs.projects.models import Project, ProjectVersion
from hubs.registers.access import hubs_staffed_by

NETWORK = Network.__table__
Source = AsyncConnection | AsyncSession
"""Both read: outside a transaction, and within one."""


async def list_networks(reader: AsyncConnection, page: PageOf) -> Sequence[AnyRow]:
    """Networks by slug with the years they have documents for, one more than the page holds."""
    years = func.array_agg(NetworkVersion.project_year.distinct()).label("years")
    query = (
        select(*NETWORK.c, years)
        .join(NetworkVersion, NetworkVersion.network_slug == Network.slug)
        .group_by(*NETWORK.c)
        .order_by(Network.slug)
        .limit(page.limit + 1)
    )
    if (after := page.after_as(str)) is not None:
        query = query.where(Network.slug > after[0])
    return (await reader.execute(query)).all()


def _newest(network: str, year: str) -> Select[tuple[Any, ...]]:
    return (
        select(*NETWORK.c, NetworkVersion.number, NetworkVersion.document, NetworkVersion.in_force_at)
        .join(NetworkVersion, NetworkVersion.network_slug == Network.slug)
        .where(Network.slug == network, NetworkVersion.project_year == year)
        .order_by(NetworkVersion.number.desc())
        .limit(1)
    )


async def find_year(reader: Source, network: str, year: str) -> AnyRow:
    """A network with its document in force in a year, or NetworkNotFound."""
    row = (await reader.execute(_newest(network, year))).first()
    if row is None:
        raise NetworkNotFound(f"There is no network {network} in {year}.")
    return cast(AnyRow, row)


async def find_watched_year(reader: Source, caller: Principal, network: str, year: str) -> AnyRow:
    """The same for those who see what all its hubs do; to others it does not exist."""
    row = await find_year(reader, network, year)
    if not watches(caller, row.national_team_id):
        raise NetworkNotFound(f"There is no network {network} in {year}.")
    return row


async def file_in_force(reader: Source, network: str, year: str) -> NetworkFile | None:
    """The network's documents of a year, projects by code; None when it has none."""
    row = (await reader.execute(_newest(network, year))).first()
    if row is None:
        return None
    projects = await documents_in_force(reader, network, year)
    return NetworkFile(network=NetworkDocument.model_validate(row.document), projects=tuple(projects.values()))


async def documents_in_force(reader: Source, network: str, year: str) -> dict[UUID, ProjectDocument]:
    """Each project of the year by its id, in the order of codes."""
    query = (
        select(Project.id, ProjectVersion.document)
        .join(ProjectVersion, (ProjectVersion.project_id == Project.id) & (ProjectVersion.number == Project.number))
        .where(Project.network_slug == network, Project.project_year == year)
        .order_by(Project.code)
    )
    return {row.id: ProjectDocument.model_validate(row.document) for row in await reader.execute(query)}


def takes_part(network: str, year: str) -> ColumnElement[bool]:
    """Rows of hubs that are in the network in the year and have not left."""
    return (NetworkHub.network_slug == network) & (NetworkHub.project_year == year) & NetworkHub.left_on.is_(None)


async def list_hubs(reader: AsyncConnection, network: str, year: str, page: PageOf) -> Sequence[AnyRow]:
    """The network's hubs of a year by name, those that left too, one more than the page holds."""
    query = (
        select(Hub.id.label("hub_id"), Hub.slug, Hub.name, Hub.region, NetworkHub.joined_on, NetworkHub.left_on)
        .join(NetworkHub, NetworkHub.hub_id == Hub.id)
        .where(NetworkHub.network_slug == network, NetworkHub.project_year == year)
        .order_by(Hub.name)
        .limit(page.limit + 1)
    )
    if (after := page.after_as(str)) is not None:
        query = query.where(Hub.name > after[0])
    return (await reader.execute(query)).all()


async def find_hub(reader: Source, caller: Principal, network: str, year: str, hub_id: UUID) -> AnyRow:
    """A hub of the network for those who see it, its staff among them, or NetworkHubNotFound."""
    query = (
        select(Hub.id.label("hub_id"), Hub.slug, Hub.name, Hub.region, *_times(), Network.national_team_id)
        .join(NetworkHub, NetworkHub.hub_id == Hub.id)
        .join(Network, Network.slug == NetworkHub.network_slug)
        .where(NetworkHub.network_slug == network, NetworkHub.project_year == year, Hub.id == hub_id)
    )
    row = (await reader.execute(query)).first()
    if row is None or not (watches(caller, row.national_team_id) or hub_id in hubs_staffed_by(caller)):
        raise NetworkHubNotFound(f"The hub does not take part in {network} in {year}.")
    return row


def _times() -> tuple[Any, ...]:
    return NetworkHub.joined_on, NetworkHub.left_on, NetworkHub.version


async def facts_of(reader: Source, network: str, year: str, hub_id: UUID) -> dict[str, int]:
    """What is known of a hub, by fact."""
    query = select(HubFactValue.fact, HubFactValue.value).where(
        HubFactValue.network_slug == network, HubFactValue.project_year == year, HubFactValue.hub_id == hub_id
    )
    return {row.fact: row.value for row in await reader.execute(query.order_by(HubFactValue.fact))}


async def targets_of(reader: Source, network: str, year: str, hub_id: UUID | None = None) -> Sequence[AnyRow]:
    """What was agreed with a hub, or with all of them, by project and measure."""
    query = select(RecruitmentTarget.__table__).where(
        RecruitmentTarget.network_slug == network, RecruitmentTarget.project_year == year
    )
    if hub_id is not None:
        query = query.where(RecruitmentTarget.hub_id == hub_id)
    order = (RecruitmentTarget.hub_id, RecruitmentTarget.code, RecruitmentTarget.measure)
    return (await reader.execute(query.order_by(*order))).all()
