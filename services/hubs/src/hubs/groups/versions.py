"""The version of a project that a group or an application is of, with its document read."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Text, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from hubs.base import AnyRow
from hubs.groups.errors import HubNotTakingPart
from hubs.networks.models import NetworkHub
from hubs.projects.document import ProjectDocument
from hubs.projects.errors import ProjectNotFound
from hubs.projects.models import Project, ProjectVersion


@dataclass(frozen=True)
class InUse:
    """A version of a project, and where it belongs."""

    project_id: UUID
    number: int
    network: str
    document: ProjectDocument


_VERSION = select(Project.id, ProjectVersion.number, Project.network_slug).join(
    ProjectVersion, ProjectVersion.project_id == Project.id
)


async def open_version(session: AsyncSession, project_id: UUID, hub_id: UUID) -> InUse:
    """The version of a project in force, for a hub that takes part in its network; ProjectNotFound."""
    query = _VERSION.where(Project.id == project_id, ProjectVersion.number == Project.number)
    row = (await session.execute(query.add_columns(Project.project_year))).first()
    if row is None:
        raise ProjectNotFound("No project has this id.")
    today = clock.today()
    takes_part = exists().where(
        NetworkHub.network_slug == row.network_slug,
        NetworkHub.project_year == row.project_year,
        NetworkHub.hub_id == hub_id,
        NetworkHub.left_on.is_(None) | (NetworkHub.left_on >= today),
    )
    if not await session.scalar(select(takes_part)):
        raise HubNotTakingPart(f"The hub takes no part in {row.network_slug} in {row.project_year}.")
    return await _read(session, row)


async def version_of(db: AsyncConnection | AsyncSession, project_id: UUID, number: int) -> InUse:
    """A version that something is of; it is there for good."""
    query = _VERSION.where(Project.id == project_id, ProjectVersion.number == number)
    return await _read(db, (await db.execute(query)).one())


async def _read(db: AsyncConnection | AsyncSession, row: AnyRow) -> InUse:
    text = select(ProjectVersion.document.cast(Text)).where(
        ProjectVersion.project_id == row.id, ProjectVersion.number == row.number
    )
    return InUse(row.id, row.number, row.network_slug, _document((await db.execute(text)).scalar_one()))


@lru_cache(maxsize=128)
def _document(text: str) -> ProjectDocument:
    """A version's document; its rows never change, and reading one takes longer than fetching it."""
    return ProjectDocument.model_validate_json(text)
