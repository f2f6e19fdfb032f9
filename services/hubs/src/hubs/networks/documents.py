"""Bringing documents into force: each that differs becomes the next version. Nothing is ever overwritten."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.networks.document import NetworkDocument, NetworkFile
from hubs.networks.models import Network, NetworkVersion
from hubs.projects.document import ProjectDocument
from hubs.projects.files import checksum, content_of
from hubs.projects.models import Project, ProjectVersion


def national_team_id(slug: str) -> UUID:
    """The organisation's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/organisations/{slug}")


def project_id(network: str, year: str, code: str) -> UUID:
    """A project's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/networks/{network}/{year}/{code}")


async def lock_year(session: AsyncSession, network: str, year: str) -> None:
    """One change to the documents of a network's year at a time; released at commit."""
    key = func.hashtextextended(f"network:{network}:{year}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def bring_into_force(session: AsyncSession, file: NetworkFile, proposal_id: UUID | None) -> int:
    """Keep what differs from what is in force; how many documents that were.

    Without a proposal it comes with the platform, and leaves alone what people have changed since.
    """
    document = file.network
    await lock_year(session, document.slug, document.project_year)
    network = await session.get(Network, document.slug)
    if network is None:
        network = Network(slug=document.slug, national_team_id=national_team_id(document.national_team))
        network.national_team = document.national_team
        session.add(network)
    if network.national_team == document.national_team:
        network.title, network.subject = document.title, document.subject
    await session.flush()
    changed = await _network(session, document, proposal_id)
    for project in file.projects:
        changed += await _project(session, document.slug, project, proposal_id)
    return changed


async def _network(session: AsyncSession, document: NetworkDocument, proposal_id: UUID | None) -> int:
    of_year = (NetworkVersion.network_slug == document.slug, NetworkVersion.project_year == document.project_year)
    latest = await session.scalar(
        select(NetworkVersion).where(*of_year).order_by(NetworkVersion.number.desc()).limit(1)
    )
    if not _replaces(latest, checksum(document), proposal_id):
        return 0
    session.add(
        NetworkVersion(
            network_slug=document.slug,
            project_year=document.project_year,
            number=latest.number + 1 if latest else 1,
            document=content_of(document),
            checksum=checksum(document),
            proposal_id=proposal_id,
            in_force_at=clock.now(),
        )
    )
    await session.flush()
    return 1


async def _project(session: AsyncSession, network: str, document: ProjectDocument, proposal_id: UUID | None) -> int:
    key = project_id(network, document.project_year, document.code)
    project = await session.get(Project, key)
    latest = await session.get(ProjectVersion, (key, project.number)) if project else None
    if not _replaces(latest, checksum(document), proposal_id):
        return 0
    if project is None:
        project = Project(
            id=key, network_slug=network, project_year=document.project_year, code=document.code, number=0
        )
        session.add(project)
    project.title, project.kind, project.phases = document.title, document.kind, list(document.phases)
    project.participation = document.participation.kind
    project.card = document.finance.card if document.finance else None
    project.number += 1
    await session.flush()
    session.add(
        ProjectVersion(
            project_id=key,
            number=project.number,
            document=content_of(document),
            checksum=checksum(document),
            proposal_id=proposal_id,
            in_force_at=clock.now(),
        )
    )
    await session.flush()
    return 1


def _replaces(latest: NetworkVersion | ProjectVersion | None, digest: str, proposal_id: UUID | None) -> bool:
    if latest is None:
        return True
    return latest.checksum != digest and (proposal_id is not None or latest.proposal_id is None)
